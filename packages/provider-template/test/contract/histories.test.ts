import { historiesContract, replayContract } from "@maksa/contract-kit"
import { contract } from "./contract.ts"

historiesContract(contract, { file: "packages/provider-template/test/contract/contract.ts" })
replayContract(contract)
