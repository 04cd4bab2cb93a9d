import { providerContract } from "@maksa/contract-kit"
import { asyncContract } from "./portalContract.ts"

providerContract(asyncContract)
