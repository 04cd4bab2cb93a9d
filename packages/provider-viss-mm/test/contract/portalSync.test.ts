import { providerContract } from "@maksa/contract-kit"
import { syncContract } from "./portalContract.ts"

providerContract(syncContract)
