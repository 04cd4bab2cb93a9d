import assert from "node:assert/strict"
import type { ExtraName } from "@maksa/core"
import { paid } from "../../journeys.ts"
import type { Law } from "../../Law.ts"

const extras: ReadonlyArray<ExtraName> = [
  "resume",
  "withdraw",
  "refund",
  "payout",
  "list",
  "banks",
  "issueInvoice",
  "check"
]
/** The client's verb for an extra. Withdrawing and giving back exist for every application. */
const verbFor: Readonly<Partial<Record<ExtraName, string>>> = {
  resume: "resume",
  list: "reconcile",
  banks: "banks",
  issueInvoice: "issueInvoice",
  check: "check"
}
const verbs = ["create", "status", "receipt", "webhook"] as const

export const capabilities: Law = {
  id: "capabilities-are-real",
  sentence:
    "What the manifest declares is there, and what it does not declare is nowhere: not on the adapter, not on the client, not on the wire.",
  reason: "Agencies choose a provider by its capabilities, and find out in production which of them were hopes.",
  duty: "Return from `make` exactly the extras that the manifest declares, and call nothing else of the provider.",
  about: ["extras"],
  once: true,
  check: async (world) => {
    const { manifest, payments } = world
    const adapter = await world.adapter()
    for (const verb of verbs) assert.equal(typeof adapter[verb], "function", `the adapter has no \`${verb}\``)
    for (const extra of extras) {
      const isDeclared = manifest.extras[extra] !== false
      assert.equal(
        typeof adapter[extra],
        isDeclared ? "function" : "undefined",
        isDeclared
          ? `\`extras.${extra}\` is declared, and the adapter has it not`
          : `the adapter has \`${extra}\`, and the manifest does not declare it`
      )
      const verb = verbFor[extra]
      if (verb !== undefined) {
        assert.equal(verb in payments, isDeclared, `the client's \`${verb}\` does not go by \`extras.${extra}\``)
      }
    }
    const carries = manifest.extras.refund !== false || manifest.extras.payout !== false
    assert.equal(
      typeof adapter.repaymentStatus,
      carries ? "function" : "undefined",
      "`repaymentStatus` comes with `refund` or `payout`, and with nothing else"
    )
    assert.equal(
      "payee" in payments,
      manifest.extras.payout !== false,
      "the client's `payee` does not go by `extras.payout`"
    )
    await paid(world)
    const called = new Set((await world.driver.calls()).map((call) => call.operation))
    for (const extra of extras) {
      if (manifest.extras[extra] === false)
        assert.equal(
          (called as ReadonlySet<string>).has(extra),
          false,
          `\`${extra}\` was called, and nobody declares it`
        ) // operations and extras share names
    }
    assert.equal(called.has("other"), false, "the adapter called what no verb accounts for")
  }
}
