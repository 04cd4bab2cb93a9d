import { providerContract } from "@maksa/contract-kit"
import { manifest } from "../../src/index.ts"
import { syncContract } from "./portalContract.ts"
import { inOneWay } from "./portalTrials.ts"

providerContract(syncContract, inOneWay(syncContract, manifest))
