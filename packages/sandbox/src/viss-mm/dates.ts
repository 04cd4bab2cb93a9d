const rigaParts = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Riga",
  hourCycle: "h23",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit"
})

interface WallTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

/** What clocks in Riga show. */
export const rigaWallTime = (at: number): WallTime => {
  const part: Record<string, number> = {}
  for (const { type, value } of rigaParts.formatToParts(at)) part[type] = Number(value)
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = part
  return { year, month, day, hour, minute, second }
}

const asUtc = (wall: WallTime): number =>
  Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second)

/** Epoch milliseconds of a wall time in Riga. In the hour that is skipped in spring the later reading is taken. */
const fromRiga = (wall: WallTime): number => {
  const utc = asUtc(wall)
  const guess = utc - (asUtc(rigaWallTime(utc)) - utc)
  return utc - (asUtc(rigaWallTime(guess)) - guess)
}

const pattern = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,7}))?)?(Z|[+-]\d{1,2}:\d{2})?$/

export interface DateReading {
  /** Epoch milliseconds. */
  readonly at: number
  readonly dateOnly: boolean
}

/**
 * Reads xsd:dateTime or xsd:date as MM's samples write them. A date alone means the end of that day in Riga when
 * `endOfDay`; a time without an offset is Riga's. `lenient` also accepts the guide's offset `+3:00`, which ISO 8601
 * does not know. `undefined`: not a date.
 */
export const parseDate = (
  text: string,
  options: { readonly endOfDay: boolean; readonly lenient: boolean }
): DateReading | undefined => {
  const parts = pattern.exec(text.trim())
  if (parts === null) return undefined
  const [, year, month, day, hour, minute, second, fraction, offset] = parts
  const dateOnly = hour === undefined
  if (offset !== undefined && /^[+-]\d:/.test(offset) && !options.lenient) return undefined
  const wall: WallTime = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: dateOnly ? (options.endOfDay ? 23 : 0) : Number(hour),
    minute: dateOnly ? (options.endOfDay ? 59 : 0) : Number(minute),
    second: dateOnly ? (options.endOfDay ? 59 : 0) : Number(second)
  }
  const utc = asUtc(wall)
  const back = new Date(utc)
  const overflowed = back.getUTCMonth() !== wall.month - 1 || back.getUTCDate() !== wall.day
  if (overflowed || wall.hour > 23 || wall.minute > 59 || wall.second > 59) return undefined
  const millis = fraction === undefined ? 0 : Number(fraction.padEnd(3, "0").slice(0, 3))
  if (offset === undefined || dateOnly) return { at: fromRiga(wall) + millis, dateOnly }
  return { at: utc + millis - offsetMillis(offset), dateOnly }
}

const offsetMillis = (offset: string): number => {
  if (offset === "Z") return 0
  const [hours = "0", minutes = "0"] = offset.slice(1).split(":")
  const size = (Number(hours) * 60 + Number(minutes)) * 60_000
  return offset.startsWith("-") ? -size : size
}

const two = (value: number): string => String(value).padStart(2, "0")

/** `2026-03-01` in Riga. */
export const rigaDate = (at: number): string => {
  const { day, month, year } = rigaWallTime(at)
  return `${year}-${two(month)}-${two(day)}`
}

/** For readers: `01.03.2026. 14:05`. */
export const rigaDateTime = (at: number): string => {
  const { day, hour, minute, month, year } = rigaWallTime(at)
  return `${two(day)}.${two(month)}.${year}. ${two(hour)}:${two(minute)}`
}
