import { canonicalLines } from "../../src/internal/signature/canonicalLines.ts"
import type { SignableObject } from "../../src/signature.ts"

export interface Body {
  readonly [key: string]: string | Body
}

interface Growing {
  [key: string]: string | Growing
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
 * one (there it is doubled) or begin the value. How many of them are moved differs from call to call: of a long text most
 * cuts contradict each other if all are moved.
 */
export const cutter = (body: SignableObject, random: () => number): (() => Body | undefined) => {
  const pieces = canonicalLines(body).flatMap(({ path, text }) => {
    const [first = "", ...rest] = `${path}:${text}`.split(";")
    return [{ text: first, border: path.length }, ...rest.map((more) => ({ text: more, border: undefined }))]
  })
  return () => {
    const wildness = random() ** 3
    const lines: Array<{ readonly text: string; readonly border: number | undefined }> = []
    for (const piece of pieces) {
      const previous = lines.at(-1)
      const isMoved = random() < wildness / 2
      if (previous !== undefined && isMoved === (piece.border !== undefined)) {
        lines[lines.length - 1] = { ...previous, text: `${previous.text};${piece.text}` }
      } else lines.push(piece)
    }
    const root: Growing = {}
    for (const { border, text } of lines) {
      const colons = [...text.matchAll(/:/g)].map((match) => match.index)
      const isMoved = border === undefined || random() < wildness
      const moved = isMoved ? colons[Math.floor(random() * colons.length)] : border
      if (moved === undefined) return undefined
      const path = text
        .slice(0, moved)
        .replaceAll("::", "\0")
        .split(":")
        .map((key) => key.replaceAll("\0", ":"))
      if (!put(root, path, text.slice(moved + 1))) return undefined
    }
    return root
  }
}
