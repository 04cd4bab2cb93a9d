/**
 * Why a store was not opened; nothing was changed.
 *
 * - `secret`: too short, or another one than the store was created with.
 * - `newer_schema`: a newer version of this package has written the file.
 * - `file`: the file cannot be opened or written, or is not a database; `cause` has the system's words.
 */
export class StoreOpenError extends Error {
  override readonly name = "StoreOpenError"
  readonly reason: "secret" | "newer_schema" | "file"
  constructor(reason: StoreOpenError["reason"], message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}
