import { providerContract } from "@maksa/contract-kit"
import { portalAsyncManifest } from "../../src/index.ts"
import { asyncContract } from "./portalContract.ts"
import { inOneWay } from "./portalTrials.ts"

providerContract(asyncContract, inOneWay(asyncContract, portalAsyncManifest))
