export { BodyConsumedError } from "@maksa/core/node"
export { MaksaModule } from "./MaksaModule.ts"
export { type MaksaAsyncOptions, type MaksaOptions, type PaymentsLike } from "./options.ts"
export { InjectPayments, PAYMENTS } from "./tokens.ts"
