import type { Router } from "express"
import type { BankDesk } from "./BankDesk.ts"
import type { CallLog } from "./Calls.ts"
import type { Clock } from "./Clock.ts"
import type { Faults } from "./Faults.ts"
import type { WithFaults } from "./HttpFaults.ts"
import type { Notifications } from "./Notifications.ts"
import type { Random } from "./Random.ts"

/** What every simulator shares. */
export interface World {
  readonly clock: Clock
  readonly faults: Faults
  readonly calls: CallLog
  readonly notifications: Notifications
  readonly random: Random
  /** One line to standard error, masked. Never a body or a header. */
  log(line: string): void
  /** Routes of the control API (JSON bodies are parsed; throw a ControlError for 400, 404 and 409). */
  readonly control: Router
  /** Pages that payers see: plain http; urlencoded bodies are parsed. */
  readonly pages: Router
  /** Addresses without a trailing slash. */
  readonly base: { readonly control: string; readonly pages: string }
  /** Wraps an operation so that the faults planned for it happen. */
  readonly withFaults: WithFaults
  readonly bank: BankDesk
  /** The bank registers its desk here when it starts. */
  useBank(desk: BankDesk): void
  /**
   * Listens on the sandbox's host; `offset` is added to `--port-base` (0 control, 1 VISS MM, 2 pages, 3 Gate).
   * The sandbox closes the server with its connections at the end.
   */
  listen(server: import("node:net").Server, offset: number): Promise<{ readonly host: string; readonly port: number }>
  /** Called by `POST /reset`, after clock, faults, calls, notifications and random were reset. */
  onReset(listener: () => void): void
}
