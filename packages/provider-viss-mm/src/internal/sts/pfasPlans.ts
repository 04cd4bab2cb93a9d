import * as Result from "effect/Result"

import type { OpenedWsdl } from "../soap/openWsdl.ts"
import { type OperationPlan, operationPlan, type PlanOptions } from "../soap/plan.ts"
import { bodyWriter } from "../soap/serialise.ts"
import type { ElementPlan } from "../soap/typePlan.ts"
import { wsdlError, type WsdlError } from "../soap/WsdlError.ts"

/** Operations as the guide spells them (2.4, 2.5), each with the role that it asks for. */
export const pfasOperations = {
  status: { name: "GetPaymentRequestStatus", role: "MM_PAYMENTREQUEST_STATUS_SERVICE" },
  invoice: { name: "GetInvoice", role: "MM_INVOICE_SERVICE" }
} as const

export type PfasStatusInput = { readonly paymentRequestId: string }
export type PfasInvoiceInput = { readonly paymentRequestId: string; readonly xmlFormat: boolean }

/** Members of the replies (WCF's `...Result`). */
export const pfasResults = { status: "GetPaymentRequestStatusResult", invoice: "GetInvoiceResult" } as const

/** ASSUMPTION(viss-mm#30): the guide only names DocumentDataContract; its members are those of the draft. */
export const documentMembers = { content: "Content", mediaType: "ContentType" } as const

/** Plans of both operations. */
export interface PfasPlans {
  readonly status: OperationPlan
  readonly invoice: OperationPlan
}

const someId = "00000000-0000-0000-0000-000000000001"
const statusProbe: PfasStatusInput = { paymentRequestId: someId }
const invoiceProbe: PfasInvoiceInput = { paymentRequestId: someId, xmlFormat: true }

const memberOf = (element: ElementPlan | undefined, name: string): ElementPlan | undefined =>
  element?.type.kind === "struct" ? element.type.fields.find((field) => field.name === name) : undefined

const lacks = (operation: string, what: string): Result.Result<never, WsdlError> =>
  Result.fail(wsdlError("unsupported", `${operation} of the WSDL does not fit: ${what}`))

const checkStatus = (plan: OperationPlan): Result.Result<OperationPlan, WsdlError> => {
  const written = bodyWriter(plan).write(statusProbe)
  if (Result.isFailure(written)) return lacks(plan.name, written.failure.message)
  return memberOf(plan.output, pfasResults.status)?.type.kind === "leaf"
    ? Result.succeed(plan)
    : lacks(plan.name, `its reply has no text ${pfasResults.status}`)
}

const checkInvoice = (plan: OperationPlan): Result.Result<OperationPlan, WsdlError> => {
  const written = bodyWriter(plan).write(invoiceProbe)
  if (Result.isFailure(written)) return lacks(plan.name, written.failure.message)
  const result = memberOf(plan.output, pfasResults.invoice)
  return memberOf(result, documentMembers.content)?.type.kind === "leaf"
    ? Result.succeed(plan)
    : lacks(plan.name, `its reply has no ${pfasResults.invoice}.${documentMembers.content}`)
}

/** Plans both operations and tries them out without sending anything. */
export const planPfas = (wsdl: OpenedWsdl, port: string | undefined): Result.Result<PfasPlans, WsdlError> => {
  const options: PlanOptions = port === undefined ? {} : { port }
  return Result.gen(function* () {
    return {
      status: yield* Result.flatMap(operationPlan(wsdl, pfasOperations.status.name, options), checkStatus),
      invoice: yield* Result.flatMap(operationPlan(wsdl, pfasOperations.invoice.name, options), checkInvoice)
    }
  })
}
