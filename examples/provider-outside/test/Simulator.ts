// The provider itself, as its document describes it, on loopback. It shares no code with the adapter.
import { createHash } from "node:crypto"
import { once } from "node:events"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { type Fault, spoil } from "./faults.ts"

export interface PocketPayment {
  readonly id: string
  readonly order: { cents: string; currency: string; purpose: string; until: number; back: string; notify: string }
  readonly paid: Array<string>
  state: string
  changed: number
}

export interface SentNotice {
  readonly id: string
  readonly url: string
  isTaken: boolean
}

const start = Date.UTC(2026, 10, 22, 8)
export const key = "pocket-key-1d6f2c"

export class Simulator {
  readonly payments = new Map<string, PocketPayment>()
  readonly calls: Array<{ operation: "create" | "status" | "other"; at: number; digest: string }> = []
  readonly notices: Array<SentNotice> = []
  faults: Array<{ operation: string; kind: Fault; phase: "before" | "after"; left: number }> = []
  isHolding = false
  clock = start
  origin = ""
  #due: Array<{ at: number; notice: SentNotice }> = []
  readonly #server = createServer((request, response) => {
    this.#serve(request, response).catch(() => response.destroy())
  })

  async open(): Promise<void> {
    this.#server.listen(0, "127.0.0.1")
    await once(this.#server, "listening")
    this.origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}` // a TCP server has such an address
  }
  async close(): Promise<void> {
    const closed = once(this.#server, "close")
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }
  reset(): void {
    this.payments.clear()
    this.calls.length = this.notices.length = 0
    this.faults = []
    this.#due = []
    this.isHolding = false
    this.clock = start
    this.#server.closeAllConnections()
  }

  /** Time passes: open payments expire, notices are sent, and sent again a minute later if nobody took them. */
  async advance(millis: number): Promise<void> {
    const end = this.clock + millis
    for (;;) {
      const expiring = [...this.payments.values()].find((one) => one.state === "open" && one.order.until <= end)
      const [next] = this.#due.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)
      if (expiring !== undefined && (next === undefined || expiring.order.until <= next.at)) {
        this.clock = Math.max(this.clock, expiring.order.until)
        this.change(expiring, "expired")
      } else if (next !== undefined) {
        this.#due = this.#due.filter((one) => one !== next)
        this.clock = Math.max(this.clock, next.at)
        const answer = await fetch(next.notice.url, { method: "POST" }).catch(() => undefined)
        next.notice.isTaken = answer?.ok === true
        if (!next.notice.isTaken) this.#due.push({ at: this.clock + 60_000, notice: next.notice })
      } else break
    }
    this.clock = Math.max(this.clock, end)
  }

  change(payment: PocketPayment, state: string, cents?: string): void {
    if (cents !== undefined) payment.paid.push(cents)
    payment.state = state
    payment.changed = ++this.clock
    const notice = { id: String(this.notices.length + 1), url: payment.order.notify, isTaken: false }
    this.notices.push(notice)
    if (!this.isHolding) this.#due.push({ at: this.clock + 100, notice })
  }

  #shown({ changed, id, order, paid, state }: PocketPayment): string {
    const cents = String(paid.length === 0 ? BigInt(order.cents) : paid.reduce((sum, one) => sum + BigInt(one), 0n))
    return JSON.stringify({ id, state, cents, currency: order.currency, page: `${this.origin}/page/${id}`, changed })
  }

  #answer(operation: string, id: string, body: string): readonly [status: number, text: string] {
    const known = this.payments.get(id)
    if (operation === "status") return known === undefined ? [404, '{"error":"unknown"}'] : [200, this.#shown(known)]
    if (known !== undefined) return [200, this.#shown(known)]
    const order: PocketPayment["order"] = JSON.parse(body)
    if (!(BigInt(order.cents) <= 100_000n) || order.purpose.length > 100) return [422, '{"error":"out_of_limits"}']
    if (order.until <= this.clock || order.until > this.clock + 30 * 86_400_000)
      return [422, '{"error":"out_of_limits"}']
    const payment: PocketPayment = { id, order, paid: [], state: "open", changed: ++this.clock }
    this.payments.set(id, payment)
    return [200, this.#shown(payment)]
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Array<Uint8Array> = []
    for await (const part of request) parts.push(part as Uint8Array) // no encoding is set, so parts are bytes
    const body = Buffer.concat(parts).toString("utf8")
    const [, area = "", id = "", button] = (request.url ?? "").split("/")
    if (area === "page") return this.#page(response, id, button)
    const operation = request.method === "POST" ? "create" : "status"
    const digest = createHash("sha256").update(`${request.method} ${request.url}\n${body}`).digest("hex")
    this.calls.push({ operation, at: this.clock, digest })
    const fault = this.faults.find((one) => one.operation === operation && one.left > 0)
    if (fault !== undefined) fault.left--
    const isKnown = request.headers.authorization === `Bearer ${key}`
    const [status, text] = !isKnown
      ? ([401, '{"error":"unknown_key"}'] as const)
      : fault?.phase === "before"
        ? ([503, '{"error":"not_done"}'] as const)
        : this.#answer(operation, id, body)
    if (fault === undefined) response.writeHead(status, { "content-type": "application/json" }).end(text)
    else spoil(fault.kind, response, status, text)
  }

  #page(response: ServerResponse, id: string, button: string | undefined): void {
    const payment = this.payments.get(id)
    if (payment === undefined) return void response.writeHead(404).end()
    if (button === undefined) return void response.end('<!doctype html><html lang="en">')
    if (button !== "leave" && payment.state !== "open") return void response.writeHead(409).end()
    if (button === "pay") this.change(payment, "paid", payment.order.cents)
    if (button === "refuse") this.change(payment, "refused")
    response.writeHead(303, { location: payment.order.back }).end()
  }
}
