import { providerContract } from "@maksa/contract-kit"
import { contract } from "./contract.ts"

providerContract(contract)
