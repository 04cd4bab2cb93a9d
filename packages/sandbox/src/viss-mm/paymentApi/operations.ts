import type { Reply } from "../../kernel/HttpFaults.ts"
import { BusinessError } from "../errors.ts"
import { isGuid, type Requests } from "../Requests.ts"
import type { Owner, PaymentRequest } from "../PaymentRequest.ts"
import type { Settings } from "../settings.ts"
import type { Members } from "./json.ts"
import { listPayments, listRequests } from "./lists.ts"
import { readPaymentRequest } from "./readPaymentRequest.ts"
import { jsonReply, textReply } from "./replies.ts"

/** The microservice's methods by their paths under `/api/v1/`. Wpt has two: the guide's table and example differ. */
export const paths = {
  "payments/savepaymentrequest": "PaymentApi/SavePaymentRequest",
  "payments/checkpaymentrequeststatus": "PaymentApi/CheckPaymentRequestStatus",
  "payments/getpaymentrequests": "PaymentApi/GetPaymentRequests",
  "payments/getpayments": "PaymentApi/GetPayments",
  "payments/checkpaymentstatus": "PaymentApi/CheckPaymentStatus",
  "payments/checkpaymentrequeststatuswpt": "PaymentApi/CheckPaymentRequestStatusWpt",
  "paymentrequest/checkpaymentrequeststatuswpt": "PaymentApi/CheckPaymentRequestStatusWpt",
  "payments/createinvoice": "PaymentApi/CreateInvoice"
} as const

export type PaymentApiOperation = (typeof paths)[keyof typeof paths]

export interface OperationParts {
  readonly body: Members
  readonly owner: Owner
  readonly requests: Requests
  readonly settings: Settings
  readonly payUrl: (id: string) => string
  readonly onSaved: (id: string) => void
  readonly hasFault: (kind: string) => boolean
}

/** Banks of the rows, as `CheckPaymentRequestStatusWpt` joins them. */
const providers = (request: PaymentRequest): string =>
  [...new Set(request.rows.map((row) => row.bank).filter((bank) => bank !== undefined))].join(";")

const asked = ({ body, owner, requests }: OperationParts, name = "PaymentRequestId"): PaymentRequest =>
  requests.get(body.text(name)?.trim() ?? "", owner)

const visible = ({ owner, requests, settings }: OperationParts): ReadonlyArray<PaymentRequest> =>
  requests.list().filter((one) => settings.listsAreOf === "everybody" || one.owner.fingerprint === owner.fingerprint)

const operations: Readonly<Record<PaymentApiOperation, (parts: OperationParts) => Reply>> = {
  "PaymentApi/SavePaymentRequest": (parts) => {
    const saved = parts.requests.save(readPaymentRequest(parts.body), parts.owner)
    parts.onSaved(saved.id)
    const answer = { PaymentRequestId: saved.id, paymentRequestUrl: parts.payUrl(saved.id) }
    return jsonReply(answer, parts.hasFault("guideLiteral"))
  },
  "PaymentApi/CheckPaymentRequestStatus": (parts) => {
    const { status } = asked(parts)
    return textReply(parts.hasFault("unknown_status") ? "X" : status, parts.hasFault("guideLiteral"))
  },
  "PaymentApi/CheckPaymentRequestStatusWpt": (parts) => {
    const request = asked(parts)
    const RequestStatus = parts.hasFault("unknown_status") ? "X" : request.status
    return jsonReply({ RequestStatus, PaymentProviders: providers(request) }, parts.hasFault("guideLiteral"))
  },
  "PaymentApi/CheckPaymentStatus": (parts) => {
    const request = asked(parts)
    const position = parts.body.number("Position") ?? ""
    const row = request.rows.find((one) => one.position === position)
    if (row === undefined) throw new BusinessError("SIM-102", position.slice(0, 40))
    const status = request.expired ? "R" : row.status
    const RequestStatus = parts.hasFault("unknown_status") ? "X" : status
    return jsonReply({ RequestStatus, PaymentProvider: row.bank ?? "" }, parts.hasFault("guideLiteral"))
  },
  "PaymentApi/GetPaymentRequests": (parts) =>
    jsonReply(listRequests(visible(parts), parts.body), parts.hasFault("guideLiteral")),
  "PaymentApi/GetPayments": (parts) =>
    jsonReply(listPayments(visible(parts), parts.body), parts.hasFault("guideLiteral")),
  "PaymentApi/CreateInvoice": (parts) => {
    const id = parts.requests.issueInvoice(asked(parts, "Id"), {
      name: parts.body.text("Name"),
      code: parts.body.text("Code"),
      address: parts.body.text("Address")
    })
    return jsonReply({ id }, parts.hasFault("guideLiteral"))
  }
}

/** Answers one call of a known caller. Throws BusinessError and DeserializationError. */
export const answer = (operation: PaymentApiOperation, parts: OperationParts): Reply => operations[operation](parts)

/** The request that a call is about, in lower case; for the list of calls and for faults that match an id. */
export const subjectOf = (body: Members | undefined): string | undefined => {
  try {
    const id = (body?.text("PaymentRequestId") ?? body?.text("Id"))?.trim().toLowerCase()
    return id !== undefined && isGuid(id) ? id : undefined
  } catch {
    return undefined
  }
}
