import type { Request } from "express"
import type { FaultRule } from "../kernel/Faults.ts"
import type { Reply } from "../kernel/HttpFaults.ts"
import { readMembers, readText } from "./dataContract.ts"
import { BusinessError, DeserializationError } from "./errors.ts"
import { namespaces, soapActionPrefix } from "./namespaces.ts"
import type { Owner, PaymentRequest } from "./PaymentRequest.ts"
import { readPaymentRequest } from "./readPaymentRequest.ts"
import type { Requests } from "./Requests.ts"
import type { Settings } from "./settings.ts"
import {
  businessFault,
  iisPage,
  nilResult,
  NotUnderstood,
  readEnvelope,
  soapReply,
  structureResult,
  textResult,
  wcfFault
} from "./soapEnvelope.ts"
import { XmlRefused, type XmlElement } from "./xmlRead.ts"
import type { Xml } from "./xmlWrite.ts"

export const soapOperations = [
  "SavePaymentRequest",
  "CheckPaymentRequestStatus",
  "CheckPaymentStatus",
  "CheckPaymentRequestStatusWpt"
] as const
export type SoapOperation = (typeof soapOperations)[number]

/** A POST to the service as far as it could be read; `refusal` answers what could not. */
export type SoapCall =
  | { readonly operation: SoapOperation; readonly call: XmlElement; readonly paymentRequestId?: string }
  | { readonly operation: "unreadable"; readonly refusal: Reply }

const refuse = (refusal: Reply): SoapCall => ({ operation: "unreadable", refusal })
const isOperation = (name: string): name is SoapOperation => soapOperations.some((known) => known === name)

/** Reads the envelope and finds the operation by the Body's first element; SOAPAction is only compared with it. */
export const readSoapCall = (request: Request, body: Uint8Array, settings: Settings): SoapCall => {
  if (!/^text\/xml\b/i.test(request.get("content-type") ?? "")) return refuse(iisPage(415, "Unsupported Media Type"))
  let call: XmlElement
  try {
    call = readEnvelope(body)
  } catch (error) {
    if (error instanceof NotUnderstood) return refuse(wcfFault("MustUnderstand", `Header '${error.message}'`))
    if (error instanceof XmlRefused) return refuse(iisPage(400, "Bad Request"))
    throw error
  }
  const action = request.get("soapaction")?.replace(/^\s*"|"\s*$/g, "") ?? ""
  const foreign = settings.strict && call.namespace !== namespaces.service
  if (foreign || !isOperation(call.name) || (action !== "" && action !== soapActionPrefix + call.name)) {
    return refuse(wcfFault("ActionNotSupported", "The message cannot be processed at the receiver."))
  }
  const operation = call.name
  const members = readMembers(call, ["paymentRequestId", "position"], settings.strict, namespaces.service)
  const paymentRequestId = readText(members, "paymentRequestId")?.trim()
  return { operation, call, ...(paymentRequestId === undefined ? {} : { paymentRequestId }) }
}

const providers = (request: PaymentRequest): string =>
  [...new Set(request.rows.map((row) => row.bank).filter((bank) => bank !== undefined))].join(";")

const broken = (): Reply => wcfFault("InternalServiceFault", "The server was unable to process the request.")

/** Answers one call. Business errors become faults; `faults` are the kinds that concern the meaning of the answer. */
export const answerSoapCall = (
  soapCall: SoapCall,
  parts: {
    readonly owner: Owner
    readonly requests: Requests
    readonly settings: Settings
    readonly payUrl: (id: string) => string
    readonly faults: ReadonlyArray<FaultRule>
    readonly onSaved: (id: string) => void
  }
): Reply => {
  if (soapCall.operation === "unreadable") return soapCall.refusal
  const { operation, call, paymentRequestId } = soapCall
  const { faults, owner, requests, settings } = parts
  const has = (kind: string, phase?: FaultRule["phase"]): boolean =>
    faults.some((rule) => rule.kind === kind && (phase === undefined || rule.phase === phase))
  const statusOf = (request: PaymentRequest): string => (has("unknown_status") ? "X" : request.status)
  const asked = (): PaymentRequest => requests.get(paymentRequestId ?? "", owner)

  const results: Readonly<Record<SoapOperation, () => Xml>> = {
    SavePaymentRequest: () => {
      const saved = requests.save(readPaymentRequest(call, settings), owner)
      parts.onSaved(saved.id)
      return structureResult(operation, [
        ["PaymentRequestId", saved.id],
        ["PaymentRequestUrl", parts.payUrl(saved.id)]
      ])
    },
    CheckPaymentRequestStatus: () => textResult(operation, statusOf(asked())),
    CheckPaymentRequestStatusWpt: () => {
      const request = asked()
      return structureResult(operation, [
        ["PaymentProviders", providers(request)],
        ["RequestStatus", statusOf(request)]
      ])
    },
    // The guide calls it with one argument (a text comes back) and, for the JSON service, with two (a structure).
    CheckPaymentStatus: () => {
      const request = asked()
      const members = readMembers(call, ["paymentRequestId", "position"], settings.strict, namespaces.service)
      const given = readText(members, "position")?.trim()
      const other = given === undefined ? request.rows[0]?.position : undefined
      const position = has("wrong_profile") ? other : given
      if (position === undefined) return textResult(operation, statusOf(request))
      const row = request.rows.find((candidate) => candidate.position === position)
      if (row === undefined) throw new BusinessError("SIM-102", position.slice(0, 40))
      const status = request.expired ? "R" : row.status
      return structureResult(operation, [
        ["PaymentProvider", row.bank ?? ""],
        ["RequestStatus", has("unknown_status") ? "X" : status]
      ])
    }
  }

  if (has("soap_fault", "before")) return broken()
  try {
    if (has("refusal")) throw new BusinessError("SIM-113")
    const result = results[operation]()
    if (has("soap_fault", "after")) return broken()
    return soapReply(operation, [has("nil_result") ? nilResult(operation) : result])
  } catch (error) {
    if (error instanceof BusinessError) return businessFault(error)
    if (error instanceof DeserializationError) return wcfFault("DeserializationFailed", error.message)
    throw error
  }
}
