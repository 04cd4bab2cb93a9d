import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import type { Payment } from "@maksa/core"
import * as DateTime from "effect/DateTime"
import { hour, payAtProvider, toPage } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import type { World } from "../../World.ts"
import { unlessExtra } from "../exempt.ts"

/** What careless software changes: composition, blanks, quotes, line breaks, separators, markup, percent signs. */
const traps =
  " P\u0101rskait\u012bjums un Pa\u0304rskaiti\u0304jums;  \"divas\"  'p\u0113di\u0146as' \u00ab\u2026\u00bb\r\nnext\tline; a=1&b=%20+%C4%81 <b>\\n</b>\u00a0\u200b "

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex")

/** What is kept of the payer's consents. */
const consentsOf = async (world: World, payment: Payment) =>
  (await world.payments.history(payment.id)).flatMap(({ observedAt, says }) =>
    says._tag === "consented"
      ? [{ textDigest: says.textDigest, language: says.language, at: DateTime.toEpochMillis(observedAt) }]
      : []
  )

const asked = async (world: World, payment: Payment) => {
  await world.quiet()
  let current = await world.get(payment)
  if (current.current.nextAction?._tag !== "collect") {
    await world.act(current, "open")
    await world.quiet()
    current = await world.get(payment)
  }
  if (current.current.nextAction?._tag !== "collect") {
    await world.turn(current, { to: "collect" })
    await world.quiet()
    current = await world.get(payment)
  }
  const { nextAction } = current.current
  assert.equal(nextAction?._tag, "collect", "the scenario `collect` asks the payer for nothing")
  return { payment: current, action: nextAction }
}

export const consentEcho: Law = {
  id: "consent-goes-back-as-shown",
  sentence:
    "The consent that the payer saw goes back to the provider character for character, and so does what the payer entered; the hash of that text is kept.",
  reason:
    "A consent to another text is none: the bank asks again, or the payment can be disputed and nobody can show what was agreed to.",
  duty: "Pass `consentText` and `fields` on as they are: no trimming, no normalisation, no re-encoding but the wire's own.",
  about: ["extras"],
  once: true,
  ...unlessExtra("resume"),
  check: async (world) => {
    const scenario = world.contract.scenarios.collect
    assert.ok(scenario, "`extras.resume` is declared, and there is no scenario `collect`")
    const { payment, action } = await asked(world, await world.create({ ...scenario, language: "ru" }))
    const fields = Object.fromEntries(action.fields.map(({ name }, i) => [name, `value ${i}`]))
    const askedAt = world.now()
    await world.payments.resume(payment, {
      fields,
      ...(action.consentText === undefined ? {} : { consentText: action.consentText })
    })
    const answeredAt = world.now()
    const [truth] = await world.truth(payment)
    assert.equal(truth?.consentText, action.consentText, "the consent came back otherwise than it was shown")
    assert.deepEqual({ ...truth?.fields }, fields, "what the payer entered came back otherwise")
    const kept = await consentsOf(world, payment)
    assert.deepEqual(
      kept.map(({ language, textDigest }) => [textDigest, language]),
      truth?.consentText === undefined ? [] : [[sha256(truth.consentText), "ru"]],
      "what is kept of the consent is not the hash of its text at the provider, and the payer's language"
    )
    for (const { at } of kept) {
      assert.ok(at >= askedAt && at <= answeredAt, "the consent is not kept with the time at which it was given")
    }
    const again = await world.refusal(() => world.payments.resume(payment, { fields }))
    assert.match(again.message, /./)
    // What the provider makes of the answer may come only later.
    await payAtProvider(world, await toPage(world, await world.get(payment)))
    await world.advance(hour)
    assert.equal((await world.get(payment)).status, "paid")

    const other = await asked(world, await world.create(scenario))
    const { resume } = await world.adapter()
    assert.ok(resume)
    const trapped = Object.fromEntries(other.action.fields.map(({ name }) => [name, traps]))
    await world.run(resume(world.record(other.payment), { fields: trapped, consentText: traps }))
    const [seen] = await world.truth(other.payment)
    assert.equal(seen?.consentText, traps, "a consent with unusual characters came back otherwise")
    assert.deepEqual({ ...seen?.fields }, trapped, "a field with unusual characters came back otherwise")
  }
}
