// The whole product on loopback: sandbox, store, both adapters, engine and Express, with a clock that a test turns.
import { createPayments, type PaymentEvent, type PaymentsClient, type Store } from "@maksa/core"
import { maksa } from "@maksa/express"
import { type EcommpayLv, ecommpayLv } from "@maksa/provider-ecommpay-lv"
import { type VissMm, vissMm } from "@maksa/provider-viss-mm"
import { confirmations } from "@maksa/receipts"
import { type Sandbox, startSandbox } from "@maksa/sandbox"
import { sqliteStore } from "@maksa/store-sql"
import express from "express"
import { readFileSync, rmSync } from "node:fs"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { secret, temporaryDirectory } from "./harness.ts"

export interface Stack extends AsyncDisposable {
  readonly payments: PaymentsClient<VissMm | EcommpayLv>
  readonly sandbox: Sandbox
  readonly base: string
  readonly directory: string
  readonly events: Array<PaymentEvent>
  /** The sandbox's control API. */
  control(path: string, body?: unknown): Promise<Record<string, unknown>>
  /** Turns the clock of the providers and of core. */
  advance(duration: string): Promise<void>
}

/** `wrap` puts something around the store; projects of ecommpay do not look for the money before they say paid. */
export const startStack = async (wrap: (store: Store) => Store = (store) => store): Promise<Stack> => {
  const directory = temporaryDirectory()
  const sandbox = await startSandbox({ seed: 7, pkiDirectory: join(directory, "pki") })
  const { vissMm: mm, ecommpay, pki, control } = sandbox.ready
  const project = ecommpay.projects[0]
  if (project === undefined) throw new Error("the sandbox has no project")
  const app = express()
  const server = app.listen(0, "127.0.0.1")
  await new Promise((resolve) => server.once("listening", resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/maksa`
  const store = wrap(await sqliteStore({ file: join(directory, "maksa.sqlite"), secret }))
  const events: Array<PaymentEvent> = []
  const payments = await createPayments({
    store,
    providers: [
      vissMm({
        environment: "sandbox",
        credentials: { pem: readFileSync(pki.clients.a.pem, "utf8"), passphrase: pki.clients.a.passphrase },
        endpoints: { paymentRequestService: mm.wsdl.replace(/\?.*$/, ""), invoices: mm.invoices },
        ca: readFileSync(pki.ca, "utf8")
      }),
      ecommpayLv({
        environment: "sandbox",
        projectId: project.projectId,
        secrets: [project.secret],
        fundsConfirmation: "off",
        endpoints: { paymentPage: ecommpay.paymentPage, gate: ecommpay.gate }
      })
    ],
    publicBaseUrl: base,
    fulfilment: { policy: "eager" },
    receipts: confirmations({ agency: { name: "Paraugu pašvaldība" } }),
    worker: false,
    clock: { now: () => sandbox.clock.now() },
    onEvent: (event) => {
      events.push(event)
    }
  })
  app.use("/maksa", maksa(payments))
  const call: Stack["control"] = async (path, body) => {
    const init =
      body === undefined
        ? {}
        : { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } }
    const response = await fetch(`${control}${path}`, init)
    const answer = (await response.json()) as Record<string, unknown>
    if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`)
    return answer
  }
  return {
    payments,
    sandbox,
    base,
    directory,
    events,
    control: call,
    advance: async (duration) => {
      await call("/clock/advance", { duration })
      await payments.runDue()
    },
    [Symbol.asyncDispose]: async () => {
      await payments.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await store.close()
      await sandbox.close()
      rmSync(directory, { recursive: true, force: true })
    }
  }
}

let serial = 0
const common = (more: object) => ({
  idempotencyKey: `stack-${serial++}`,
  merchantReference: "BP-2026/17",
  returnUrl: "https://agency.example/orders/17",
  ...more
})
export const mmOrder = (more: object = {}) =>
  common({
    provider: "viss-mm" as const,
    lines: [{ amount: { minorUnits: 1212n, currency: "EUR" }, position: "54" }],
    options: { serviceStep: "02Y70" },
    ...more
  }) as never
export const ecommpayOrder = (more: object = {}) =>
  common({
    provider: "ecommpay-lv" as const,
    amount: { minorUnits: 1212n, currency: "EUR" },
    options: {},
    ...more
  }) as never
