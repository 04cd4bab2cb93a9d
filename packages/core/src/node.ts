// Entry `@maksa/core/node`: what the bindings of Node's frameworks are made of.
export { BodyConsumedError } from "./node/BodyConsumedError.ts"
export { type NodeMiddleware, nodeMiddleware, type WebHandler } from "./node/nodeMiddleware.ts"
