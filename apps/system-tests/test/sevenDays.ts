// The world of the seven-day history: two projects of ecommpay, of which one waits for the money, and an application on a
// file that may end and start again at any time.
import { createPayments, named, type Payment, type PaymentEvent } from "@maksa/core"
import { ecommpayLv, type FundsConfirmation } from "@maksa/provider-ecommpay-lv"
import { controlClient, startSandbox } from "@maksa/sandbox"
import { sqliteStore } from "@maksa/store-sql"
import { createServer } from "node:http"
import { once } from "node:events"
import { rmSync } from "node:fs"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { nodeMiddleware } from "@maksa/core/node"
import { secret, temporaryDirectory } from "./harness.ts"

const start = Date.parse("2026-11-02T09:00:00Z")
const second = 1000
const minute = 60 * second
const swedbank = 1981

type Account = "direct" | "confirmed"

/** Money at ecommpay, minor units, by its own books. */
export interface AtEcommpay {
  readonly received: bigint
  readonly returned: bigint
  readonly paidOut: bigint
  readonly cameBack: bigint
}

export const openSevenDays = async () => {
  const directory = temporaryDirectory()
  const sandbox = await startSandbox({ seed: 5, clock: new Date(start).toISOString(), frozen: true })
  const { control: address, ecommpay } = sandbox.ready
  const control = controlClient(address)
  await control.call("PATCH", "/ecommpay/projects/201", { confirmation: "reversal" })
  const instance = (name: Account, index: number, fundsConfirmation: FundsConfirmation) => {
    const project = ecommpay.projects[index]
    if (project === undefined) throw new Error("the sandbox has two projects")
    const { projectId, secret: key } = project
    const endpoints = { paymentPage: ecommpay.paymentPage, gate: ecommpay.gate }
    const payout = { ipAddress: "192.0.2.9" }
    return named(
      name,
      ecommpayLv({ environment: "sandbox", projectId, secrets: [key], fundsConfirmation, endpoints, payout })
    )
  }
  const providers = [instance("direct", 0, "off"), instance("confirmed", 1, "reversal")] as const

  let payments: Awaited<ReturnType<typeof begin>> | undefined
  const events: Array<PaymentEvent> = []
  const server = createServer((request, response) => {
    // Nobody is here: the platform will try again.
    if (payments === undefined) response.writeHead(503).end()
    else void nodeMiddleware(payments.handler, "")(request, response, () => response.writeHead(404).end())
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const base: string = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // it listens on TCP

  const begin = async () => {
    const store = await sqliteStore({ file: join(directory, "maksa.sqlite"), secret })
    const client = await createPayments({
      store,
      providers,
      publicBaseUrl: `${base}/maksa`,
      fulfilment: { policy: "hard-only" },
      worker: false,
      clock: { now: () => sandbox.clock.now() },
      onEvent: (event) => {
        events.push(event)
      }
    })
    return {
      ...client,
      close: async () => {
        await client.close()
        await store.close()
      }
    }
  }
  const running = () => {
    if (payments === undefined) throw new Error("the application is down")
    return payments
  }
  payments = await begin()
  const known = new Map<string, { readonly paymentId: string; readonly attemptId: string }>()
  const ids = (name: string) => known.get(name) ?? { paymentId: "", attemptId: "" }
  const get = (name: string): Promise<Payment> => running().get(ids(name).paymentId)

  return {
    events,
    get payments() {
      return running()
    },
    get,
    names: () => [...known.keys()],
    /** Time passes, day by day; whatever is due is done, as the worker would. */
    until: async (day: number, hour = 9): Promise<void> => {
      const end = start + day * 24 * 60 * minute + (hour - 9) * 60 * minute
      while (sandbox.clock.now() < end) {
        await control.advance(Math.min(24 * 60 * minute, end - sandbox.clock.now()))
        await payments?.runDue()
      }
    },
    /** A minute: callbacks arrive and are followed up. */
    minute: async (): Promise<void> => {
      await control.advance(minute)
      await payments?.runDue()
    },
    /** Somebody begins a payment of 12 euros by Payment Page, and says yes or no at the bank. */
    goes: async (name: string, provider: Account, result: "confirm" | "refuse"): Promise<void> => {
      const payment = await running().create({
        provider,
        idempotencyKey: name,
        merchantReference: name.toUpperCase(),
        amount: { minorUnits: 1200n, currency: "EUR" },
        returnUrl: "https://agency.example/orders/1",
        options: {}
      } as never) // both instances take the same options
      known.set(name, { paymentId: payment.id, attemptId: payment.current.id })
      const { nextAction } = payment.current
      const url = nextAction?._tag === "redirect" ? nextAction.url : ""
      const path = `/ecommpay/payments/${payment.current.id}/payer`
      await control.call("POST", path, { action: "open", url })
      await control.call("POST", path, { action: "choose_bank", bankId: swedbank })
      await control.call("POST", path, { action: result })
    },
    /** What happens at ecommpay by itself. */
    turn: (name: string, body: object): Promise<unknown> =>
      control.call("POST", `/ecommpay/payments/${ids(name).attemptId}/outcome`, body),
    turnPayout: (repaymentId: string, status: string): Promise<unknown> =>
      control.call("POST", `/ecommpay/payments/${repaymentId}/outcome`, { status }),
    spoil: (rule: Parameters<typeof control.plan>[0]): Promise<string> => control.plan(rule),
    stop: async (): Promise<void> => {
      const ending = running()
      payments = undefined
      await ending.close()
    },
    start: async (): Promise<void> => {
      payments = await begin()
    },
    /** Asked by one person, approved by another. */
    payOut: async (name: string, idempotencyKey: string) => {
      const { id } = await running().repay({
        paymentId: ids(name).paymentId,
        idempotencyKey,
        amount: { minorUnits: 1200n, currency: "EUR" },
        route: "payout",
        payee: {
          iban: "LV80BANK0000435195001",
          name: "Zvaigznīte Kanārijputniņa",
          email: "zvaigznite@agency.example",
          address: "Parauga iela 1",
          city: "Rīga",
          postalCode: "LV-1010"
        },
        by: "the clerk",
        reason: "the application was withdrawn"
      })
      return running().stepRepayment(id, { action: "approve", by: "the head clerk" })
    },
    /** What really moved for a payment: its own money, and that of its payouts. */
    truth: async (name: string): Promise<AtEcommpay> => {
      const sumsOf = async (id: string) => {
        // The shape is the control API's.
        const { money } = (await control.call("GET", `/payments/${id}`)) as { readonly money: Record<string, string> }
        return (member: string): bigint => BigInt(money[member] ?? "0")
      }
      const own = await sumsOf(ids(name).attemptId)
      let [paidOut, cameBack] = [0n, 0n]
      for (const { id } of await running().repayments(ids(name).paymentId)) {
        const payout = await sumsOf(id)
        paidOut += payout("paidOutMinor")
        cameBack += payout("cameBackMinor")
      }
      return { received: own("receivedMinor"), returned: own("returnedMinor"), paidOut, cameBack }
    },
    [Symbol.asyncDispose]: async () => {
      await payments?.close()
      server.closeAllConnections()
      server.close()
      await once(server, "close")
      await sandbox.close()
      rmSync(directory, { recursive: true, force: true })
    }
  }
}
