import * as Schema from "effect/Schema"

/** A provider's server-to-server message as it came: raw bytes, because signatures are over bytes. */
export class Inbound extends Schema.Class<Inbound>("@maksa/core/Inbound")({
  method: Schema.Literals(["GET", "HEAD", "POST"]),
  /** Path and query as received, relative to the public base URL. */
  url: Schema.String,
  /** Header names in lower case. */
  headers: Schema.Record(Schema.String, Schema.String),
  body: Schema.Uint8Array,
  receivedAt: Schema.DateTimeUtc
}) {}
