/** What a binding serves: the client that `createPayments` gives, or the two members of it that a binding needs. */
export interface ServedPayments extends AsyncDisposable {
  readonly handler: (request: Request) => Promise<Response>
}

export type WebHandler = ServedPayments["handler"]

/** The body parsers that frameworks have. */
export type ParserKind = "json" | "urlencoded" | "text" | "raw"

/** A body parser of the application that runs before the binding. It takes bodies of at least 2 MB. */
export interface Parser {
  readonly kind: ParserKind
  /** `true`: set up as the binding's documentation says, so that the bytes are kept. `raw` keeps them by itself. */
  readonly keepsBytes: boolean
}

/** The application around the binding. */
export interface Application {
  /** Where the binding is mounted, such as `/payments`; `/` is the root. */
  readonly mountPath: string
  /** Parsers before the binding, in this order; none: the body reaches the binding untouched. */
  readonly parsers: ReadonlyArray<Parser>
  /** The server's own limit for a whole request to arrive; absent: the server's default. */
  readonly requestTimeoutMillis?: number
}

export interface ListeningApplication {
  /** On 127.0.0.1. */
  readonly port: number
  /** What reached the application's error handling, oldest first. */
  readonly errors: ReadonlyArray<unknown>
  /** Takes no more connections and answers when every request in flight was answered. */
  close(): Promise<void>
  /** Cuts every connection and frees the port; also after `close`. */
  stop(): Promise<void>
}

/**
 * A binding, as the suite needs it: a way to start the framework's real server with the binding mounted.
 *
 * The application has one route of its own behind the binding: `POST <mountPath>/own` answers 200 with the header
 * `x-own: yes` and the bytes of the body that it received. All else is the framework's own 404.
 */
export interface HttpBinding {
  /** What reports call the binding. */
  readonly name: string
  readonly listen: (payments: ServedPayments, application: Application) => Promise<ListeningApplication>
  /** The parsers that this framework can run before a binding. */
  readonly parsers: ReadonlyArray<ParserKind>
  /** What the error must name when a parser has destroyed the bytes: the words of the binding's documentation. */
  readonly fix: string
  /** Why the server's request timeout cannot be set here; absent: it can. */
  readonly noRequestTimeout?: string
}
