import { historiesContract, replayContract } from "@maksa/contract-kit"
import { contract, decliningContract, reversingContract } from "./contract.ts"

const folder = "packages/provider-ecommpay-lv/test/contract"

historiesContract(contract, { file: `${folder}/contract.ts` })
replayContract(contract)
// All that differs is promised money; `npm run histories` plays more.
historiesContract(decliningContract, { count: 300, seed: 1, file: `${folder}/decliningContract.ts` })
historiesContract(reversingContract, { count: 300, seed: 2, file: `${folder}/reversingContract.ts` })
