/** What the payer did on the bank's page. `leave`: went back without deciding. */
export type BankResult = "confirm" | "refuse" | "leave"

/** One visit of a payer to the bank's page. */
export interface BankVisit {
  readonly simulator: string
  readonly paymentId: string
  readonly payee: string
  readonly iban: string
  readonly amountMinor: bigint
  readonly currency: string
  readonly purpose: string
  readonly language: "lv" | "ru" | "en"
  /** The bank that the payer chose, for the page's heading. */
  readonly bankName?: string
  /** Tells the simulator; answers the URL at which the payer continues. Called at most once per visit. */
  onResult(result: BankResult): Promise<string>
}

/** The bank that both simulators send their payers to. */
export interface BankDesk {
  /** Opens a visit and answers the URL of its page. */
  open(visit: BankVisit): string
  /**
   * Decides the visit behind a URL of `open` without a browser, exactly as the page's buttons do. A visit that was
   * decided before answers the same URL again and calls nobody. Unknown URLs reject.
   */
  decide(url: string, result: BankResult): Promise<string>
}
