import { Manifest } from "@maksa/core"
import { assert, describe, it } from "vitest"
import { manifestFlips } from "../src/index.ts"
import { manifest as coins } from "./support/coinContract.ts"

/** Declares everything that the toy does not. */
const all: Manifest = {
  ...coins,
  displayName: "Coins",
  extras: {
    resume: true,
    withdraw: true,
    refund: { partial: false, windowDays: 30 },
    payout: { currencies: ["EUR"] },
    list: { by: "end" },
    banks: true,
    issueInvoice: true,
    check: true
  },
  absenceProvesAfter: { notSubmittedSeconds: false, lapsedSeconds: false }
}

const manifests: ReadonlyArray<Manifest> = [coins, all]

const leavesOf = (value: object, path = ""): ReadonlyArray<string> =>
  Object.entries(value).flatMap(([name, one]: [string, unknown]) =>
    typeof one === "object" && one !== null && !Array.isArray(one) ? leavesOf(one, `${path}${name}.`) : [path + name]
  )

describe("a manifest with one leaf changed", () => {
  it("comes in every field of the port, declared or not", () => {
    for (const manifest of manifests) {
      const fields = new Set(manifestFlips(manifest).map(({ field }) => field))
      assert.sameMembers([...fields], Object.keys(Manifest.fields))
    }
  })

  it("comes in every leaf, and differs there alone", () => {
    for (const manifest of manifests) {
      const flips = manifestFlips(manifest)
      const whats = flips.map(({ what }) => what)
      assert.strictEqual(new Set(whats).size, whats.length)
      for (const leaf of leavesOf(manifest))
        assert.isTrue(
          whats.some((what) => what.startsWith(leaf)),
          leaf
        )
      for (const { field, manifest: flipped, what } of flips) {
        assert.notDeepEqual(flipped[field], manifest[field], what)
        assert.deepStrictEqual({ ...flipped, [field]: undefined }, { ...manifest, [field]: undefined })
      }
    }
  })

  it("takes each word of a closed set away, and adds each that is missing", () => {
    const whats = manifestFlips(coins).map(({ what }) => what)
    assert.includeMembers(whats, ["outcomes: without undone", "outcomes: with lapsed", "actions: with pay_elsewhere"])
    assert.includeMembers(whats, ['webhook: "signed" -> "hint_only"', "limits.currencies: with XTS"])
  })

  it("declares what was not, as the port wants it, and takes back what was", () => {
    const whats = manifestFlips(all).map(({ what }) => what)
    assert.includeMembers(whats, ["displayName: undeclared", "extras.payout: undeclared", "extras.refund: undeclared"])
    const listing = manifestFlips(coins).find(({ what }) => what === "extras.list: declared")
    assert.deepStrictEqual(listing?.manifest.extras.list, { by: "beginning" })
  })
})
