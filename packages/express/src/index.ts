export { BodyConsumedError, type NodeMiddleware, type WebHandler } from "@maksa/core/node"
export { maksa } from "./maksa.ts"
