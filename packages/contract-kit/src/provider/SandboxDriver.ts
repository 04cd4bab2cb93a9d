import type { ExtraName, Money, NextAction, ReceiptFormat } from "@maksa/core"

/** One attempt, as a driver needs it to find the payment at the provider. */
export interface AttemptAtProvider {
  readonly attemptId: string
  readonly merchantReference: string
  /** Absent after a lost reply: the driver then finds the payment by what `create` sent. */
  readonly providerReference?: string
  /** What our side believes that the payer must do. */
  readonly nextAction?: NextAction
}

/**
 * What a person does on the provider's pages. `open` follows the next action and stays there. `refuse` ends in the
 * provider's no (`refused`), `leave` goes back without paying; where leaving cancels the order it does so, and shows
 * `withdrawn`. Throws where the page no longer offers it.
 */
export type PayerAct = "open" | "pay" | "refuse" | "leave"

/** What the payer met after an act: enough for laws about presentation. */
export interface PageSeen {
  /** The address that the payer's browser was sent to, query included. */
  readonly url: string
  /** Language of the page, as a two-letter code. */
  readonly language?: string
  /** Where the page sends the payer's browser afterwards; absent while the payer stays. */
  readonly leadsTo?: string
}

/**
 * What happens at the provider without the payer's hand. `late` allows what the provider does only against its own rules
 * of order (money after a refusal). `amount` other than the asked one is a provider that took another sum. Throws where
 * the provider cannot do it; laws about what the manifest does not declare expect that.
 */
export interface ProviderTurn {
  readonly to: "working" | "promised" | "received" | "refused" | "lapsed" | "undone" | "unknown_word" | "collect"
  readonly amount?: Money
  readonly late?: boolean
}

