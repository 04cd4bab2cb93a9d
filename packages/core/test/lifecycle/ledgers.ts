// Evidence that the tests of the fold share.
import type { AttemptFacts, LedgerEntry } from "../../src/lifecycle/evidence.ts"
import { money } from "../../src/Money.ts"
import { Redirect } from "../../src/NextAction.ts"
import type { Claim } from "../../src/Observation.ts"

export const asked = money(1200n, "EUR")
export const day = 86_400_000
export const facts: AttemptFacts = {
  asked,
  deadline: 10 * day,
  submission: "answered",
  submittedAt: 0,
  absenceProvesAfter: { notSubmittedSeconds: 10, lapsedSeconds: 3600 },
  softSeconds: { paid: 7 * 86_400, declined: 14 * 86_400, expired: 86_400, canceled: 86_400, reversed: 86_400 }
}

let count = 0
export const entry = (says: Claim, at: number, more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  channel: "webhook",
  trust: "proven",
  says,
  at,
  observedAt: at,
  hasProviderTime: true,
  digest: `d${count++}`,
  ...more
})
export const query = (says: Claim, at: number): LedgerEntry => entry(says, at, { channel: "query" })
export const received = (minor = 1200n, currency = "EUR"): Claim => ({
  _tag: "received",
  amount: money(minor, currency)
})
export const action: Claim = { _tag: "action_needed", action: new Redirect({ url: "https://pay.example/1" }) }

// One of each claim a provider can make, at times that collide on purpose.
export const pool: ReadonlyArray<LedgerEntry> = [
  entry({ _tag: "accepted" }, 1),
  entry(action, 2),
  entry({ _tag: "working" }, 2),
  entry({ _tag: "promised", amount: asked }, 3),
  entry(received(), 3),
  entry(received(600n), 4),
  entry(received(1200n, "USD"), 4),
  query(received(), 5),
  entry({ _tag: "refused" }, 3),
  query({ _tag: "refused" }, 6),
  entry({ _tag: "lapsed" }, 5),
  entry({ _tag: "withdrawn" }, 5),
  entry({ _tag: "undone" }, 6),
  entry({ _tag: "undone", amount: money(200n, "EUR") }, 6, { operation: "part" }),
  query({ _tag: "absent" }, 7),
  entry({ _tag: "unknown_word", word: "?" }, 7),
  query(received(), 8 * day),
  query({ _tag: "refused" }, 30 * day)
]
