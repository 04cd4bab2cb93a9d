/**
 * Nest's body parser read the request before Maksa, and no copy of its bytes is left. Signatures are over the bytes as
 * they were sent, so nothing that was parsed can take their place. Goes to Nest's exception filters, which log it and
 * answer 500: it is a mistake in the application, never the provider's.
 */
export class BodyConsumedError extends Error {
  override readonly name = "BodyConsumedError"
  readonly status = 500

  constructor() {
    super(
      "A body parser consumed the request and its raw bytes are gone. Create the application with " +
        "NestFactory.create(AppModule, { rawBody: true }), or with { bodyParser: false }."
    )
  }
}
