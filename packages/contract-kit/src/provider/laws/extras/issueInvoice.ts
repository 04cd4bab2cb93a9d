import assert from "node:assert/strict"
import { callsOf, hour, paid } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import { payerCanaries } from "../secrecy/canaries.ts"
import { unlessExtra } from "../exempt.ts"

export const issueInvoice: Law = {
  id: "invoice-is-issued",
  sentence: "An invoice is issued by the provider on request, and its document id is told.",
  reason: "Accountants look for the document by that id, and for no other.",
  duty: "Ask the provider to issue the document, and answer its id.",
  about: ["extras"],
  once: true,
  ...unlessExtra("issueInvoice"),
  check: async (world) => {
    const { issueInvoice } = await world.adapter()
    assert.ok(issueInvoice)
    const payment = await paid(world)
    await world.advance(hour)
    const { firstName, code, address } = payerCanaries
    const { documentId } = await world.run(issueInvoice(world.record(payment), { name: firstName, code, address }))
    assert.match(documentId, /\S/, "the document has no id")
    assert.equal(await callsOf(world, "issueInvoice"), 1, "issuing one invoice made not exactly one call")
  }
}
