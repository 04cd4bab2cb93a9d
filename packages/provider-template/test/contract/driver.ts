import type {
  AttemptAtProvider,
  FaultKind,
  Forgery,
  Notice,
  ProviderFacts,
  ProviderOperation,
  SandboxDriver
} from "@maksa/contract-kit"
import { isTaken, limits, startTemplateSandbox, sign, type TemplateSandbox } from "../../sandbox/index.ts"
import { toMoney } from "../../src/internal/wire.ts"
import { visit } from "./payer.ts"

const day = 86_400

/** What the provider's document says, in its own words; the adapter's manifest is held against it. */
const facts: ProviderFacts = {
  displayName: "Template",
  overturnSeconds: { paid: day, declined: 2 * day, expired: day, canceled: day, reversed: day },
  tellsOfWork: true,
  earliestQuerySeconds: 5,
  watch: { untilSeconds: 32 * day, slowestSeconds: day / 4 },
  absenceProvesAfter: { notSubmittedSeconds: 30, lapsedSeconds: 3600 },
  limits: {
    currencies: limits.currencies,
    minMinorUnits: limits.minValue,
    maxMinorUnits: limits.maxValue,
    maxLines: limits.maxLines,
    maxPurposeLength: limits.maxDescription,
    maxDeadlineSeconds: limits.maxDays * day
  },
  receiptFormats: ["pdf", "xml"]
}

const onEveryCall: ReadonlyArray<FaultKind> = [
  "close",
  "timeout",
  "server_error",
  "html",
  "garbage",
  "truncated",
  "huge",
  "hostile",
  "wrong_signature",
  "redirect",
  "refusal",
  "busy"
]
const withStatus: ReadonlySet<ProviderOperation> = new Set<ProviderOperation>([
  "create",
  "status",
  "resume",
  "withdraw",
  "refund",
  "payout",
  "repaymentStatus",
  "list"
])

const spoiled = (sandbox: TemplateSandbox, notice: Notice, forgery: Forgery): Notice => {
  const { other, own } = sandbox.accounts
  const text = new TextDecoder().decode(notice.body)
  const sealed = (content: string, account: string, secret: string): Notice => {
    const body = new TextEncoder().encode(content)
    return { ...notice, body, headers: sign(body, account, secret) }
  }
  switch (forgery) {
    case "flipped": {
      const body = Uint8Array.from(notice.body)
      // A digit of the notice's number: still JSON, still about this payment.
      const at = text.indexOf('"notice":') + '"notice":'.length
      body[at] = (body[at] ?? 0) ^ 1
      return { ...notice, body }
    }
    case "unsigned":
      return { ...notice, headers: { "content-type": "application/json" } }
    case "foreign":
      return sealed(text.replace(own.id, other.id), other.id, other.secret)
    case "invented":
      return sealed(text.replace(/"status":"[a-z_]+"/, '"status":"paid"'), own.id, "a secret that nobody gave us")
  }
}

/** The simulator, driven from outside by the contract kit. */
export const openDriver = async (): Promise<TemplateDriver> => {
  const sandbox = await startTemplateSandbox()
  const { clock, faults, moneyBack, notices, payments } = sandbox
  const toNotice = (one: ReturnType<typeof notices.list>[number]): Notice => ({
    id: one.id,
    method: "POST",
    url: one.url,
    headers: one.headers,
    body: one.body
  })
  const find = ({ attemptId }: AttemptAtProvider) => payments.find(attemptId)

  return {
    sandbox,
    name: "template sandbox",
    facts,
    now: () => clock.now(),
    advance: (millis) => clock.advance(millis),
    reset: async () => sandbox.reset(),
    act: (attempt, act) => visit(sandbox, attempt, act),
    turn: async (attempt, { amount, late, to }) =>
      sandbox.turn(attempt.attemptId, to, {
        ...(amount === undefined ? {} : { amount: { value: String(amount.minorUnits), currency: amount.currency } }),
        ...(late === undefined ? {} : { late })
      }),
    truth: async (attempt) => {
      const payment = find(attempt)
      if (payment === undefined) return []
      const { answers, charges, number, order, promise, returns } = payment
      return [
        {
          providerReference: number,
          purpose: order.description,
          charged: charges.map(({ amount }) => toMoney(amount)),
          undone: returns.map(({ amount }) => toMoney(amount)),
          isPromised: promise !== undefined,
          ...answers
        }
      ]
    },
    repayments: {
      truth: async (repaymentId) => {
        const found = moneyBack.find(repaymentId)
        if (found === undefined) return undefined
        const sent = Array.from({ length: found.timesSent }, () => toMoney(found.amount))
        return { sent, cameBack: found.status === "returned" }
      },
      turn: async (repaymentId, to) => {
        const found = moneyBack.get(repaymentId)
        if (to === "done") moneyBack.change(found, "sent")
        else if (to === "refused") moneyBack.change(found, "refused", "R-40")
        else moneyBack.change(found, "returned")
      }
    },
    notices: {
      hold: async () => notices.hold(true),
      release: async () => notices.hold(false),
      list: async () => notices.list().map(toNotice),
      forge: async (notice, forgery) => spoiled(sandbox, notice, forgery),
      isRetriedAfter: (status) => !isTaken(status)
    },
    faults: {
      kinds: (operation) => (withStatus.has(operation) ? [...onEveryCall, "unknown_word"] : onEveryCall),
      plan: async (fault) => faults.plan(fault),
      clear: async () => faults.clear()
    },
    // The simulator's operations are named as the port's.
    calls: async () => [...sandbox.calls()] as Awaited<ReturnType<SandboxDriver["calls"]>>,
    [Symbol.asyncDispose]: () => sandbox.close()
  }
}

/** The driver, and the simulator for tests of this package. */
export interface TemplateDriver extends SandboxDriver {
  readonly sandbox: TemplateSandbox
}
