import assert from "node:assert/strict"
import { callsOf, second } from "../../journeys.ts"
import type { Law } from "../../Law.ts"

export const earliestQuery: Law = {
  id: "no-question-too-early",
  sentence:
    "Nobody asks about a payment earlier than the provider answers, whatever the reason to ask; from then on it answers.",
  reason: "A question that comes too early is answered with an error, or with an absence that proves nothing.",
  duty: "Declare in `query.earliestSeconds` from when on the provider answers.",
  about: ["query"],
  exempt: ({ query }) =>
    query.earliestSeconds === 0 ? "the manifest's `query.earliestSeconds` is 0: any time is right" : undefined,
  exemptWhen: "`query.earliestSeconds` is 0",
  check: async (world) => {
    const { driver, manifest } = world
    await driver.notices.hold()
    const payment = await world.create()
    const submitted = world.record(payment).submittedAt ?? world.now()
    const earliest = submitted + manifest.query.earliestSeconds * second
    await Promise.all([world.payments.refresh(payment.id), world.payments.runDue()])
    await world.advance(Math.max(0, earliest - world.now() - second))
    await world.payments.refresh(payment.id)
    assert.equal(await callsOf(world, "status"), 0, "the provider was asked too early")
    await world.advance(earliest - world.now() + 2 * second)
    await world.payments.refresh(payment.id)
    assert.ok((await callsOf(world, "status")) > 0, "the provider was not asked when it could answer")
    const queries = (await world.payments.history(payment.id)).filter((one) => one.channel === "query")
    assert.ok(queries.length > 0, "the provider did not answer at the earliest time of the manifest")
  }
}
