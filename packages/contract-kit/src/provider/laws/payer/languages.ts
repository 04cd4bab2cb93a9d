import assert from "node:assert/strict"
import { offered } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import { openWorld } from "../../openWorld.ts"

const payersLanguages = ["lv", "en", "ru"] as const

export const languages: Law = {
  id: "language-reaches-the-page",
  sentence:
    "The payer's language opens the provider's page in that language, where the manifest lists it, and in no other case.",
  reason:
    "People who do not read Latvian well must be able to pay, and must not be promised a page that does not exist.",
  duty: "Send the payer's language in the way that the provider documents, and list in `languages` those that it has pages for.",
  about: ["languages"],
  once: true,
  check: async ({ contract, driver, manifest }) => {
    const seen = new Set<string>()
    for (const order of contract.scenarios.orders) {
      const opened: Array<string> = []
      for (const language of payersLanguages) {
        await using world = await openWorld(contract, driver, { order })
        const page = await world.act(await offered(world, { language }), "open")
        assert.ok(page.url, "the payer's browser was sent nowhere")
        if (page.language === language) opened.push(language)
      }
      // A page that opens in one language whatever is asked does not listen to us: a bank's own page, for one.
      if (opened.length > 1 || manifest.languages.length === 1) for (const language of opened) seen.add(language)
    }
    const expected = payersLanguages.filter((one) => manifest.languages.includes(one))
    assert.deepEqual(
      payersLanguages.filter((one) => seen.has(one)),
      expected,
      "the manifest's `languages` are not those in which pages opened"
    )
  }
}
