// One server, and three ways to call it: undici with bytes that are ready, the npm package `soap`, and the adapter.
import { once } from "node:events"
import { Worker } from "node:worker_threads"

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
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Scope from "effect/Scope"
import forge from "node-forge"
import soap from "soap"
import { Agent } from "undici"

import { vissMm, type VissMmConfig, type VissMmPaymentOptions } from "../src/index.ts"
import { saveInput } from "../src/internal/order.ts"
import { certificatePem, keyPem, makeIdentity } from "../test/support/pki.ts"

/** One call, whose answer was looked at. */
export type Call = () => Promise<void>
export interface Calls {
  readonly status: Call
  readonly create: Call
}
export interface World {
  readonly raw: Calls
  readonly ours: Calls
  readonly soapKept: Calls
  /** As `soap` does it by default: a connection and a TLS handshake for every call. */
  readonly soapPlain: Calls
  readonly close: () => Promise<void>
}

const id = "08840043-1c60-e211-b74f-0050569b000e"
const wsdl = new URL("../wsdl/mm-default.wsdl", import.meta.url)
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

/** The authority, a server that it names 127.0.0.1, and a client. */
const identities = () => {
  const authority = makeIdentity("Bench CA")
  authority.certificate.setExtensions([{ name: "basicConstraints", cA: true }])
  authority.certificate.sign(authority.key, forge.md.sha256.create())
  const server = makeIdentity("localhost", authority)
  server.certificate.setExtensions([{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }])
  server.certificate.sign(authority.key, forge.md.sha256.create())
  return { ca: certificatePem(authority), server, client: makeIdentity("Bench client", authority) }
}

const adapterOf = (config: VissMmConfig, scope: Scope.Scope, transport: Layer.Layer<HttpTransport>) =>
  Effect.runPromise(vissMm(config).make.pipe(Scope.provide(scope), Effect.provide(transport)))

/** What the adapter sends, so that the reference sends the same bytes. */
const recordRequests = async (config: VissMmConfig, scope: Scope.Scope) => {
  const requests: Array<TransportRequest> = []
  const refused = new TransportError({ phase: "not_sent", code: "BENCH", kind: "other" })
  const send = (request: TransportRequest) => {
    requests.push(request)
    return Effect.fail(refused)
  }
  const recorder = Layer.succeed(HttpTransport, { connect: () => Effect.succeed({ send }) })
  const adapter = await adapterOf(config, scope, recorder)
  await Effect.runPromise(Effect.ignore(adapter.status(attempt)))
  await Effect.runPromise(Effect.ignore(adapter.create(input)))
  const [status, create] = requests
  if (status === undefined || create === undefined) throw new Error("the adapter sent nothing")
  return { status, create }
}

const rawCall = (agent: Agent, { body, headers, method, url }: TransportRequest): Call => {
  const options = { origin: url.origin, path: url.pathname, method, headers, body: body ?? null }
  return async () => {
    const response = await agent.request(options)
    must(response.statusCode === 200 && (await response.body.bytes()).length > 100)
  }
}

const soapCall = (client: soap.Client, operation: string, args: object, fits: (result: object) => boolean): Call => {
  const call: unknown = Reflect.get(client, `${operation}Async`)
  return async () => {
    const answer: unknown = typeof call === "function" ? await call.call(client, args) : undefined
    must(Array.isArray(answer) && fits(Object(Reflect.get(Object(answer[0]), `${operation}Result`))))
  }
}

const soapCalls = async (endpoint: string, security: soap.ClientSSLSecurity): Promise<Calls> => {
  const client = await soap.createClientAsync(wsdl.pathname, { endpoint })
  client.setSecurity(security)
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

export const openWorld = async (): Promise<World> => {
  const { ca, client, server } = identities()
  const cert = certificatePem(client)
  const key = keyPem(client)
  const worker = new Worker(new URL("./server.ts", import.meta.url), {
    workerData: { ca, cert: certificatePem(server), key: keyPem(server) }
  })
  const [{ port }] = (await once(worker, "message")) as [{ readonly port: number }] // what server.ts posts
  const endpoint = `https://127.0.0.1:${port}/PaymentRequestService.svc`
  const config: VissMmConfig = {
    environment: "sandbox",
    credentials: { pem: cert + key },
    endpoints: { paymentRequestService: endpoint, invoices: `https://127.0.0.1:${port}/Invoices/` },
    ca
  }
  const scope = Effect.runSync(Scope.make())
  const requests = await recordRequests(config, scope)
  const agent = new Agent({ pipelining: 1, connections, connect: { ca, cert, key, allowH2: false } })
  const adapter = await adapterOf(config, scope, layer)
  const security = (isKept: boolean) =>
    new soap.ClientSSLSecurity(Buffer.from(key), Buffer.from(cert), Buffer.from(ca), isKept ? { forever: true } : {})
  return {
    raw: { status: rawCall(agent, requests.status), create: rawCall(agent, requests.create) },
    ours: {
      status: async () => {
        const [observed] = await Effect.runPromise(adapter.status(attempt))
        must(observed?.says._tag === "working")
      },
      create: async () => {
        const [observed] = await Effect.runPromise(adapter.create(input))
        must(observed?.providerReference === id)
      }
    },
    soapKept: await soapCalls(endpoint, security(true)),
    soapPlain: await soapCalls(endpoint, security(false)),
    close: async () => {
      await Effect.runPromise(Scope.close(scope, Exit.void))
      await agent.close()
      await worker.terminate()
    }
  }
}
