export { type ConfirmationOptions, confirmations } from "./confirmations.ts"
export { type Agency } from "./internal/agency.ts"
