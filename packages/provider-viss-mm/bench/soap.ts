/**
 * How fast the adapter asks for a status over mutual TLS, one call at a time, as ratios of calls per second within one
 * run: against undici sending a fixed envelope (the limit) and against the npm package `soap` with kept connections.
 *
 * Run with `node --conditions=@maksa/source bench/soap.ts`.
 */
import { once } from "node:events"
import { Worker } from "node:worker_threads"

import type { AttemptRecord } from "@maksa/core"
import { layer } from "@maksa/core/undici"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import forge from "node-forge"
import soap from "soap"
import { Agent } from "undici"

import { vissMm } from "../src/index.ts"
import { certificatePem, keyPem, makeIdentity } from "../test/support/pki.ts"

/** A figure: `ratio` is the median over the rounds, reached when it is at least `goal`. */
export interface Figure {
  readonly id: string
  readonly ratio: number
  readonly min: number
  readonly max: number
  readonly goal: number
}

const id = "08840043-1c60-e211-b74f-0050569b000e"
const envelope = Buffer.from(
  `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:n="http://tempuri.org/"><s:Body>` +
    `<n:CheckPaymentRequestStatus><n:paymentRequestId>${id}</n:paymentRequestId></n:CheckPaymentRequestStatus></s:Body></s:Envelope>`
)
const attempt: AttemptRecord = {
  paymentId: "pay",
  attemptId: "att",
  instance: "viss-mm",
  merchantReference: "bench",
  providerReference: id,
  lines: [],
  createdAt: 0,
  deadline: 2,
  now: 1
}

const wsdl = new URL("../wsdl/mm-default.wsdl", import.meta.url)
const ROUNDS = 9
const MILLIS = 400

const must = (isTrue: boolean): void => {
  if (!isTrue) throw new Error("the benchmark's call was not answered as expected")
}

const perSecond = async (call: () => Promise<void>): Promise<number> => {
  const start = performance.now()
  let count = 0
  let now = start
  while (now < start + MILLIS) {
    await call()
    count++
    now = performance.now()
  }
  return (count * 1000) / (now - start)
}

/** The authority, and a server that it names 127.0.0.1. */
const identities = () => {
  const authority = makeIdentity("Bench CA")
  authority.certificate.setExtensions([{ name: "basicConstraints", cA: true }])
  authority.certificate.sign(authority.key, forge.md.sha256.create())
  const server = makeIdentity("localhost", authority)
  server.certificate.setExtensions([{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }])
  server.certificate.sign(authority.key, forge.md.sha256.create())
  return { ca: certificatePem(authority), server, client: makeIdentity("Bench client", authority) }
}

/** Runs all rounds, interleaved, and gives both figures. Takes about fifteen seconds. */
export const run = async (): Promise<Array<Figure>> => {
  const { ca, client, server } = identities()
  const cert = certificatePem(client)
  const key = keyPem(client)
  const worker = new Worker(new URL("./server.ts", import.meta.url), {
    workerData: { ca, cert: certificatePem(server), key: keyPem(server) }
  })
  const [{ port }] = (await once(worker, "message")) as [{ readonly port: number }] // what server.ts posts
  const endpoint = `https://127.0.0.1:${port}/PaymentRequestService.svc`

  const agent = new Agent({ pipelining: 1, connect: { ca, cert, key } })
  const raw = async (): Promise<void> => {
    const { body, statusCode } = await agent.request({
      origin: new URL(endpoint).origin,
      path: new URL(endpoint).pathname,
      method: "POST",
      headers: {
        "content-type": "text/xml; charset=utf-8",
        soapaction: '"http://tempuri.org/IPaymentRequestService/CheckPaymentRequestStatus"'
      },
      body: envelope
    })
    must(statusCode === 200 && (await body.bytes()).length > 100)
  }

  const peer = await soap.createClientAsync(wsdl.pathname, { endpoint })
  peer.setSecurity(new soap.ClientSSLSecurity(Buffer.from(key), Buffer.from(cert), Buffer.from(ca), { forever: true }))
  const ask: unknown = Reflect.get(peer, "CheckPaymentRequestStatusAsync")
  const bySoap = async (): Promise<void> => {
    const answer: unknown = typeof ask === "function" ? await ask.call(peer, { paymentRequestId: id }) : undefined
    must(Array.isArray(answer) && Reflect.get(Object(answer[0]), "CheckPaymentRequestStatusResult") === "P")
  }

  const scope = Effect.runSync(Scope.make())
  const provider = vissMm({
    environment: "sandbox",
    credentials: { pem: cert + key },
    endpoints: { paymentRequestService: endpoint, invoices: `https://127.0.0.1:${port}/Invoices/` },
    ca,
    // The operation that the fixed envelopes are of.
    statusOperation: "CheckPaymentRequestStatus"
  })
  const adapter = await Effect.runPromise(provider.make.pipe(Scope.provide(scope), Effect.provide(layer)))
  const ours = async (): Promise<void> => {
    const [observed] = await Effect.runPromise(adapter.status(attempt))
    must(observed?.says._tag === "working")
  }

  const ratios: { readonly raw: Array<number>; readonly peer: Array<number> } = { raw: [], peer: [] }
  for (const call of [raw, bySoap, ours]) await perSecond(call)
  for (let round = 0; round < ROUNDS; round++) {
    const rates = { raw: await perSecond(raw), peer: await perSecond(bySoap), ours: await perSecond(ours) }
    ratios.raw.push(rates.ours / rates.raw)
    ratios.peer.push(rates.ours / rates.peer)
  }
  await Effect.runPromise(Scope.close(scope, Exit.void))
  await agent.close()
  await worker.terminate()

  const figure = (name: string, of: ReadonlyArray<number>, goal: number): Figure => {
    const sorted = of.toSorted((a, b) => a - b)
    return { id: name, ratio: sorted[ROUNDS >> 1] ?? 0, min: sorted[0] ?? 0, max: sorted.at(-1) ?? 0, goal }
  }
  return [
    figure("viss-mm-status-of-raw-undici", ratios.raw, 0.6),
    figure("viss-mm-status-of-soap-package", ratios.peer, 2.5)
  ]
}

if (import.meta.main) {
  for (const { goal, id: name, max, min, ratio } of await run()) {
    console.log(`${name}  ${ratio.toFixed(2)} (${min.toFixed(2)} to ${max.toFixed(2)}, goal ${goal})`)
  }
}
