import { DataRefusal } from "./DataRefusal.ts"

const shape = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/

const asUtc = (text: string): number => Date.parse(`${text.replace(" ", "T")}Z`)

/** Data API's times: `YYYY-MM-DD hh:mm:ss` in a zone that the request names. */
export interface ZonedTime {
  write(at: number): string
  /** Epoch milliseconds. Throws `DataRefusal`; `name` is the parameter's. */
  read(text: string, name: string): number
}

/** @param zone IANA name or offset such as `+10:30`; ASSUMPTION(ecommpay-lv#5): UTC when none is given. */
export const zonedTime = (zone = "UTC"): ZonedTime => {
  let format: Intl.DateTimeFormat
  try {
    // Swedish writes dates as Data API does.
    format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" })
  } catch {
    throw new DataRefusal(400, "tz is not a time zone")
  }
  const write = (at: number): string => format.format(at)
  return {
    write,
    read: (text, name) => {
      const wanted = shape.test(text) ? asUtc(text) : Number.NaN
      if (Number.isNaN(wanted)) throw new DataRefusal(400, `${name} must be YYYY-MM-DD hh:mm:ss`)
      const near = wanted - (asUtc(write(wanted)) - wanted)
      // Once more, because the first guess may lie on the other side of a change of the clocks.
      return near - (asUtc(write(near)) - wanted)
    }
  }
}
