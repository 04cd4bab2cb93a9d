// For `maksa-contract`, which tries what a module calls `contract`.
export { reversingContract as contract } from "./contract.ts"
