import { parseDuration } from "../kernel/Clock.ts"
import { badInput } from "../kernel/ControlError.ts"
import { pfasRoles } from "./pfas/roles.ts"
import type { SamlVersion } from "./sts/names.ts"

/** Every assumption about MM that can be switched. The README says what each rests on. */
export interface Settings {
  /** Whether the request's id is appended to ResponseUrl and ServerResponseUrl; `auto`: if the URL ends with `=`. */
  readonly appendId: "auto" | "always" | "never"
  /** What `NoInvoice = true` asks for: the name says no document, a comment in the guide says the opposite. */
  readonly noInvoiceMeans: "no_document" | "document"
  /** Whether a refusal at the bank ends the request with R; otherwise it stays payable (P). */
  readonly rejectEndsRequest: boolean
  /** Whether elements out of order or in a foreign namespace are ignored, as DataContractSerializer does. */
  readonly strict: boolean
  /** Whether connections without a good client certificate fail in the handshake instead of with HTTP 403. */
  readonly strictTls: boolean
  /** Whether ExpiryDate counts only with `ExpiryDateSpecified = true`. */
  readonly expiryNeedsSpecified: boolean
  readonly defaultExpiryDays: number
  /** Name of a row in PriceList; the WSDL is rewritten with it. */
  readonly priceListItemName: string
  readonly quantityRounding: "half_up" | "half_even" | "down"
  /** Whether the bank may still take the money of a payer who reached it in time and confirmed after the deadline. */
  readonly latePayments: boolean
  readonly notificationMethod: "GET" | "POST" | "HEAD"
  /** Time between the status change and the notification (ISO 8601). */
  readonly notificationDelay: string
  /** Repeats after a delivered notification. */
  readonly notificationRepeats: number
  readonly notificationRepeatEvery: string
  /** Further copies sent at once. */
  readonly notificationDuplicates: number
  /** Attempts after one that was not answered with 2xx; the guide names none. */
  readonly notificationRetries: number
  readonly notificationRetryEvery: string
  readonly notifyOnOther: boolean
  /** What `createinvoice` brings about: a document that `Pdf` and `Xml` serve, or no more than the row it answers. */
  readonly createInvoiceMakes: "document" | "row"
  /** How PaymentApi turns away an `MM_Cert` that it does not know: HTTP 403, or 500 with MM-Error. */
  readonly unknownCaller: "forbidden" | "error"
  /** Whose requests PaymentApi lists; the real one may know persons by their portal accounts. */
  readonly listsAreOf: "caller" | "everybody"
  /** How MM-ErrorMessage is encoded: blanks as `%20`, or as `+` with small hexadecimal digits. */
  readonly errorMessageEncoding: "percent" | "form"
  /** Which of the guide's two paths of CheckPaymentRequestStatusWpt exists. */
  readonly wptPath: "both" | "payments" | "paymentrequest"
  /** The bearer token that PaymentApi wants; empty: none. */
  readonly paymentApiToken: string
  /** Roles that the security token service writes into every token. */
  readonly stsRoles: ReadonlyArray<string>
  readonly tokenLifetime: string
  /** Which SAML version is issued, whatever was asked for. */
  readonly tokenVersion: "asked" | SamlVersion
  /** Whether tokens are encrypted for the service, so that whoever asked cannot read them. */
  readonly tokenEncryption: boolean
  /** How far the clocks of two machines may be apart. */
  readonly messageSkew: string
  /** What a message of another time is answered: its own subcode, or WCF's word for everything. */
  readonly staleMessageFault: "MessageExpired" | "InvalidSecurity"
  /** The one MessageType that the payment module takes from the Request Service. */
  readonly ivisMessageType: string
  /** How messages reach a ResponseEndPoint: inside a SOAP 1.2 envelope, or alone. */
  readonly ivisPush: "soap" | "bare"
}

