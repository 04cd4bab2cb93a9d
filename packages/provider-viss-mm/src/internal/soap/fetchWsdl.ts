import type { Connection } from "@maksa/core"
import * as Effect from "effect/Effect"

import type { Trouble } from "../errors.ts"
import { exchange, statusTrouble } from "../exchange.ts"
import type { WsdlSource } from "./openWsdl.ts"
import { wsdlLimits } from "./wsdlGuard.ts"

/** Where a configuration says that a WSDL is. */
export type WsdlPlace = WsdlSource | { readonly url: URL }

/** The WSDL's text by the agency's own connection: nothing else of this process goes to that address. */
const fetchWsdl = Effect.fnUntraced(function* (url: URL, connection: Connection) {
  const headers = { accept: "text/xml, application/xml" }
  const response = yield* exchange(connection, { method: "GET", url, headers }, wsdlLimits.maxBytes)
  return yield* statusTrouble(response) ?? Effect.succeed<WsdlSource>({ text: new TextDecoder().decode(response.body) })
})

/** A WSDL as a file or a text; one at an address is fetched. */
export const localWsdl = (place: WsdlPlace, connection: Connection): Effect.Effect<WsdlSource, Trouble> =>
  "url" in place ? fetchWsdl(place.url, connection) : Effect.succeed(place)
