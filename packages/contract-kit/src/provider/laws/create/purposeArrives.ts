import assert from "node:assert/strict"
import { offered } from "../../journeys.ts"
import type { Law } from "../../Law.ts"

// Latvian letters, quotes and a dash: what an encoding, an escape or an old character set spoils.
const purpose = "Nodeva „Ežu šķūņi” – 2. daļa, k/n 12'3"

export const purposeArrives: Law = {
  id: "purpose-arrives",
  sentence: "The payer reads at the provider what the payment is for, in the very words that `create` was given.",
  reason: "Agencies match money by the purpose, and payers know by it what they pay for; a lost letter breaks both.",
  duty: "Send the purpose as it is, in the provider's encoding; refuse what the provider cannot take.",
  about: ["limits"],
  check: async (world) => {
    const given = purpose.slice(0, world.manifest.limits.maxPurposeLength)
    const payment = await offered(world, { purpose: given })
    await world.act(payment, "open")
    // Some providers keep a payment only when the payer has acted.
    if ((await world.truth(payment)).length === 0) await world.act(payment, "pay")
    for (const { purpose: shown } of await world.truth(payment)) assert.equal(shown, given)
  }
}
