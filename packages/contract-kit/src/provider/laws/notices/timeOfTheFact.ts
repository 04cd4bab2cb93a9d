import assert from "node:assert/strict"
import * as DateTime from "effect/DateTime"
import { hour, minute, paidInSilence, silenceStatus } from "../../journeys.ts"
import type { Law } from "../../Law.ts"

export const timeOfTheFact: Law = {
  id: "notice-has-the-time-of-the-fact",
  sentence:
    "The time that a notice gives is the time at which the fact happened, to the minute, whenever the notice comes.",
  reason:
    "Evidence is sorted by these times. Read in another time zone, yesterday's refusal stands above today's answer, or below it.",
  duty: "Read the provider's time with its zone; where it names none, find out which it means. Without a time of the fact give none.",
  once: true,
  exempt: ({ webhook }) =>
    webhook === "hint_only" ? "the manifest's `webhook` is `hint_only`: a notice tells no facts" : undefined,
  exemptWhen: "`webhook` is `hint_only`",
  check: async (world) => {
    const start = world.now()
    const { payment, notices } = await paidInSilence(world)
    const end = world.now()
    await silenceStatus(world)
    await world.driver.advance(3 * hour)
    for (const notice of notices) await world.deliver(notice)
    await world.quiet()
    const timed = (await world.payments.history(payment.id)).filter(
      ({ channel, hasProviderTime }) => channel === "webhook" && hasProviderTime
    )
    assert.ok(timed.length > 0, "no notice gives the time of its fact: their order would be that of their arrival")
    for (const { at, says } of timed) {
      const time = DateTime.toEpochMillis(at)
      const late = time > end ? time - end : time < start ? time - start : 0
      assert.ok(
        Math.abs(late) <= minute,
        `a notice dates \`${says._tag}\` ${Math.round(late / minute)} minutes off the time at which it happened`
      )
    }
  }
}
