import assert from "node:assert/strict"
import type { Law } from "../../Law.ts"

const hasAll = (actual: ReadonlyArray<string>, expected: ReadonlyArray<string>, field: string) =>
  assert.deepEqual(actual.toSorted(), expected.toSorted(), `the manifest's \`${field}\` differs from the documents`)

export const documentedFacts: Law = {
  id: "documented-facts",
  sentence: "Windows, limits, times and formats of the manifest are those of the provider's documents.",
  reason: "Two people wrote them down, the adapter's author and the driver's; where they differ, one of them misread.",
  duty: "Copy windows, limits and times from the provider's document, and let the driver's `facts` be written from the document too, not from the manifest.",
  about: ["displayName", "softSeconds", "absenceProvesAfter", "query", "limits", "receipt"],
  once: true,
  check: async ({ manifest, driver: { facts } }) => {
    assert.deepEqual(
      { ...manifest.softSeconds },
      { ...facts.overturnSeconds },
      "`softSeconds` differ from the documents"
    )
    assert.deepEqual(
      { ...manifest.absenceProvesAfter },
      { ...facts.absenceProvesAfter },
      "`absenceProvesAfter` differs from the documents"
    )
    assert.equal(manifest.displayName, facts.displayName, "`displayName` differs from the documents")
    const { query, limits } = manifest
    assert.equal(
      query.earliestSeconds,
      facts.earliestQuerySeconds,
      "`query.earliestSeconds` differs from the documents"
    )
    hasAll(limits.currencies, facts.limits.currencies, "limits.currencies")
    hasAll(manifest.receipt.formats, facts.receiptFormats, "receipt.formats")
    for (const name of [
      "minMinorUnits",
      "maxMinorUnits",
      "maxLines",
      "maxPurposeLength",
      "maxDeadlineSeconds"
    ] as const) {
      assert.equal(limits[name], facts.limits[name], `\`limits.${name}\` differs from the documents`)
    }
    const { schedule } = query
    assert.ok(schedule.length > 0, "`query.schedule` is empty")
    for (const [i, row] of schedule.entries()) {
      const before = schedule[i - 1] ?? { untilSeconds: 0, everySeconds: 1 }
      assert.ok(row.untilSeconds > before.untilSeconds, `\`query.schedule\` row ${i}: \`untilSeconds\` must rise`)
      assert.ok(row.everySeconds >= before.everySeconds, `\`query.schedule\` row ${i}: the pace must not rise with age`)
      assert.ok(row.everySeconds <= facts.watch.slowestSeconds, `\`query.schedule\` row ${i} finds news too late`)
    }
    const last = schedule.at(-1)
    assert.ok((last?.untilSeconds ?? 0) >= facts.watch.untilSeconds, "`query.schedule` ends too early")
  }
}
