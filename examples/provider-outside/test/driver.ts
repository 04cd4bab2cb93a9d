import type { Notice, ProviderFacts, SandboxDriver } from "@maksa/contract-kit"
import { money } from "@maksa/core"
import { type Fault, kinds } from "./faults.ts"
import { Simulator } from "./Simulator.ts"

const hour = 3600
const day = 24 * hour

/** From the provider's document, not from the adapter. */
const facts: ProviderFacts = {
  displayName: "Pocket",
  overturnSeconds: { paid: hour, declined: hour, expired: hour, canceled: hour, reversed: hour },
  tellsOfWork: false,
  earliestQuerySeconds: 0,
  watch: { untilSeconds: 31 * day, slowestSeconds: 6 * hour },
  absenceProvesAfter: { notSubmittedSeconds: 10, lapsedSeconds: hour },
  limits: {
    currencies: ["EUR"],
    minMinorUnits: 1n,
    maxMinorUnits: 100_000n,
    maxLines: 10,
    maxPurposeLength: 100,
    maxDeadlineSeconds: 30 * day
  },
  receiptFormats: ["pdf", "xml"]
}

const states: Readonly<Record<string, string>> = {
  received: "paid",
  refused: "refused",
  lapsed: "expired",
  unknown_word: "sideways"
}

export interface PocketDriver extends SandboxDriver {
  readonly origin: string
}

export const openDriver = async (): Promise<PocketDriver> => {
  const simulator = new Simulator()
  await simulator.open()
  const toNotice = ({ id, url }: Simulator["notices"][number]): Notice => ({
    id,
    url,
    method: "POST",
    headers: {},
    body: new Uint8Array()
  })
  return {
    name: "pocket simulator",
    origin: simulator.origin,
    facts,
    now: () => simulator.clock,
    advance: (millis) => simulator.advance(millis),
    reset: async () => simulator.reset(),
    act: async ({ attemptId }, act) => {
      const url = `${simulator.origin}/page/${attemptId}`
      const page = await fetch(url)
      const language = /lang="([a-z]{2})"/.exec(await page.text())?.[1]
      if (page.status !== 200 || language === undefined) throw new Error(`The page was answered ${page.status}.`)
      if (act === "open") return { url, language }
      const pressed = await fetch(`${url}/${act}`, { method: "POST", redirect: "manual" })
      const leadsTo = pressed.headers.get("location")
      if (leadsTo === null) throw new Error(`The button was answered ${pressed.status}.`)
      return { url, language, leadsTo }
    },
    turn: async ({ attemptId }, { amount, late, to }) => {
      const payment = simulator.payments.get(attemptId)
      const state = states[to]
      if (payment === undefined || state === undefined) throw new Error(`There is no ${to} at this provider.`)
      if (payment.state !== "open" && late !== true) throw new Error(`A payment that is ${payment.state} stays so.`)
      if (amount !== undefined) payment.order.currency = amount.currency
      simulator.change(
        payment,
        state,
        to === "received" ? String(amount?.minorUnits ?? payment.order.cents) : undefined
      )
    },
    truth: async ({ attemptId }) => {
      const payment = simulator.payments.get(attemptId)
      if (payment === undefined) return []
      const charged = payment.paid.map((cents) => money(BigInt(cents), payment.order.currency))
      return [{ providerReference: attemptId, purpose: payment.order.purpose, charged, undone: [] }]
    },
    notices: {
      hold: async () => void (simulator.isHolding = true),
      release: async () => void (simulator.isHolding = false),
      list: async () => simulator.notices.map(toNotice),
      // A notice says nothing and is not signed: there is nothing to break.
      forge: async () => undefined,
      isRetriedAfter: (status) => status < 200 || status >= 300
    },
    faults: {
      kinds: (operation) => (operation === "create" || operation === "status" ? kinds : []),
      plan: async ({ kind, operation, phase, times = 1 }) => {
        simulator.faults.push({ operation, kind: kind as Fault, phase, left: times }) // only kinds that `kinds` names come here
      },
      clear: async () => void (simulator.faults = [])
    },
    calls: async () => [...simulator.calls],
    [Symbol.asyncDispose]: () => simulator.close()
  }
}
