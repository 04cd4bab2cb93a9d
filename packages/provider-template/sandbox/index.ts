export { isTaken, type SentNotice, sign } from "./Notices.ts"
export { limits, priceList } from "./orders.ts"
export { startTemplateSandbox, type TemplateSandbox } from "./TemplateSandbox.ts"
