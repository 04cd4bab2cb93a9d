// One contract, one file: `maksa-contract histories` plays what a file exports as `contract`.
export { asyncContract as contract } from "./portalContract.ts"
