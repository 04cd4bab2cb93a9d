export { manifest } from "./manifest.ts"
export { type Pocket, pocket, type PocketConfig } from "./Pocket.ts"
