/** What an archive cannot do. `reason` says what to do next; no message names a payer or shows a document. */
export class ArchiveError extends Error {
  override readonly name = "ArchiveError"
  /**
   * `configuration`: folder, secret or name is not usable. `too_large`: the document is over the archive's limit.
   * `not_found`: there is no such document. `damaged`: what was kept is not there as it was: run `verify`.
   */
  readonly reason: "configuration" | "too_large" | "not_found" | "damaged"
  constructor(reason: ArchiveError["reason"], message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}
