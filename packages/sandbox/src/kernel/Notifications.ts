import type { Clock } from "./Clock.ts"
import { impossible, unknownId } from "./ControlError.ts"
import { deliver, type DeliveryAnswer } from "./deliver.ts"
import type { Faults } from "./Faults.ts"
import type { Random } from "./Random.ts"

export interface NotificationInput {
  readonly simulator: string
  readonly kind: string
  readonly paymentId: string
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  /** Milliseconds after the attempt that failed; given how many attempts were made. `undefined`: give up. */
  readonly retryAt?: (attempt: number) => number | undefined
  readonly isDelivered: (status: number) => boolean
}

/** What is sent. */
export interface NotificationRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly bodyBase64: string
  readonly bodyText: string
}

export interface NotificationAttempt {
  readonly attempt: number
  /** ISO time on the sandbox's clock. */
  readonly at: string
  readonly request: NotificationRequest
  readonly answer?: DeliveryAnswer
  readonly error?: string
}

export interface NotificationRecord {
  readonly id: string
  readonly simulator: string
  readonly kind: string
  readonly paymentId: string
  readonly state: "pending" | "delivered" | "failed" | "dropped" | "held"
  /** The same at each attempt; also where a fault lets none be made. */
  readonly request: NotificationRequest
  readonly attempts: ReadonlyArray<NotificationAttempt>
}

/** The simulators' outgoing calls. Nothing here ever fails because of the receiver. */
export interface Notifications {
  /** Registers the notification and starts its first attempt; answers the id without waiting for the receiver. */
  send(input: NotificationInput): Promise<string>
  /** One more attempt, whatever happened before; answers when it was made. Unknown id: ControlError 404. */
  resend(id: string): Promise<NotificationRecord>
  list(): ReadonlyArray<NotificationRecord>
  of(paymentId: string): ReadonlyArray<NotificationRecord>
  get(id: string): NotificationRecord | undefined
  /** Answers when no attempt is under way. */
  settle(): Promise<void>
  deliveredCount(): number
  reset(): void
}

interface Entry {
  readonly input: NotificationInput
  readonly record: { -readonly [K in keyof NotificationRecord]: NotificationRecord[K] } & {
    attempts: Array<NotificationAttempt>
  }
}

const subjectOf = ({ kind, paymentId, simulator, url }: NotificationInput): Record<string, unknown> => ({
  simulator,
  kind,
  paymentId,
  url
})

const requestOf = ({ body, headers, method, url }: NotificationInput): NotificationRequest => {
  const bytes = Buffer.from(body ?? new Uint8Array())
  return { method, url, headers, bodyBase64: bytes.toString("base64"), bodyText: bytes.toString("utf8") }
}

const patienceMillis = 5000
/** While the clock is being moved a silent receiver must not hold up dozens of retries for long. */
const hurriedPatienceMillis = 1000
const defaultDelayMillis = 60_000

export const createNotifications = (parts: {
  readonly clock: Clock
  readonly faults: Faults
  readonly random: Random
  readonly log: (line: string) => void
}): Notifications => {
  const { clock, faults, log, random } = parts
  let entries = new Map<string, Entry>()
  let held: Array<Entry> = []
  let delivered = 0
  const underWay = new Set<Promise<void>>()

  const track = (work: Promise<void>): Promise<void> => {
    underWay.add(work)
    return work.finally(() => underWay.delete(work))
  }

  const attempt = async (entry: Entry): Promise<void> => {
    const { input, record } = entry
    const request = { method: input.method, url: input.url, headers: input.headers }
    const made = {
      attempt: record.attempts.length + 1,
      at: new Date(clock.now()).toISOString(),
      request: record.request
    }
    const index = record.attempts.push(made) - 1
    try {
      const patience = clock.isAdvancing() ? hurriedPatienceMillis : patienceMillis
      const answer = await deliver(input.body === undefined ? request : { ...request, body: input.body }, patience)
      record.attempts[index] = { ...made, answer }
      if (input.isDelivered(answer.status)) {
        delivered += 1
        record.state = "delivered"
        return
      }
    } catch (error) {
      record.attempts[index] = { ...made, error: error instanceof Error ? error.message || error.name : "failed" }
    }
    const last = record.attempts[index]
    log(`notification ${record.id} (${record.kind}) not accepted: ${last?.error ?? last?.answer?.status}`)
    if (record.state === "delivered") return
    const wait = input.retryAt?.(record.attempts.length)
    if (wait === undefined) {
      record.state = "failed"
      return
    }
    // After a reset another notification may have this one's id.
    if (entries.get(record.id) !== entry) return
    clock.schedule(clock.now() + wait, async () => {
      if (!faults.isPlanned("hold", "notification", subjectOf(input))) await attempt(entry)
      else record.state = "held"
    })
  }

  const releaseHeld = async (except: Entry): Promise<void> => {
    const ready = held.filter((entry) => entry !== except)
    held = held.filter((entry) => entry === except)
    for (const entry of ready) {
      entry.record.state = "pending"
      await attempt(entry)
    }
  }

  const send = async (input: NotificationInput): Promise<string> => {
    const id = random.uuid()
    const { kind, paymentId, simulator } = input
    const request = requestOf(input)
    const entry: Entry = { input, record: { id, simulator, kind, paymentId, state: "pending", request, attempts: [] } }
    entries.set(id, entry)
    const rules = faults.take("notification", subjectOf(input))
    const rule = (name: string) => rules.find((candidate) => candidate.kind === name)

    if (rule("drop") !== undefined) {
      entry.record.state = "dropped"
      return id
    }
    if (rule("hold") !== undefined) {
      entry.record.state = "held"
      return id
    }
    const delay = rule("delay")
    if (delay !== undefined) {
      clock.schedule(clock.now() + (delay.delayMillis ?? defaultDelayMillis), () => attempt(entry))
      return id
    }
    if (rule("reorder") !== undefined) {
      entry.record.state = "held"
      held.push(entry)
      // The one that follows goes first; if none follows, this one goes by itself after a minute.
      clock.schedule(clock.now() + defaultDelayMillis, async () => {
        if (!held.includes(entry)) return
        held = held.filter((other) => other !== entry)
        entry.record.state = "pending"
        await attempt(entry)
      })
      return id
    }
    const duplicate = rule("duplicate") !== undefined
    void track(
      (async () => {
        await attempt(entry)
        if (duplicate) await attempt(entry)
        await releaseHeld(entry)
      })()
    )
    return id
  }

  return {
    send,
    resend: async (id) => {
      const entry = entries.get(id)
      if (entry === undefined) throw unknownId("notification")
      if (held.includes(entry)) throw impossible("the notification is still held back by a fault")
      await track(attempt(entry))
      return entry.record
    },
    list: () => [...entries.values()].map((entry) => entry.record),
    of: (paymentId) => [...entries.values()].map((entry) => entry.record).filter((r) => r.paymentId === paymentId),
    get: (id) => entries.get(id)?.record,
    settle: async () => {
      while (underWay.size > 0) await Promise.allSettled(underWay)
    },
    deliveredCount: () => delivered,
    reset: () => {
      entries = new Map()
      held = []
    }
  }
}
