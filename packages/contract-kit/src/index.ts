export type { StoreCase, StoreUnderTest } from "./store/StoreCase.ts"
export { storeCases, storeContract, type StoreContractOptions } from "./storeContract.ts"
