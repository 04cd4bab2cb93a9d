import { historiesContract } from "@maksa/contract-kit"
import { contract } from "./contract.ts"

historiesContract(contract, { file: "packages/provider-viss-mm/test/contract/contract.ts" })
