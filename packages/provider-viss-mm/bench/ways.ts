// The ways to call the server: undici with bytes that are ready, the npm package `soap`, and the adapter.
import {
  type AttemptRecord,
  AmountLine,
  type CreateInput,
  HttpTransport,
  money,
  TransportError,
  type TransportRequest
} from "@maksa/core"
import { layer } from "@maksa/core/undici"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Scope from "effect/Scope"
import soap from "soap"
import { Agent } from "undici"

import {
  vissMm,
  type VissMmConfig,
  type VissMmPaymentApiConfig,
  type VissMmPaymentOptions,
  type VissMmPortalConfig
} from "../src/index.ts"
import { saveInput } from "../src/internal/order.ts"
import type { CallName, Place, Way } from "./processes.ts"
import { id } from "./replies.ts"

/** One call, whose answer was looked at. */
export type Call = () => Promise<void>
export type Calls = Readonly<Partial<Record<CallName, Call>>>

/** Of the adapter's connections by default; the reference has as many. */
const connections = 10

const attempt: AttemptRecord = {
  paymentId: "pay",
  attemptId: "att",
  instance: "viss-mm",
  merchantReference: "LIETA-1",
  providerReference: id,
  lines: [new AmountLine({ amount: money(1212n, "EUR"), position: "54" })],
  createdAt: Date.UTC(2026, 10, 22),
  deadline: Date.UTC(2026, 10, 23),
  now: Date.UTC(2026, 10, 22)
}
const input: CreateInput<VissMmPaymentOptions> = {
  ...attempt,
  purpose: "Nodeva LIETA-1",
  payer: { firstName: Redacted.make("Jānis"), lastName: Redacted.make("Bērziņš") },
  language: "lv",
  options: { serviceStep: "02Y70" },
  urls: {
    return: "https://iestade.example/return/viss-mm/zime",
    webhook: "https://iestade.example/webhooks/viss-mm/zime",
    next: "https://iestade.example/next/zime"
  }
}

const must = (isTrue: boolean): void => {
  if (!isTrue) throw new Error("the benchmark's call was not answered as expected")
}

/** The adapters of all services; connections live until the process ends. */
const openAdapters = async (place: Place, transport: Layer.Layer<HttpTransport>) => {
  const { ca, client, invoices, paymentApi, pfas, soap: paymentRequestService, sts } = place
  const common = { environment: "sandbox", ca } as const
  const credentials = { pem: client.cert + client.key }
  const x509: VissMmConfig = {
    ...common,
    credentials,
    endpoints: { paymentRequestService, invoices }
  }
  const api: VissMmPaymentApiConfig = {
    ...common,
    service: "payment-api",
    credentials: { certificate: client.cert },
    endpoints: { paymentApi },
    wptPath: "payments"
  }
  const portal: VissMmPortalConfig = {
    ...common,
    service: "portal",
    mode: "sync",
    credentials,
    sts: { url: sts },
    pfas: { url: pfas, appliesTo: "urn:bench" },
    requestService: {
      url: pfas,
      eServiceId: "URN:IVIS:100001:EP-EP00-v1-0",
      messageType: "URN:IVIS:100001:XSD-BENCH-v1-0-TYPE-BENCH"
    }
  }
  const scope = Effect.runSync(Scope.make())
  return Effect.runPromise(
    Effect.all([vissMm(x509).make, vissMm(api).make, vissMm(portal).make]).pipe(
      Scope.provide(scope),
      Effect.provide(transport)
    )
  )
}

const adapterWay = async (place: Place): Promise<Calls> => {
  const [x509, api, portal] = await openAdapters(place, layer)
  const status =
    ({ status: ask }: Pick<typeof x509, "status">): Call =>
    async () => {
      const [observed] = await Effect.runPromise(ask(attempt))
      must(observed?.says._tag === "working")
    }
  const create =
    ({ create: save }: Pick<typeof x509, "create">): Call =>
    async () => {
      const [observed] = await Effect.runPromise(save(input))
      must(observed?.providerReference !== undefined)
    }
  return {
    status: status(x509),
    create: create(x509),
    apiStatus: status(api),
    apiCreate: create(api),
    portalStatus: status(portal)
  }
}

