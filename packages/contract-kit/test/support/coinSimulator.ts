// A toy provider's simulator inside the test: one status per payment, signed notices over HTTP, faults by operation.
import { createHash, createHmac } from "node:crypto"
import { money } from "@maksa/core"
import type { Notice, PlannedFault, ProviderCall, SandboxDriver } from "../../src/index.ts"

export const secret = "coin-secret-canary"
export const sign = (text: string, key = secret): string => createHmac("sha256", key).update(text).digest("hex")

export type CoinStatus = "open" | "working" | "promised" | "paid" | "refused" | "undone" | "late"
interface CoinPayment {
  readonly id: string
  readonly url: string
  readonly minor: bigint
  readonly purpose: string
  status: CoinStatus
  charged: bigint
  undone: bigint
}

const start = Date.parse("2026-11-22T10:00:00Z")

/** What a call of the adapter met: an answer, or a broken connection before or after the provider acted. */
export class Lost extends Error {}

export class CoinSimulator {
  readonly payments = new Map<string, CoinPayment>()
  readonly calls: Array<ProviderCall> = []
  readonly kept: Array<Notice> = []
  faults: Array<PlannedFault & { left: number }> = []
  clock = start
  isHolding = false

  reset(): void {
    this.payments.clear()
    this.calls.length = 0
    this.kept.length = 0
    this.faults = []
    this.clock = start
    this.isHolding = false
  }

  call<A>(operation: "create" | "status", input: string, serve: () => A): A {
    this.calls.push({ operation, at: this.clock, digest: createHash("sha256").update(input).digest("hex") })
    const fault = this.faults.find((one) => one.operation === operation && one.left > 0)
    if (fault !== undefined) fault.left--
    if (fault?.phase === "before") throw new Lost()
    const answer = serve()
    if (fault?.phase === "after") throw new Lost()
    return answer
  }

  open(id: string, order: Pick<CoinPayment, "url" | "minor" | "purpose">): void {
    if (!this.payments.has(id)) this.payments.set(id, { id, ...order, status: "open", charged: 0n, undone: 0n })
  }

  async move(id: string, status: CoinStatus): Promise<void> {
    const payment = this.payments.get(id)
    if (payment === undefined) throw new Error("no such payment at the provider")
    payment.status = status
    if (status === "paid") payment.charged += payment.minor
    if (status === "undone") payment.undone = payment.charged
    const body = JSON.stringify({ id, status, at: this.clock, minor: payment.minor.toString() })
    const notice: Notice = {
      id: `n-${this.kept.length}`,
      method: "POST",
      url: payment.url,
      headers: { "x-sign": sign(body) },
      body: new TextEncoder().encode(body)
    }
    this.kept.push(notice)
    if (!this.isHolding) await this.send(notice)
  }

  async send({ method, url, headers, body }: Notice): Promise<number> {
    const response = await fetch(url, { method, headers, body: new Uint8Array(body) })
    await response.arrayBuffer()
    return response.status
  }
}

const day = 86_400

export const driveCoins = (simulator: CoinSimulator): SandboxDriver => ({
  name: "coins",
  facts: {
    overturnSeconds: { paid: day, declined: day, expired: 3600, canceled: 3600, reversed: 3600 },
    tellsOfWork: false,
    earliestQuerySeconds: 0,
    watch: { untilSeconds: 3600, slowestSeconds: 60 },
    absenceProvesAfter: { notSubmittedSeconds: 10, lapsedSeconds: 60 },
    limits: {
      currencies: ["EUR"],
      minMinorUnits: 1n,
      maxMinorUnits: 1_000_000n,
      maxLines: 3,
      maxPurposeLength: 100,
      maxDeadlineSeconds: 30 * day
    },
    receiptFormats: []
  },
  now: () => simulator.clock,
  advance: async (millis) => {
    simulator.clock += millis
  },
  reset: async () => simulator.reset(),
  act: async ({ attemptId }, act) => {
    if (act === "pay") await simulator.move(attemptId, "paid")
    if (act === "refuse") await simulator.move(attemptId, "refused")
    return { url: `https://coins.example/${attemptId}?language=lv`, language: "lv" }
  },
  turn: async ({ attemptId }, { to }) => {
    await simulator.move(attemptId, to === "received" ? "paid" : to === "refused" ? "refused" : "working")
  },
  truth: async ({ attemptId }) => {
    const payment = simulator.payments.get(attemptId)
    if (payment === undefined) return []
    const list = (minor: bigint) => (minor === 0n ? [] : [money(minor, "EUR")])
    const { charged, id, purpose, undone } = payment
    return [{ providerReference: id, purpose, charged: list(charged), undone: list(undone) }]
  },
  notices: {
    hold: async () => {
      simulator.isHolding = true
    },
    release: async () => {
      simulator.isHolding = false
    },
    list: async () => [...simulator.kept],
    forge: async (notice, forgery) => {
      if (forgery === "unsigned") return { ...notice, headers: {} }
      const text = new TextDecoder().decode(notice.body)
      if (forgery === "foreign") return { ...notice, headers: { "x-sign": sign(text, "another account") } }
      const other = text.replace('"at":', '"at":1')
      return forgery === "flipped" ? { ...notice, body: new TextEncoder().encode(other) } : undefined
    },
    isRetriedAfter: (status) => status !== 200
  },
  faults: {
    kinds: () => ["close"],
    plan: async (fault) => {
      simulator.faults.push({ ...fault, left: fault.times ?? 1 })
    },
    clear: async () => {
      simulator.faults = []
    }
  },
  calls: async () => [...simulator.calls],
  [Symbol.asyncDispose]: async () => {}
})
