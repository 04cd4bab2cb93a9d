import { historiesContract, replayContract } from "@maksa/contract-kit"
import { contract } from "./contract.ts"
import { asyncContract } from "./portalContract.ts"

historiesContract(contract, { file: "packages/provider-viss-mm/test/contract/contract.ts" })
replayContract(contract)
// A few where the payment request's id comes late and a wrong clock is not put up with; `npm run histories` plays many.
historiesContract(asyncContract, { count: 100, file: "packages/provider-viss-mm/test/contract/portalAsyncContract.ts" })
