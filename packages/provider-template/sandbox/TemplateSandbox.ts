import { once } from "node:events"
import type { AddressInfo } from "node:net"
import { type Accounts, makeAccounts } from "./accounts.ts"
import { makeApi } from "./api.ts"
import { Clock } from "./Clock.ts"
import { Faults } from "./Faults.ts"
import { MoneyBack } from "./MoneyBack.ts"
import { Notices } from "./Notices.ts"
import { makePages } from "./pages.ts"
import { Payments } from "./Payments.ts"
import { Seeded } from "./Seeded.ts"
import { type LoggedCall, makeServer } from "./server.ts"
import { makeTurns } from "./turns.ts"

export interface TemplateSandbox extends AsyncDisposable {
  /** Address of API and pages, without a trailing slash. */
  readonly origin: string
  readonly accounts: Accounts
  readonly clock: Clock
  readonly payments: Payments
  readonly moneyBack: MoneyBack
  readonly notices: Notices
  readonly faults: Faults
  readonly turn: ReturnType<typeof makeTurns>
  calls(): ReadonlyArray<LoggedCall>
  /** Back to the start; the same seed, so the same ids again. */
  reset(): void
  close(): Promise<void>
}

const start = Date.UTC(2026, 10, 22, 8)

/** Starts the provider's simulator on a free port of this machine. */
export const startTemplateSandbox = async ({ seed = 1 }: { readonly seed?: number } = {}): Promise<TemplateSandbox> => {
  const clock = new Clock(start)
  const ids = new Seeded(seed)
  const accountIds = new Seeded(seed + 1)
  const accounts = makeAccounts(() => accountIds.next(), start)
  let origin = ""
  const notices = new Notices(clock, accounts.own, () => origin)
  const payments = new Payments(clock, ids, (payment) => notices.tell(payment))
  const moneyBack = new MoneyBack(clock, (repayment) => notices.tellOfRepayment(repayment))
  const faults = new Faults()
  const calls: Array<LoggedCall> = []
  const now = () => clock.now()
  const server = makeServer({
    accounts,
    api: makeApi(accounts.own, payments, moneyBack, now, () => origin),
    pages: makePages(accounts.own, payments),
    faults,
    now,
    calls
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  // A TCP server that listens has an address with a port.
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const close = async (): Promise<void> => {
    const closed = once(server, "close")
    server.close()
    server.closeAllConnections()
    await closed
  }
  return {
    origin,
    accounts,
    clock,
    payments,
    moneyBack,
    notices,
    faults,
    turn: makeTurns(payments),
    calls: () => calls,
    reset: () => {
      clock.reset()
      ids.reset()
      payments.reset()
      moneyBack.reset()
      notices.reset()
      faults.clear()
      calls.length = 0
      // Calls that a fault leaves without a reply end here.
      server.closeAllConnections()
    },
    close,
    [Symbol.asyncDispose]: close
  }
}
