import { assert, describe, it } from "vitest"

import { endOfRigaDay, rigaDate, rigaDateTime, rigaMidnight } from "../src/internal/rigaTime.ts"

const hour = 3_600_000

/** When the clocks change: 01:00 UTC on the last Sunday of the month (Directive 2000/84/EC), told without time zone data. */
const lastSunday = (year: number, month: number): number => {
  const last = new Date(Date.UTC(year, month + 1, 0, 1))
  return last.getTime() - last.getUTCDay() * 24 * hour
}
const offsetHours = (at: number): 2 | 3 => {
  const year = new Date(at).getUTCFullYear()
  return at >= lastSunday(year, 2) && at < lastSunday(year, 9) ? 3 : 2
}
const expected = (at: number): string => {
  const offset = offsetHours(at)
  return `${new Date(at + offset * hour).toISOString().slice(0, 19)}+0${offset}:00`
}
const years = Array.from({ length: 17 }, (_, index) => 2019 + index)

describe("wall time of Riga", () => {
  it.each(years)("follows both changes of the clocks in %i, second by second around them", (year) => {
    for (const change of [lastSunday(year, 2), lastSunday(year, 9)]) {
      for (const shift of [-hour, -1000, 0, 1000, hour - 1000, hour, 24 * hour]) {
        assert.strictEqual(rigaDateTime(change + shift), expected(change + shift))
      }
    }
  })

  it.each(years)("is right at every sixth hour of %i", (year) => {
    for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += 6 * hour) {
      assert.strictEqual(rigaDateTime(at), expected(at))
    }
  })

  it("names the same moment that it was given, without the fraction of its second", () => {
    const at = Date.UTC(2026, 9, 25, 0, 30, 15, 999)
    assert.strictEqual(Date.parse(rigaDateTime(at)), at - 999)
  })

  it("writes the last second of January as the guide's dates are written", () => {
    assert.strictEqual(rigaDateTime(Date.UTC(2026, 0, 31, 21, 59, 59)), "2026-01-31T23:59:59+02:00")
  })
})

describe("a calendar day of Riga", () => {
  it("begins when it is still yesterday in UTC", () => {
    assert.strictEqual(rigaDate(Date.UTC(2026, 5, 30, 21)), "2026-07-01")
    assert.strictEqual(rigaDate(Date.UTC(2026, 5, 30, 20, 59, 59, 999)), "2026-06-30")
    assert.strictEqual(rigaDate(Date.UTC(2026, 0, 1, 22)), "2026-01-02")
  })

  it.each(years)("ends a second before the next one begins, on every day of %i", (year) => {
    for (let at = Date.UTC(year, 0, 1, 12); at < Date.UTC(year + 1, 0, 1); at += 24 * hour) {
      const end = endOfRigaDay(at)
      assert.strictEqual(rigaDate(end), rigaDate(at))
      assert.notStrictEqual(rigaDate(end + 1000), rigaDate(at))
      assert.strictEqual(rigaDateTime(end).slice(11, 19), "23:59:59")
    }
  })

  it.each(years)("begins at midnight with the offset of midnight, on every day of %i", (year) => {
    for (let at = Date.UTC(year, 0, 1, 12); at < Date.UTC(year + 1, 0, 1); at += 24 * hour) {
      const text = rigaMidnight(rigaDate(at)) ?? assert.fail("no midnight")
      assert.strictEqual(rigaDateTime(Date.parse(text)), text)
      assert.strictEqual(text.slice(0, 19), `${rigaDate(at)}T00:00:00`)
    }
  })

  it.each(["2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "31.01.2026", "", "2026-01-31T00:00:00Z"])(
    "does not exist as %j",
    (date) => assert.isUndefined(rigaMidnight(date))
  )
})
