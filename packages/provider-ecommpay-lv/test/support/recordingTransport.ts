import {
  connectionFromSend,
  HttpTransport,
  type TransportError,
  type TransportRequest,
  type TransportResponse
} from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Result from "effect/Result"
import * as Scope from "effect/Scope"
import type { EcommpayLvConfig } from "../../src/index.ts"
import { makeAdapter } from "../../src/internal/adapter.ts"
import { readSettings } from "../../src/internal/configuration.ts"
import { sign } from "../../src/signature.ts"
import type { SignableObject } from "../../src/signature.ts"

export const secret = "recording-secret"
export const projectId = 200

export const reply = (status: number, body: string | Uint8Array, headers = {}): TransportResponse => ({
  status,
  headers,
  body: typeof body === "string" ? new TextEncoder().encode(body) : body
})

/** A body with its signature at the root, as the provider's answers have it. */
export const signedBytes = (body: SignableObject, key = secret): Uint8Array =>
  new TextEncoder().encode(JSON.stringify({ ...body, signature: sign(body, key) }))

export const testConfig: EcommpayLvConfig = {
  environment: "test",
  projectId,
  secrets: [secret],
  fundsConfirmation: "off",
  flow: "gate"
}

type Respond = (request: TransportRequest) => TransportResponse | TransportError

/** A transport that answers what the test says, and keeps what was sent. */
export const recordingTransport = (respond: Respond) => {
  const requests: Array<TransportRequest> = []
  const transport = HttpTransport.of({
    connect: () =>
      Effect.succeed(
        connectionFromSend((request) =>
          Effect.suspend(() => {
            requests.push(request)
            const response = respond(request)
            return "phase" in response ? Effect.fail(response) : Effect.succeed(response)
          })
        )
      )
  })
  return { transport, requests, bodies: () => requests.map((one) => new TextDecoder().decode(one.body)) }
}

/** An adapter over such a transport. */
export const makeRecorded = (respond: Respond, changes: Partial<EcommpayLvConfig> = {}) => {
  const { transport, ...recorded } = recordingTransport(respond)
  const scope = Effect.runSync(Scope.make())
  const adapter = Effect.runSync(
    // At once: a provider loads its adapter first.
    makeAdapter(Result.getOrThrow(readSettings({ ...testConfig, ...changes }))).pipe(
      Effect.provideService(HttpTransport, transport),
      Effect.provideService(Scope.Scope, scope)
    )
  )
  Effect.runSync(Scope.close(scope, Exit.void))
  return { adapter, ...recorded }
}
