// Broken stores and bindings, against their own suites; and everything together.
import { bindingCases, storeCases } from "@maksa/contract-kit"
import { isKilledBy } from "../../packages/contract-kit/test/saboteurs/BindingSaboteur.ts"
import { bindingSaboteurs } from "../../packages/contract-kit/test/saboteurs/bindingSaboteurs.ts"
import { storeKillers } from "../../packages/contract-kit/test/saboteurs/storeKillers.ts"
import { storeSaboteurs } from "../../packages/contract-kit/test/saboteurs/storeSaboteurs.ts"
import { providerSuite } from "./providers.ts"
import type { Suite } from "./Subject.ts"

const storeSuite: Suite = {
  name: "Stores",
  isQuick: true,
  laws: storeCases.map(({ id }) => id),
  subjects: storeSaboteurs.map((broken) => ({
    id: broken.id,
    sentence: broken.sentence,
    kind: "store",
    killedBy: broken.killedBy,
    trial: async (laws, heard) => {
      const killers = await storeKillers(broken)
      for (const law of laws) heard({ law, isKilled: killers.includes(law) })
    }
  }))
}

const bindingSuite: Suite = {
  name: "Bindings",
  laws: bindingCases.map(({ id }) => id),
  subjects: bindingSaboteurs.map((broken) => ({
    id: broken.id,
    sentence: broken.sentence,
    kind: "binding",
    killedBy: broken.killedBy,
    trial: async (laws, heard) => {
      for (const law of laws) heard({ law, isKilled: await isKilledBy(broken, law) })
    }
  }))
}

export const suites: ReadonlyArray<Suite> = [providerSuite, storeSuite, bindingSuite]