/** A message of the provider's server, as bytes on the wire. */
export interface Notice {
  readonly id: string
  readonly method: "GET" | "HEAD" | "POST"
  /** The whole address that the provider's server calls. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/**
 * Ways to break a notice.
 *
 * - `flipped`: one bit of the content differs, the signature does not.
 * - `unsigned`: the signature is missing.
 * - `foreign`: correctly signed with the secret of another account of the same provider, about this payment.
 * - `invented`: says that the money came although nothing happened, signed with a secret that is not ours.
 */
export type Forgery = "flipped" | "unsigned" | "foreign" | "invented"

export type ProviderOperation = "create" | "status" | "receipt" | "repaymentStatus" | Exclude<ExtraName, "check">

/**
 * What can go wrong on the wire. `before`: the provider did nothing. `after`: it did what was asked, and the reply is
 * spoiled.
 *
 * - `close`: the connection ends without a reply. `timeout`: no reply comes. `server_error`: HTTP 500 without a body.
 * - `html`: an HTML page. `garbage`: random bytes. `truncated`: half of the reply. `huge`: a body beyond every limit.
 * - `hostile`: the reply with a bomb of its format (entities, nesting, duplicate or poisonous keys).
 * - `wrong_signature`: the reply of a provider that signs, signed wrongly. `redirect`: HTTP 302 to another place.
 * - `unknown_word`: a status that no document knows. `refusal`: the provider's explicit business refusal. Where it comes only
 *   after `create` has been answered, `kinds("create")` leaves it out, and it can be planned all the same.
 * - `busy`: the provider asks for a slower pace.
 */
export type FaultKind =
  | "close"
  | "timeout"
  | "server_error"
  | "html"
  | "garbage"
  | "truncated"
  | "huge"
  | "hostile"
  | "wrong_signature"
  | "redirect"
  | "unknown_word"
  | "refusal"
  | "busy"

export interface PlannedFault {
  readonly operation: ProviderOperation
  readonly kind: FaultKind
  readonly phase: "before" | "after"
  /** How many calls it spoils; default 1. */
  readonly times?: number
}

/** What became of one refund or payout, by the provider's own books. */
export interface RepaymentTruth {
  /** Sums that left for it, one for each time. */
  readonly sent: ReadonlyArray<Money>
  /** The last of them came back. */
  readonly cameBack: boolean
}

/** A call that reached the provider. */
export interface ProviderCall {
  /** `preparation`: what calls take beforehand and that neither orders nor asks about a payment, such as a security token. */
  readonly operation: ProviderOperation | "preparation" | "other"
  /** On the simulator's clock, epoch milliseconds. */
  readonly at: number
  /** SHA-256 of the request's bytes, hexadecimal: tells whether two calls were identical. */
  readonly digest: string
}

/** What really happened at the provider; the truth that all evidence is about. */
export interface ProviderTruth {
  readonly providerReference: string
  /** What the provider tells the payer, and the payer's bank, that the money is for. */
  readonly purpose: string
  /** Sums that left the payer's account for this attempt, one for each charge. */
  readonly charged: ReadonlyArray<Money>
  /** Sums that went back. */
  readonly undone: ReadonlyArray<Money>
  /** Money is promised, and has neither come nor been given up. Histories see by it what a payer or time alone changed. */
  readonly isPromised?: boolean
  /** What `resume` brought: exactly these characters. */
  readonly consentText?: string
  readonly fields?: Readonly<Record<string, string>>
}

/**
 * What the provider's documents say, written down by the driver's author from the documents and not from the adapter's
 * manifest. The kit holds the manifest against it, and against the wire wherever the simulator can show it.
 */
export interface ProviderFacts {
  /** What the provider calls itself before payers; absent: nothing, and payers see the instance's name. */
  readonly displayName?: string
  /** How long after it became known each outcome may still be overturned, seconds; the simulator plays it. */
  readonly overturnSeconds: {
    readonly paid: number
    readonly declined: number
    readonly expired: number
    readonly canceled: number
    readonly reversed: number
  }
  /** The provider has a word for a payer who has acted while the money is still open, and another one before that. */
  readonly tellsOfWork: boolean
  /** The provider answers a status query only this long after the submission, seconds. */
  readonly earliestQuerySeconds: number
  /**
   * The provider refuses what is farther than this from its own clock by the time that it carries, seconds. Absent: it does
   * not look. While our clock is more wrong than that nothing can be asked, which a person is told and mends.
   */
  readonly clockToleranceSeconds?: number
  /** The oldest age at which a payment is still asked about, and the slowest pace that finds news in time, seconds. */
  readonly watch: { readonly untilSeconds: number; readonly slowestSeconds: number }
  readonly absenceProvesAfter: { readonly notSubmittedSeconds: number | false; readonly lapsedSeconds: number | false }
  readonly limits: {
    readonly currencies: ReadonlyArray<string>
    readonly minMinorUnits: bigint
    readonly maxMinorUnits: bigint
    readonly maxLines: number
    readonly maxPurposeLength: number
    readonly maxDeadlineSeconds: number
  }
  readonly receiptFormats: ReadonlyArray<ReceiptFormat>
}

/**
 * A provider's simulator, driven from outside. The contract kit needs nothing else of it, so that any simulator, in any
 * language, can stand behind it. A driver that lies is caught by the laws: truth, notices, calls and evidence must agree.
 */
export interface SandboxDriver extends AsyncDisposable {
  /** What reports call the simulator. */
  readonly name: string
  readonly facts: ProviderFacts
  /** The simulator's clock, epoch milliseconds. The engine under test lives by it. */
  now(): number
  /**
   * Reads the clock anew where `now` is a copy of it. Called before a message of the simulator is handled: it may be sent
   * in the middle of `advance`, and our side must not live in the past then.
   */
  sync?(): Promise<void>
  /** Moves the clock and answers when everything due was done, notices delivered. */
  advance(millis: number): Promise<void>
  /** Back to the start: no payments, faults, calls or kept notices; the same seed. */
  reset(): Promise<void>
  act(attempt: AttemptAtProvider, act: PayerAct): Promise<PageSeen>
  turn(attempt: AttemptAtProvider, turn: ProviderTurn): Promise<void>
  /** The payments that exist at the provider for this attempt: one, none before it hears of it, more if charged twice. */
  truth(attempt: AttemptAtProvider): Promise<ReadonlyArray<ProviderTruth>>
  /** Money that is sent back for us; needed where the manifest declares `refund` or `payout`. */
  readonly repayments?: {
    /** `undefined`: the provider has never heard of it. */
    truth(repaymentId: string): Promise<RepaymentTruth | undefined>
    /** What becomes of it at the provider, and the message about it. `refused`: before anything left. */
    turn(repaymentId: string, to: "done" | "refused" | "reversed"): Promise<void>
  }
  readonly notices: {
    /** From now on the provider's messages are kept back instead of sent. */
    hold(): Promise<void>
    /** Messages are sent again as they arise; what was kept back stays kept. */
    release(): Promise<void>
    /** Every message since the last reset, oldest first, kept back or sent. */
    list(): Promise<ReadonlyArray<Notice>>
    /** The message broken in this way; `undefined` where it has no meaning for this provider. */
    forge(notice: Notice, forgery: Forgery): Promise<Notice | undefined>
    /** Whether the provider tries again after this HTTP status. */
    isRetriedAfter(status: number): boolean
  }
  readonly faults: {
    /** The kinds that this operation can be spoiled with; none where the verb makes no call. */
    kinds(operation: ProviderOperation): ReadonlyArray<FaultKind>
    plan(fault: PlannedFault): Promise<void>
    clear(): Promise<void>
  }
  /** Calls that reached the provider since the last reset, oldest first. */
  calls(): Promise<ReadonlyArray<ProviderCall>>
}

/** Broken credentials that an adapter must tell apart from a provider that is down. */
export type CredentialDefect = "expired" | "unknown" | "wrong_secret"
