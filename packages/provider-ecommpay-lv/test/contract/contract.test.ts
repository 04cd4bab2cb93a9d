import { providerContract } from "@maksa/contract-kit"
import { contract, decliningContract, reversingContract } from "./contract.ts"

providerContract(contract)
providerContract(decliningContract)
providerContract(reversingContract)