/** What the adapters send, so that the reference sends the same bytes; only tokens are really asked for. */
const recordRequests = async (place: Place): Promise<ReadonlyMap<CallName, TransportRequest>> => {
  let last: TransportRequest | undefined
  const refused = new TransportError({ phase: "not_sent", code: "BENCH", kind: "other" })
  const recorder = Layer.effect(
    HttpTransport,
    Effect.map(HttpTransport, (real) => ({
      connect: (options) =>
        Effect.map(real.connect(options), (connection) => ({
          ...connection,
          send: (request, limits) => {
            if (request.url.href === place.sts) return connection.send(request, limits)
            last = request
            return Effect.fail(refused)
          }
        }))
    }))
  ).pipe(Layer.provide(layer))
  const [x509, api, portal] = await openAdapters(place, recorder)
  const asked = {
    status: x509.status(attempt),
    create: x509.create(input),
    apiStatus: api.status(attempt),
    apiCreate: api.create(input),
    portalStatus: portal.status(attempt)
  } as const
  const requests = new Map<CallName, TransportRequest>()
  for (const [name, effect] of Object.entries(asked)) {
    last = undefined
    await Effect.runPromise(Effect.exit(effect))
    if (last !== undefined) requests.set(name as CallName, last) // a key of the record above
  }
  return requests
}

/** Sends bytes that are ready, reads the whole answer and looks at its status, as everybody must. */
const rawCall = (agent: Agent, { body, headers, method, url }: TransportRequest): Call => {
  const options = { origin: url.origin, path: url.pathname, method, headers, body: body ?? null }
  return async () => {
    const response = await agent.request(options)
    must(response.statusCode === 200 && (await response.body.bytes()).length > 20)
  }
}

const rawWay = async (place: Place): Promise<Calls> => {
  const requests = await recordRequests(place)
  const { ca, client } = place
  const agent = new Agent({ pipelining: 1, connections, connect: { ca, ...client, allowH2: false } })
  return Object.fromEntries([...requests].map(([name, request]) => [name, rawCall(agent, request)]))
}

const soapCall = (client: soap.Client, operation: string, args: object, fits: (result: object) => boolean): Call => {
  const call: unknown = Reflect.get(client, `${operation}Async`)
  return async () => {
    const answer: unknown = typeof call === "function" ? await call.call(client, args) : undefined
    must(Array.isArray(answer) && fits(Object(Reflect.get(Object(answer[0]), `${operation}Result`))))
  }
}

const soapWay = async ({ ca, client: pem, soap: endpoint }: Place, isKept: boolean): Promise<Calls> => {
  const client = await soap.createClientAsync(new URL("../wsdl/mm-default.wsdl", import.meta.url).pathname, {
    endpoint
  })
  const [key, cert, authority] = [Buffer.from(pem.key), Buffer.from(pem.cert), Buffer.from(ca)]
  // By default `soap` opens a connection, with a TLS handshake, for every call.
  client.setSecurity(new soap.ClientSSLSecurity(key, cert, authority, isKept ? { forever: true } : {}))
  const settings = { dateOnlyExpiry: false, positionsLeadingZeros: "keep" } as const
  const PaymentRequest = Result.getOrThrow(saveInput(input, settings))
  return {
    status: soapCall(
      client,
      "CheckPaymentRequestStatusWpt",
      { paymentRequestId: id },
      (result) => Reflect.get(result, "RequestStatus") === "P"
    ),
    create: soapCall(
      client,
      "SavePaymentRequest",
      { paymentRequest: { PaymentRequest } },
      (result) => Reflect.get(result, "PaymentRequestId") === id
    )
  }
}

export const openWay: Readonly<Record<Way, (place: Place) => Promise<Calls>>> = {
  raw: rawWay,
  adapter: adapterWay,
  soapKept: (place) => soapWay(place, true),
  soapPlain: (place) => soapWay(place, false)
}
