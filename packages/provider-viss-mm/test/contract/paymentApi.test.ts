import { providerContract } from "@maksa/contract-kit"
import { contract } from "./paymentApiContract.ts"

providerContract(contract)
