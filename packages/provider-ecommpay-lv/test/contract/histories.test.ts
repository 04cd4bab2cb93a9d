import { historiesContract } from "@maksa/contract-kit"
import { contract } from "./contract.ts"

historiesContract(contract, { file: "packages/provider-ecommpay-lv/test/contract/contract.ts" })
