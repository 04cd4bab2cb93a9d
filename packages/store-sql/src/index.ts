export { type SqliteStoreOptions, sqliteStore } from "./sqliteStore.ts"
export { StoreOpenError } from "./StoreOpenError.ts"
