export interface Body {
  readonly [key: string]: string | Body
}

interface Growing {
  [key: string]: string | Growing
}

/** Repeatable random numbers (mulberry32), 0 up to but not 1. */
const seeded = (seed: number) => {
  let state = seed >>> 0
  return (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Puts `text` at `path`; false where something else is there already. */
const put = (root: Growing, path: ReadonlyArray<string>, text: string): boolean => {
  let here = root
  for (const key of path.slice(0, -1)) {
    if (!Object.hasOwn(here, key)) here[key] = {}
    const next = here[key]
    if (typeof next !== "object") return false
    here = next
  }
  const last = path.at(-1) ?? ""
  if (Object.hasOwn(here, last)) return false
  here[last] = text
  return true
}

/**
 * Cuts a signed text anew at each call: every `;` may end a value or belong to it, and every `:` may end a key, belong to
 * one (there it is doubled) or begin the value.
 */
export const cutter = (canonical: string, seed: number): (() => Body | undefined) => {
  const random = seeded(seed)
  const pieces = canonical.split(";")
  return () => {
    const lines: Array<string> = []
    const joining = random() < 0.5 ? 0 : 0.1
    for (const piece of pieces) {
      const previous = lines.at(-1)
      if (previous !== undefined && random() < joining) lines[lines.length - 1] = `${previous};${piece}`
      else lines.push(piece)
    }
    const root: Growing = {}
    for (const line of lines) {
      const colons = [...line.matchAll(/:/g)].map((match) => match.index)
      const border = colons[Math.floor(random() * colons.length)]
      if (border === undefined) return undefined
      const path = line
        .slice(0, border)
        .replaceAll("::", "\0")
        .split(":")
        .map((key) => key.replaceAll("\0", ":"))
      if (!put(root, path, line.slice(border + 1))) return undefined
    }
    return root
  }
}

/** Whether a body has the place from which a callback's status is read. */
export const isCallback = (body: Body): boolean => {
  const payment = body["payment"]
  return typeof payment === "object" && payment["status"] === "success"
}
