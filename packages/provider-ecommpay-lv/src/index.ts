export { SignatureError } from "./signature.ts"
