// MM's dates are local: the guide writes wall time of Riga with its offset.

let riga: Intl.DateTimeFormat | undefined

/** Made at the first use: time zone data is slow to load and an application may start without paying. */
const formatter = (): Intl.DateTimeFormat =>
  (riga ??= new Intl.DateTimeFormat("en-GB", {
    timeZone: "Europe/Riga",
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit"
  }))

const minute = 60_000
const second = 1000
const hourMillis = 60 * minute

const readClock = (epochMillis: number): number => {
  const found: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {}
  for (const { type, value } of formatter().formatToParts(epochMillis)) found[type] = Number(value)
  const { year = 0, month = 0, day = 0 } = found
  return Date.UTC(year, month - 1, day, found.hour, found.minute, found.second)
}

/** An hour as the zone data has it. The payments of a while have deadlines of one hour, and asking `Intl` is slow. */
let asked = { hour: Number.NaN, offsetMillis: 0 }

/** What clocks in Riga show at the moment, written as if it were UTC; epoch milliseconds, whole seconds. */
const wallAsUtc = (epochMillis: number): number => {
  const hour = Math.floor(epochMillis / hourMillis)
  // Clocks change at full hours only (Summer Time Directive 2000/84/EC, 2 and 3: at 1.00 a.m. UTC).
  if (asked.hour !== hour) asked = { hour, offsetMillis: readClock(epochMillis) - epochMillis }
  return epochMillis + asked.offsetMillis
}

const wholeSecond = (epochMillis: number): number => Math.floor(epochMillis / second) * second

const two = (value: number): string => String(value).padStart(2, "0")

const offsetText = (offsetMillis: number): string => {
  const minutes = Math.abs(offsetMillis) / minute
  return `${offsetMillis < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

const write = (wall: number, offsetMillis: number): string =>
  `${new Date(wall).toISOString().slice(0, 19)}${offsetText(offsetMillis)}`

/** Wall time of Riga with its offset, such as `2026-01-31T23:59:59+02:00`; fractions of a second are cut off. */
export const rigaDateTime = (epochMillis: number): string => {
  const at = wholeSecond(epochMillis)
  const wall = wallAsUtc(at)
  return write(wall, wall - at)
}

/** The same to the millisecond, where there is a fraction: `2026-01-31T23:59:59.500+02:00`. */
export const rigaInstant = (epochMillis: number): string => {
  const fraction = epochMillis - wholeSecond(epochMillis)
  const whole = rigaDateTime(epochMillis)
  return fraction === 0 ? whole : `${whole.slice(0, 19)}.${String(fraction).padStart(3, "0")}${whole.slice(19)}`
}

/** The calendar date in Riga, such as `2026-01-31`. */
export const rigaDate = (epochMillis: number): string =>
  new Date(wallAsUtc(wholeSecond(epochMillis))).toISOString().slice(0, 10)

/** The last second of the day in Riga that the moment falls into; epoch milliseconds. */
export const endOfRigaDay = (epochMillis: number): number => {
  const [year = 0, month = 0, day = 0] = rigaDate(epochMillis).split("-").map(Number)
  // The clocks change at 01:00 UTC, so that the day's last hours all have one offset.
  const evening = Date.UTC(year, month - 1, day, 20, 59, 59)
  const offset = wallAsUtc(evening) - evening
  return Date.UTC(year, month - 1, day, 23, 59, 59) - offset
}

/** Midnight in Riga at the beginning of a calendar date (`2026-01-31`), or `undefined` if there is no such date. */
export const rigaMidnight = (date: string): string | undefined => {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)
  if (parts === null) return undefined
  const wall = Date.parse(`${date}T00:00:00Z`)
  if (Number.isNaN(wall) || new Date(wall).toISOString().slice(0, 10) !== date) return undefined
  // Two hours earlier is midnight or an hour past it; the clocks do not change in between.
  const before = wall - 120 * minute
  return write(wall, wallAsUtc(before) - before)
}
