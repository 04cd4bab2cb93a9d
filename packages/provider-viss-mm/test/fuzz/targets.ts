// Every parser of what others send, each with what must hold of whatever it accepts. They throw only when that fails.
import { readFileSync } from "node:fs"
import { isDeepStrictEqual } from "node:util"

import * as Effect from "effect/Effect"
import * as Result from "effect/Result"

import { callbackUrl } from "../../src/index.ts"
import { parseEuro } from "../../src/internal/decimal.ts"
import { decoder, type SoapReply } from "../../src/internal/soap/decode.ts"
import { makeJson } from "../../src/internal/payment-api/json.ts"
import { bundledWsdl, openWsdl } from "../../src/internal/soap/openWsdl.ts"
import { makeXmlReaders, replyLimits, type XmlLimits } from "../../src/internal/xml/parse.ts"
import { readPem } from "../../src/internal/credentials/pem.ts"
import { isGuid } from "../../src/internal/wire.ts"
import { inspectWsdl, wsdlLimits } from "../../src/internal/soap/wsdlGuard.ts"
import { observeDocument, observeNotice } from "../../src/internal/mapping.ts"
import {
  readInvoice,
  readPlainStatus,
  readPositionStatus,
  readRows,
  readSaved,
  readWptStatus
} from "../../src/internal/payment-api/answers.ts"
import { joinRows } from "../../src/internal/payment-api/listing.ts"
import { redirectUrl } from "../../src/internal/redirect.ts"
import { positionOf, savedOf, statusOf } from "../../src/internal/x509/answers.ts"
import { planCalls } from "../../src/internal/x509/callPlans.ts"
import { readDocument } from "../../src/internal/x509/receipt.ts"
import { faultTrouble } from "../../src/internal/soap/soapCall.ts"
import { certificatePem, keyPem, makeIdentity } from "../support/pki.ts"
import { portalTargets } from "./portalTargets.ts"
import { must, mustBeSafe, mustBeSaved, mustBeStatus, type Target } from "./Target.ts"

const file = (name: string): Buffer => readFileSync(new URL(`corpus/${name}`, import.meta.url))

const { full, quick } = await Effect.runPromise(makeXmlReaders)
const json = await Effect.runPromise(makeJson)
const plans = await Effect.runPromise(
  Effect.flatMap(openWsdl(bundledWsdl), (wsdl) => Effect.fromResult(planCalls(wsdl, undefined)))
)
const decodeSaved = decoder(plans.save)
const decodeStatus = decoder(plans.status.plan)

const accepted = Result.isSuccess
const id = "08840043-1c60-e211-b74f-0050569b000e"
const ofReply = (reply: SoapReply, use: (members: { readonly [member: string]: unknown }) => boolean): boolean => {
  if (reply._tag === "Result") return use(reply.members)
  faultTrouble(reply.fault)
  return true
}

const readSavedXml = (body: Buffer): boolean => {
  const reply = Result.flatMap(quick(body), decodeSaved)
  if (!accepted(reply)) return false
  if (reply.success._tag === "Fault") return ofReply(reply.success, () => false)
  const saved = savedOf({ members: reply.success.members, body })
  return accepted(saved) && mustBeSaved(saved.success)
}

const readStatusXml = (body: Buffer): boolean => {
  const reply = Result.flatMap(quick(body), decodeStatus)
  if (!accepted(reply)) return false
  if (reply.success._tag === "Fault") return ofReply(reply.success, () => false)
  const { members } = reply.success
  positionOf({ members, body })
  const status = statusOf({ members, body }, plans.status)
  return accepted(status) && mustBeStatus(status.success)
}

const tight: XmlLimits = { maxBytes: 4096, maxDepth: 6, maxNodes: 12, maxAttributes: 3, maxText: 700 }

/** Both readers must say the same: the same tree, or the same refusal. */
const agree = (input: Buffer): boolean => {
  for (const limits of [replyLimits, tight]) {
    const one = full(input, limits)
    const other = quick(input, limits)
    must(
      accepted(one)
        ? accepted(other) && isDeepStrictEqual(one.success, other.success)
        : !accepted(other) && one.failure.problem === other.failure.problem,
      "the two XML readers disagree"
    )
  }
  return accepted(full(input))
}

