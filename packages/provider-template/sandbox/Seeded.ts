import { createHash } from "node:crypto"

/** Ids that nobody can guess from outside and that are the same in every run of one seed. */
export class Seeded {
  readonly #seed: number
  #count = 0

  constructor(seed: number) {
    this.#seed = seed
  }

  /** 32 hexadecimal digits. */
  next(): string {
    return createHash("sha256")
      .update(`${this.#seed}/${this.#count++}`)
      .digest("hex")
      .slice(0, 32)
  }

  reset(): void {
    this.#count = 0
  }
}