export const defaultSettings: Settings = {
  appendId: "auto",
  noInvoiceMeans: "no_document",
  rejectEndsRequest: false,
  strict: true,
  strictTls: false,
  expiryNeedsSpecified: true,
  defaultExpiryDays: 10,
  priceListItemName: "PriceListStructure",
  quantityRounding: "half_up",
  latePayments: false,
  notificationMethod: "GET",
  notificationDelay: "PT0S",
  notificationRepeats: 0,
  notificationRepeatEvery: "PT1M",
  notificationDuplicates: 0,
  notificationRetries: 0,
  notificationRetryEvery: "PT1M",
  notifyOnOther: true,
  createInvoiceMakes: "document",
  unknownCaller: "forbidden",
  listsAreOf: "caller",
  errorMessageEncoding: "percent",
  wptPath: "both",
  paymentApiToken: "",
  stsRoles: Object.values(pfasRoles),
  tokenLifetime: "PT4H",
  tokenVersion: "asked",
  tokenEncryption: false,
  messageSkew: "PT5M",
  staleMessageFault: "MessageExpired",
  ivisMessageType: "URN:IVIS:100001:XSD-EPAK-PaymentsData-v1-0-TYPE-PaymentsDataStructure",
  ivisPush: "soap"
}

type Check = (value: unknown) => string | undefined

const oneOf =
  (...allowed: ReadonlyArray<string>): Check =>
  (value) =>
    typeof value === "string" && allowed.includes(value) ? undefined : `one of ${allowed.join(", ")}`
const yesNo: Check = (value) => (typeof value === "boolean" ? undefined : "true or false")
const count =
  (least: number, most: number): Check =>
  (value) =>
    typeof value === "number" && Number.isInteger(value) && value >= least && value <= most
      ? undefined
      : `a whole number from ${least} to ${most}`
const duration: Check = (value) => {
  try {
    parseDuration(String(value))
    return undefined
  } catch {
    return "an ISO 8601 duration such as PT1M"
  }
}
const texts: Check = (value) =>
  Array.isArray(value) && value.every((one) => typeof one === "string") ? undefined : "a list of texts"
const xmlName: Check = (value) =>
  typeof value === "string" && /^[A-Za-z_][\w.-]*$/.test(value) ? undefined : "an XML name"

const checks: Readonly<Record<keyof Settings, Check>> = {
  appendId: oneOf("auto", "always", "never"),
  noInvoiceMeans: oneOf("no_document", "document"),
  rejectEndsRequest: yesNo,
  strict: yesNo,
  strictTls: yesNo,
  expiryNeedsSpecified: yesNo,
  defaultExpiryDays: count(1, 3650),
  priceListItemName: xmlName,
  quantityRounding: oneOf("half_up", "half_even", "down"),
  latePayments: yesNo,
  notificationMethod: oneOf("GET", "POST", "HEAD"),
  notificationDelay: duration,
  notificationRepeats: count(0, 100),
  notificationRepeatEvery: duration,
  notificationDuplicates: count(0, 100),
  notificationRetries: count(0, 100),
  notificationRetryEvery: duration,
  notifyOnOther: yesNo,
  createInvoiceMakes: oneOf("document", "row"),
  unknownCaller: oneOf("forbidden", "error"),
  listsAreOf: oneOf("caller", "everybody"),
  errorMessageEncoding: oneOf("percent", "form"),
  wptPath: oneOf("both", "payments", "paymentrequest"),
  paymentApiToken: (value) => (typeof value === "string" && /^[\x21-\x7e]*$/.test(value) ? undefined : "a token"),
  stsRoles: texts,
  tokenLifetime: duration,
  tokenVersion: oneOf("asked", "SAML2.0", "SAML1.1"),
  tokenEncryption: yesNo,
  messageSkew: duration,
  staleMessageFault: oneOf("MessageExpired", "InvalidSecurity"),
  ivisMessageType: (value) => (typeof value === "string" && /^URN:IVIS:/i.test(value) ? undefined : "a URN:IVIS:..."),
  ivisPush: oneOf("soap", "bare")
}

const isSetting = (name: string): name is keyof Settings => Object.hasOwn(checks, name)

/** Applies the body of `PATCH /viss-mm/settings`. Unknown names and wrong values are refused as a whole. */
export const changeSettings = (current: Settings, change: unknown): Settings => {
  if (typeof change !== "object" || change === null) throw badInput("give an object of settings")
  for (const [name, value] of Object.entries(change)) {
    if (!isSetting(name)) throw badInput(`unknown setting ${name.slice(0, 40)}`)
    const expected = checks[name](value)
    if (expected !== undefined) throw badInput(`${name} must be ${expected}`)
  }
  return { ...current, ...change }
}
