import type { Account } from "./accounts.ts"
import type { Clock } from "./Clock.ts"
import { type Repayment, toWireRepayment } from "./MoneyBack.ts"
import { type Payment, toWire } from "./Payment.ts"
import { signature, signatureHeader } from "./signature.ts"

export interface SentNotice {
  readonly id: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** HTTP statuses of its deliveries; 0 where nobody answered. */
  readonly answers: Array<number>
}

const minute = 60_000
const hour = 60 * minute
/** When a notice that was not taken is sent again, after the delivery before. */
const pauses = [minute, 5 * minute, 30 * minute, 2 * hour, 6 * hour, 12 * hour, 24 * hour]
const firstMillis = 200
const answerMillis = 5_000

/** Taken is any 2xx; everything else is tried again. */
export const isTaken = (status: number): boolean => status >= 200 && status < 300

export const sign = (body: Uint8Array, account: string, secret: string): Readonly<Record<string, string>> => ({
  "content-type": "application/json",
  [signatureHeader]: signature(secret, ["notice", account], body)
})

/** The provider's messages to merchants. */
export class Notices {
  readonly #clock: Clock
  readonly #account: Account
  readonly #origin: () => string
  #sent: Array<SentNotice> = []
  #isHeld = false

  constructor(clock: Clock, account: Account, origin: () => string) {
    this.#clock = clock
    this.#account = account
    this.#origin = origin
  }

  list(): ReadonlyArray<SentNotice> {
    return this.#sent
  }
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld
  }
  reset(): void {
    this.#sent = []
    this.#isHeld = false
  }

  /** A message about the payment as it is now. */
  tell(payment: Payment): void {
    this.#send(payment, { payment: toWire(payment, this.#origin()) })
  }
  /** A message about a refund or a payout as it is now. */
  tellOfRepayment(repayment: Repayment): void {
    this.#send(repayment.payment, { repayment: toWireRepayment(repayment) })
  }

  #send(payment: Payment, about: object): void {
    const number = this.#sent.length + 1
    const content = { account: this.#account.id, notice: number, ...about }
    const body = new TextEncoder().encode(JSON.stringify(content))
    const notice: SentNotice = {
      id: `notice-${number}`,
      url: payment.order.notice_url,
      headers: sign(body, this.#account.id, this.#account.secret),
      body,
      answers: []
    }
    this.#sent.push(notice)
    if (!this.#isHeld) this.#plan(notice, firstMillis)
  }

  #plan(notice: SentNotice, millis: number): void {
    this.#clock.at(this.#clock.now() + millis, async () => {
      const status = await this.#deliver(notice)
      notice.answers.push(status)
      const pause = pauses[notice.answers.length - 1]
      if (!isTaken(status) && pause !== undefined) this.#plan(notice, pause)
    })
  }

  async #deliver(notice: SentNotice): Promise<number> {
    try {
      const { body, headers, url } = notice
      const signal = AbortSignal.timeout(answerMillis)
      const response = await fetch(url, { method: "POST", headers, body: new Uint8Array(body), signal })
      await response.arrayBuffer()
      return response.status
    } catch {
      return 0
    }
  }
}
