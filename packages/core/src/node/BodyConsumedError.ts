/**
 * A body parser read the request before Maksa, and no copy of its bytes is left. Signatures are over the bytes as they
 * were sent, so nothing that was parsed can take their place. Status 500: it is a mistake in the application, never the
 * provider's.
 */
export class BodyConsumedError extends Error {
  override readonly name = "BodyConsumedError"
  readonly status = 500

  /** @param fix what to change in an application of this framework, as a sentence. */
  constructor(fix: string) {
    super(`A body parser consumed the request and its raw bytes are gone. ${fix}`)
  }
}
