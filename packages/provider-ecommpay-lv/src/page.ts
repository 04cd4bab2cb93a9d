// What a payment may say about Payment Page itself, by the documentation of its parameters.
import * as Schema from "effect/Schema"
import { shownTextProblem } from "./internal/plainText.ts"
import { PageAddressCheck, PageBilling, PagePayer } from "./pagePayer.ts"
import { PageBooking, PageReceipt } from "./pagePurchase.ts"

/**
 * How banks are shown (method page, "Payment Page"):
 *
 * - `choice`: the choice of banks at once; the default.
 * - `behind_method`: one button of the method among others, and the banks behind it.
 * - `among_methods`: each bank is a button among other methods.
 * - `group`: each bank is a button, and there are no other methods.
 */
export type BankDisplay = "choice" | "behind_method" | "among_methods" | "group"

/** Where a page opens that the payer is sent to. */
export type RedirectMode = "iframe" | "parent_page" | "blank_page"

/** Where a button to the agency's page is offered: nowhere, only where the page has a tab of its own, everywhere. */
export type PageButton = "never" | "in_tab" | "always"

export interface PageOptions {
  readonly bankDisplay?: BankDisplay
  /** Ids of the banks on offer, with `choice` alone; one of them is the same as `bank`. */
  readonly onlyBanks?: ReadonlyArray<number>
  /** Codes of methods that are not shown; `bankDisplay` has to leave others on the page. */
  readonly hiddenMethods?: ReadonlyArray<string>
  /** Where the button back to the shop, and the pages after success and failure, open. */
  readonly returnMode?: RedirectMode
  readonly successMode?: RedirectMode
  readonly failMode?: RedirectMode
  /** Whether a payer who has finished is taken on by the page itself; default true. Otherwise there is a button. */
  readonly takesPayerOn?: boolean
  /** Whether there are buttons back to the agency at all; ecommpay's project decides by default. */
  readonly returnButton?: PageButton
  readonly successButton?: PageButton
  readonly failButton?: PageButton
  /** Whether the payer may come back from a bank's or provider's own page before the end; ecommpay's support has to allow it. */
  readonly returnsFromBank?: boolean
  /** Whether the page opens as a page of its own, and the bank in a new tab. */
  readonly opensNewPage?: boolean
  readonly opensBankInNewTab?: boolean
  /** Whether a click beside a modal window closes it. */
  readonly closesOnMissclick?: boolean
  /** Whether mobile browsers leave the frame for a page of its own. */
  readonly redirectsOnMobile?: boolean
  /** Where the page is shown within a page of the agency: id of an element, class of a modal window, kind of frame. */
  readonly targetElement?: string
  readonly modalClass?: string
  // ASSUMPTION(ecommpay-lv#12): `frame_mode` takes these two words. The SDKs name the parameter and leave it unsigned;
  // nobody publishes its values.
  readonly frameMode?: "popup" | "iframe"
  /** Settings that ecommpay's support makes for a project. */
  readonly styleId?: number
  readonly terminalId?: number
  readonly interfaceId?: number
  /** The payer's country, two letters; by default ecommpay guesses it by the address of the browser. */
  readonly regionCode?: string
  /** What comes back in callbacks and reports, never anything personal. */
  readonly extraParam?: string
  readonly merchantData?: string
  /** Personal data; with any of it the page is opened by a posted form, never by a link. */
  readonly payer?: PagePayer
  readonly billing?: PageBilling
  readonly addressCheck?: PageAddressCheck
  readonly booking?: PageBooking
  readonly receipt?: PageReceipt
}

const Id = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 2_147_483_647 }))
const Text = Schema.NonEmptyString.check(Schema.makeFilter(shownTextProblem))
const Button = Schema.Literals(["never", "in_tab", "always"])
const Mode = Schema.Literals(["iframe", "parent_page", "blank_page"])
const optional = Schema.optionalKey

export const PageOptions: Schema.Codec<PageOptions, unknown> = Schema.Struct({
  bankDisplay: optional(Schema.Literals(["choice", "behind_method", "among_methods", "group"])),
  onlyBanks: optional(Schema.NonEmptyArray(Id)),
  hiddenMethods: optional(Schema.NonEmptyArray(Schema.String.check(Schema.isPattern(/^[a-z0-9_-]{1,64}$/)))),
  returnMode: optional(Mode),
  successMode: optional(Mode),
  failMode: optional(Mode),
  takesPayerOn: optional(Schema.Boolean),
  returnButton: optional(Button),
  successButton: optional(Button),
  failButton: optional(Button),
  returnsFromBank: optional(Schema.Boolean),
  opensNewPage: optional(Schema.Boolean),
  opensBankInNewTab: optional(Schema.Boolean),
  closesOnMissclick: optional(Schema.Boolean),
  redirectsOnMobile: optional(Schema.Boolean),
  targetElement: optional(Text),
  modalClass: optional(Text),
  frameMode: optional(Schema.Literals(["popup", "iframe"])),
  styleId: optional(Id),
  terminalId: optional(Id),
  interfaceId: optional(Id),
  regionCode: optional(Schema.String.check(Schema.isPattern(/^[A-Za-z]{2}$/))),
  extraParam: optional(Text),
  merchantData: optional(Text),
  payer: optional(PagePayer),
  billing: optional(PageBilling),
  addressCheck: optional(PageAddressCheck),
  booking: optional(PageBooking),
  receipt: optional(PageReceipt)
})
