export { manifest } from "./manifest.ts"
export { type Secret, type TemplateConfig, TemplatePaymentOptions } from "./options.ts"
export { type Template, template } from "./Template.ts"
