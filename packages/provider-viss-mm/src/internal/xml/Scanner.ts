// Reads the parts of a plain document's tags.

export const slash = 0x2f
export const greater = 0x3e
const colon = 0x3a

const namePart = /[A-Za-z_][\w.-]*/y
/** Without references, and without the tabs and line feeds that a parser turns into spaces. */
const value = /="[^"<&\t\n]*"|='[^'<&\t\n]*'/y

/** A place in a text, and the name that was read last. Nothing is copied but what is asked for. */
export class Scanner {
  readonly text: string
  at: number
  prefix = ""
  name = ""

  constructor(text: string, at: number) {
    this.text = text
    this.at = at
  }

  /** Moves over the character if it comes next. */
  take(code: number): boolean {
    if (this.text.charCodeAt(this.at) !== code) return false
    this.at++
    return true
  }

  /** Moves over blanks; tells whether there were any. */
  skipBlanks(): boolean {
    const from = this.at
    for (;;) {
      const code = this.text.charCodeAt(this.at)
      if (code !== 0x20 && code !== 0x09 && code !== 0x0a) return this.at > from
      this.at++
    }
  }

  #readPart(): string {
    const from = this.at
    namePart.lastIndex = from
    if (!namePart.test(this.text)) return ""
    this.at = namePart.lastIndex
    return this.text.slice(from, this.at)
  }

  /** Reads a name with or without a prefix; stays in place where there is none, or no more of one than its prefix. */
  readName(): boolean {
    const from = this.at
    this.prefix = ""
    this.name = this.#readPart()
    if (this.name === "" || !this.take(colon)) return this.name !== ""
    this.prefix = this.name
    this.name = this.#readPart()
    if (this.name === "") this.at = from
    return this.name !== ""
  }

  /** Reads `="value"`; `undefined` where it is not plain. */
  readValue(): string | undefined {
    value.lastIndex = this.at
    if (!value.test(this.text)) return undefined
    const from = this.at + 2
    this.at = value.lastIndex
    return this.text.slice(from, this.at - 1)
  }
}
