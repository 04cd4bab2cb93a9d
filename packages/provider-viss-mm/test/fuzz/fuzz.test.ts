import { assert, describe, it } from "vitest"

import { fuzz, type Finding } from "./fuzz.ts"

const seed = Number(process.env["MAKSA_FUZZ_SEED"] ?? "20261122")
const count = 100_000

const told = ({ at, input, target, what }: Finding): string =>
  `${target}: ${what}\n  npm run fuzz -- --seed ${seed} --at ${at}\n  ${JSON.stringify(input.toString("latin1").slice(0, 300))}`

describe("whatever others send", () => {
  it(
    `is read or refused, never an accident and never slow (${count} inputs, seed ${seed})`,
    { timeout: 300_000 },
    () => {
      const { findings, tallies } = fuzz(seed, 0, count)
      assert.deepStrictEqual(findings.slice(0, 5).map(told), [])
      // Damage that is never survived, or always, would not test the parsers.
      for (const [name, { accepted, inputs }] of tallies) {
        assert.isAbove(accepted, inputs / 100, name)
        assert.isBelow(accepted, inputs * 0.9, name)
      }
    }
  )

  it("is the same again for the same seed, and other for another", () => {
    const numbers = (from: number) =>
      [...fuzz(from, 0, 500).tallies.values()].map(({ accepted, inputs }) => [inputs, accepted])
    assert.deepStrictEqual(numbers(7), numbers(7))
    assert.notDeepEqual(numbers(7), numbers(8))
  })
})
