export type { CredentialsConfig } from "./internal/credentials.ts"
export type { CredentialsProblem } from "./internal/CredentialsError.ts"
export type { WsdlSource } from "./internal/openWsdl.ts"
export type { WsdlProblem } from "./internal/WsdlError.ts"
