/** A promise that a history saw broken. */
export class BrokenHistory extends Error {
  override readonly name: string = "BrokenHistory"
  /** Which promise: an invariant's id. */
  readonly promise: string

  constructor(promise: string, what: string, options?: ErrorOptions) {
    super(`${promise}: ${what}`, options)
    this.promise = promise
  }
}
