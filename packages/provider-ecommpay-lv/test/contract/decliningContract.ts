// For `maksa-contract`, which tries what a module calls `contract`.
export { decliningContract as contract } from "./contract.ts"
