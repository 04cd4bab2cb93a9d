export { BodyConsumedError } from "./BodyConsumedError.ts"
export { maksa, type RequestHandler, type WebHandler } from "./maksa.ts"
