import {
  type Connection,
  connectionFromSend,
  HttpTransport,
  type PaymentError,
  type TransportRequest
} from "@maksa/core"
import { layer } from "@maksa/core/undici"
import type { ClientName } from "@maksa/sandbox"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Scope from "effect/Scope"
import { assert } from "vitest"

import { mmError, Trouble } from "../../src/internal/errors.ts"
import { makeXmlReader } from "../../src/internal/xml/parse.ts"
import { readPem } from "../../src/internal/credentials/pem.ts"
import { openPfas, openSecurity, type Security } from "../../src/internal/sts/open.ts"
import type { PfasService } from "../../src/internal/sts/PfasService.ts"
import { readPfasConfig, readStsConfig } from "../../src/internal/sts/configuration.ts"
import type { Mm } from "./mm.ts"
import type { PfasConfig, StsConfig } from "../../src/options.ts"

/** One exchange as it was on the wire. */
export interface Exchanged {
  readonly url: string
  readonly sent: string
  readonly received: string
}

/** An open protected service, what it shares with others, and everything that it said. */
export interface OpenPfas {
  readonly pfas: PfasService
  readonly security: Security
  readonly exchanged: ReadonlyArray<Exchanged>
}

export interface PfasChange {
  readonly client?: ClientName
  readonly sts?: Partial<StsConfig>
  readonly pfas?: Partial<PfasConfig>
  readonly maxReceiptBytes?: number
  /** Changes what the server said before the adapter sees it. */
  readonly spoil?: (received: string, request: TransportRequest) => string | Uint8Array
}

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes)

const listening = (
  connection: Connection,
  exchanged: Array<Exchanged>,
  spoil: NonNullable<PfasChange["spoil"]>
): Connection =>
  connectionFromSend((request, limits) =>
    Effect.map(connection.send(request, limits), (response) => {
      const changed = spoil(text(response.body), request)
      const body = typeof changed === "string" ? new TextEncoder().encode(changed) : changed
      exchanged.push({ url: request.url.href, sent: text(request.body), received: text(body) })
      return { ...response, body }
    })
  )

/** Opens the protected services of a sandbox over mutual TLS; connections live as long as `scope`. */
export const openPfasOf = (mm: Mm, scope: Scope.Scope, change: PfasChange = {}): Promise<OpenPfas> => {
  const exchanged: Array<Exchanged> = []
  const open = Effect.gen(function* () {
    const { passphrase, pem } = yield* Effect.promise(() => mm.pem(change.client ?? "a"))
    // Not by readCredentials: a certificate may have expired since the adapter started.
    const { cert, key, leaf } = yield* Effect.fromResult(readPem(pem, passphrase))
    const tls = { cert, key, passphrase }
    const transport = yield* HttpTransport
    const connection = yield* transport.connect({ tls: { ...tls, ca: [mm.ca] } })
    const spoil = change.spoil ?? ((received: string) => received)
    const channel = { connection: listening(connection, exchanged, spoil), readXml: yield* makeXmlReader }
    const { pfas, pfasAppliesTo: appliesTo, sts } = mm.sandbox.ready.vissMm
    const stsSettings = yield* Effect.fromResult(readStsConfig({ url: sts, ...change.sts }))
    const settings = yield* Effect.fromResult(readPfasConfig({ url: pfas, appliesTo, ...change.pfas }))
    const security = yield* openSecurity(stsSettings, { tls: Redacted.make(tls), leaf: Redacted.make(leaf) }, channel)
    const limits = { maxReceiptBytes: change.maxReceiptBytes ?? 10_485_760 }
    return { pfas: yield* openPfas(settings, security, limits), security, exchanged }
  })
  return Effect.runPromise(open.pipe(Scope.provide(scope), Effect.provide(layer)))
}

/** What the application would be told of the trouble that an effect ends with. */
export const toldOf = async <A, E>(effect: Effect.Effect<A, E>, call: "status" | "receipt"): Promise<PaymentError> => {
  const trouble = await troubleOf(effect)
  return mmError({ instance: "mm" }, call, trouble)
}

export const troubleOf = async <A, E>(effect: Effect.Effect<A, E>): Promise<Trouble> => {
  const found = await Effect.runPromise(Effect.result(effect))
  if (Result.isSuccess(found)) assert.fail("it went well")
  if (!(found.failure instanceof Trouble)) assert.fail("no Trouble")
  return found.failure
}
