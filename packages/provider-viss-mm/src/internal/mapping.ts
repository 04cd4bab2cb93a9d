// MM's words as observations: pure and total.
import {
  type Asking,
  type AttemptRecord,
  type Environment,
  fromDecimal,
  type Inbound,
  NotReady,
  type Observed,
  type Operation,
  PayElsewhere,
  type PaymentError,
  paymentError,
  Redirect
} from "@maksa/core"
import * as DateTime from "effect/DateTime"
import * as Result from "effect/Result"

import { idParameter } from "../callbackUrl.ts"
import { Trouble } from "./errors.ts"
import type { XmlNode } from "./xml/parse.ts"
import { isGuid, isSameGuid } from "./wire.ts"
import { type Look, redirectUrl } from "./redirect.ts"
import type { PaidElsewhere, Saved, StatusAnswer, WholeDocument } from "./service.ts"

type Read<A> = Result.Result<A, Trouble>

const unfit = (detail: string): Read<never> => Result.fail(new Trouble({ situation: "not_understood", detail }))

/**
 * A saved payment request: where the payer goes and what MM calls it.
 *
 * An id without a usable link is no lost reply: the request exists and can be asked about. It is told as accepted, with
 * drift for a person to see, because nobody can be sent to pay it.
 */
export const observeSaved = (
  { evidence, id, url: link }: Saved,
  look: Look,
  environment: Environment
): Read<ReadonlyArray<Observed>> => {
  if (!isGuid(id)) return unfit("the reply has no PaymentRequestId that is a GUID")
  const url = link === undefined ? undefined : redirectUrl(link, look, environment)
  const known = { trust: "proven", providerReference: id, evidence } as const
  return Result.succeed([
    url === undefined
      ? { ...known, says: { _tag: "accepted" }, contractDrift: true }
      : { ...known, says: { _tag: "action_needed", action: new Redirect({ url }) } }
  ])
}

/** A request that the payer will find elsewhere: neither its id nor a link is known. */
export const observeElsewhere = ({ evidence, place, until, url }: PaidElsewhere): ReadonlyArray<Observed> => {
  const action = new PayElsewhere({ place, until: DateTime.makeUnsafe(until), ...(url === undefined ? {} : { url }) })
  return [{ says: { _tag: "action_needed", action }, trust: "proven", evidence }]
}

/** The moments that a status is weighed by; epoch milliseconds. */
export interface StatusContext {
  readonly now: number
  /** The last moment to pay that MM was told. */
  readonly expiresAt: number
}

const printable = (text: string): string => text.slice(0, 40).replace(/[^\x20-\x7e]/g, "?")

/**
 * MM's letters (FiDAViSta): P processing, E executed, R revoked, rejected or expired.
 *
 * O is what the bank alone knows, and every other word is unknown too: case and blanks count.
 */
export const statusClaims: Readonly<Record<string, (context: StatusContext) => Observed["says"]>> = {
  P: () => ({ _tag: "working", actionStands: true }),
  E: () => ({ _tag: "received" }),
  R: ({ expiresAt, now }) => (now < expiresAt ? { _tag: "refused" } : { _tag: "lapsed" })
}

/** The state of a payment request. */
export const observeStatus = (
  { evidence, paidVia, word }: StatusAnswer,
  context: StatusContext
): ReadonlyArray<Observed> => {
  const claim = Object.hasOwn(statusClaims, word) ? statusClaims[word] : undefined
  const says = claim?.(context) ?? ({ _tag: "unknown_word", word: printable(word) } as const)
  const via = paidVia.map(printable).join(";")
  return [{ says, trust: "proven", ...(via === "" ? {} : { paidVia: via }), evidence }]
}

/**
 * ASSUMPTION(viss-mm#7): MM's layout of the XML document is not public. This is the simulator's; a document of another
 * layout is served as it is and proves no sum.
 */
export const sandboxInvoice = "urn:maksa:sandbox:viss-mm:invoice:1"

const childText = (root: XmlNode, name: string): string | undefined => {
  const [only, ...others] = root.children.filter((child) => child.name === name && child.namespace === root.namespace)
  return others.length > 0 ? undefined : only?.text.trim()
}

const totalOf = (root: XmlNode): Observed["says"] | undefined => {
  const total = root.children.find(({ name }) => name === "Total")
  const currency = total?.attributes.find(({ name, namespace }) => name === "currency" && namespace === "")?.value ?? ""
  const text = childText(root, "Total")
  const amount = text !== undefined && /^[A-Z]{3}$/.test(currency) ? fromDecimal(text, currency) : undefined
  return amount === undefined || amount.minorUnits <= 0n ? undefined : { _tag: "received", amount }
}

/** What a supporting document itself proves: the sum, if its layout is known and it is the document that was asked for. */
export const observeDocument = (
  { bytes, root }: WholeDocument,
  paymentRequestId: string,
  environment: Environment
): Read<ReadonlyArray<Observed>> => {
  if (root === undefined || root.namespace !== sandboxInvoice || root.name !== "Invoice") return Result.succeed([])
  if (environment === "live") return unfit("the document is a simulator's specimen")
  const id = childText(root, "PaymentRequestId")
  if (id === undefined || !isSameGuid(id, paymentRequestId)) return unfit("the document is of another payment request")
  const says = totalOf(root)
  if (says === undefined) return unfit("the document has no total that is a sum of money")
  return Result.succeed([{ says, trust: "proven", providerReference: id, evidence: bytes }])
}

/** The parts of a notification's address: what it is told from, and the id that MM has appended. */
const readNotice = (url: string): { readonly path: string; readonly id: string } => {
  const question = url.indexOf("?")
  if (question < 0) return { path: url, id: "" }
  const id = new URLSearchParams(url.slice(question + 1)).getAll(idParameter).at(-1) ?? ""
  return { path: url.slice(0, question), id: id.trim() }
}

/**
 * A call of ServerResponseUrl: says that the status changed, not which it is, and proves nothing about who calls. The
 * content is the address without the rest of the query, because notices without an id would otherwise all be one.
 */
export const observeNotice = ({
  url
}: Pick<Inbound, "url">): { readonly observed: Observed; readonly content: Uint8Array } => {
  const { id, path } = readNotice(url)
  return {
    observed: {
      says: { _tag: "working", actionStands: true },
      trust: "hint",
      ...(isGuid(id) ? { providerReference: id } : {})
    },
    content: new TextEncoder().encode(`${path}\n${isGuid(id) ? id.toLowerCase() : ""}`)
  }
}

/** The id by which MM is asked about an attempt. */
export const referenceOf = ({ providerReference }: AttemptRecord): string | undefined =>
  providerReference !== undefined && isGuid(providerReference) ? providerReference : undefined

/** What needs MM's id has to wait for it. */
export const noReference = (asking: Asking, operation: Operation): PaymentError =>
  paymentError(asking, operation, new NotReady({ message: "MM has not told yet what it calls the payment request." }))