const readDocuments = (input: Buffer): boolean => {
  const response = { status: 200, headers: { "content-type": "application/octet-stream" }, body: input }
  const asXml = readDocument("xml", response, quick, 1_000_000)
  if (!accepted(asXml)) return false
  const observed = observeDocument(asXml.success, id, "sandbox")
  if (accepted(observed)) {
    for (const { says } of observed.success) {
      must(says._tag === "received" && says.amount !== undefined && says.amount.minorUnits > 0n, "a sum that is none")
    }
  }
  return true
}

const readJsonSaved = (input: Buffer): boolean => {
  readInvoice(input, json)
  const saved = readSaved(input, json)
  return accepted(saved) && mustBeSaved(saved.success)
}

const readJsonStatus = (input: Buffer): boolean => {
  readPositionStatus(input, json)
  const [plain, wpt] = [readPlainStatus(input), readWptStatus(input, json)]
  if (accepted(plain)) mustBeStatus(plain.success)
  return accepted(wpt) ? mustBeStatus(wpt.success) : accepted(plain)
}

const payments = Result.getOrThrow(readRows(file("payments.json"), json))
const requests = Result.getOrThrow(readRows(file("requests.json"), json))

const readLists = (input: Buffer): boolean => {
  const rows = readRows(input, json)
  if (!accepted(rows)) return false
  const joined = [joinRows(rows.success, payments), joinRows(requests, rows.success)]
  for (const one of joined.filter(accepted).flatMap(({ success }) => success)) {
    must(one.providerReference !== undefined && isGuid(one.providerReference), "a row that is no GUID's")
  }
  return joined.some(accepted)
}

const readNotices = (input: Buffer): boolean => {
  const { observed } = observeNotice({ url: input.toString("utf8") })
  must(observed.trust === "hint" && observed.says._tag === "working", "a notice that proves something")
  const { providerReference } = observed
  must(providerReference === undefined || isGuid(providerReference), "a reference that is no GUID")
  return providerReference !== undefined
}

const readLinks = (input: Buffer): boolean => {
  const url = input.toString("utf8").trim()
  callbackUrl(url)
  const link = redirectUrl(url, { language: "lv", fontSize: 125 }, "sandbox")
  if (link !== undefined) mustBeSafe(link)
  return link !== undefined
}

const readAmounts = (input: Buffer): boolean => {
  const text = input.toString("utf8").trim()
  const cents = parseEuro(text)
  if (!accepted(cents)) return false
  const [integer = "", fraction = ""] = text.split(".")
  must(BigInt(integer + fraction.slice(0, 2).padEnd(2, "0")) === cents.success, "an amount that is not exact")
  return true
}

const identity = makeIdentity("Fuzz")

export const targets: readonly [Target, ...ReadonlyArray<Target>] = [
  { name: "SavePaymentRequest", corpus: [file("saved.xml"), file("fault.xml")], weight: 5, read: readSavedXml },
  { name: "status and faults", corpus: [file("status.xml"), file("fault.xml")], weight: 5, read: readStatusXml },
  {
    name: "both XML readers",
    corpus: [file("saved.xml"), file("status.xml"), file("fault.xml"), file("page.html"), file("invoice.xml")],
    weight: 4,
    read: agree
  },
  {
    name: "WSDL",
    corpus: [file("small.wsdl")],
    weight: 1,
    read: (input) => accepted(Result.flatMap(quick(input, wsdlLimits), (root) => inspectWsdl(root, "1.1")))
  },
  { name: "documents", corpus: [file("invoice.xml"), file("page.html")], weight: 3, read: readDocuments },
  { name: "PaymentApi: saved", corpus: [file("saved.json"), file("status.json")], weight: 3, read: readJsonSaved },
  { name: "PaymentApi: status", corpus: [file("status.json")], weight: 3, read: readJsonStatus },
  { name: "PaymentApi: lists", corpus: [file("requests.json"), file("payments.json")], weight: 3, read: readLists },
  { name: "notices", corpus: [file("notice.txt")], weight: 3, read: readNotices },
  { name: "links", corpus: [file("link.txt"), file("notice.txt")], weight: 3, read: readLinks },
  { name: "amounts", corpus: [file("amount.txt")], weight: 3, read: readAmounts },
  {
    name: "PEM files",
    corpus: [Buffer.from(certificatePem(identity) + keyPem(identity))],
    weight: 1,
    read: (input) => accepted(readPem(input.toString("latin1"), undefined))
  },
  ...portalTargets
]
