import * as Result from "effect/Result"

import type { OpenedWsdl } from "../soap/openWsdl.ts"
import { type OperationPlan, operationPlan } from "../soap/plan.ts"
import { serialiser } from "../soap/serialise.ts"
import type { ElementPlan } from "../soap/typePlan.ts"
import {
  operations,
  type PositionInput,
  resultOf,
  type SaveInput,
  type StatusInput,
  type StatusOperation,
  statusOperations
} from "../wire.ts"
import { wsdlError, type WsdlError } from "../soap/WsdlError.ts"

/** How a status is asked for, and whether the reply is a word or a structure that also names the banks. */
export interface StatusPlan {
  readonly operation: StatusOperation
  readonly form: "word" | "structure"
  readonly plan: OperationPlan
}

/** Plans of the operations that the adapter calls. */
export interface CallPlans {
  readonly save: OperationPlan
  readonly status: StatusPlan
  /** Absent where the WSDL's CheckPaymentStatus knows no positions, or is not there. */
  readonly position: OperationPlan | undefined
}

/** Everything that every payment request of this adapter has; the values only have to be of the right kind. */
const saveProbe: SaveInput = {
  paymentRequest: {
    PaymentRequest: {
      ClientInfo: {},
      ExpiryDate: "2026-01-31T23:59:59+02:00",
      ExpiryDateSpecified: true,
      PaymentObject: "x",
      PriceList: [
        { Item: "1.00", ItemElementName: "Amount", Position: "1" },
        { Item: "1", ItemElementName: "Quantity", Position: "2" }
      ],
      ResponseUrl: "https://127.0.0.1/?id=",
      ServerResponseUrl: "https://127.0.0.1/?id=",
      ServiceStep: "00001"
    }
  }
}
const statusProbe: StatusInput = { paymentRequestId: "00000000-0000-0000-0000-000000000001" }
const positionProbe: PositionInput = { ...statusProbe, position: "1" }

const memberOf = (element: ElementPlan | undefined, name: string): ElementPlan | undefined =>
  element?.type.kind === "struct" ? element.type.fields.find((field) => field.name === name) : undefined

const lacks = (operation: string, what: string): Result.Result<never, WsdlError> =>
  Result.fail(
    wsdlError("unsupported", `${operation} of the WSDL does not fit: ${what}. Check that it is PaymentRequestService's`)
  )

/** A request must be writable and a reply readable before the first payer comes, not after. */
const checkSave = (plan: OperationPlan): Result.Result<OperationPlan, WsdlError> => {
  const written = serialiser(plan)(saveProbe)
  if (Result.isFailure(written)) return lacks(operations.save, written.failure.message)
  const result = memberOf(plan.output, resultOf(operations.save))
  for (const name of ["PaymentRequestId", "PaymentRequestUrl"]) {
    if (memberOf(result, name)?.type.kind !== "leaf")
      return lacks(operations.save, `its reply has no ${resultOf(operations.save)}.${name}`)
  }
  return Result.succeed(plan)
}

const checkStatus = (operation: StatusOperation, plan: OperationPlan): Result.Result<StatusPlan, WsdlError> => {
  const written = serialiser(plan)(statusProbe)
  if (Result.isFailure(written)) return lacks(operation, written.failure.message)
  const result = memberOf(plan.output, resultOf(operation))
  if (operation === "CheckPaymentRequestStatusWpt") {
    return memberOf(result, "RequestStatus")?.type.kind === "leaf"
      ? Result.succeed({ operation, form: "structure", plan })
      : lacks(operation, `its reply has no ${resultOf(operation)}.RequestStatus`)
  }
  return result?.type.kind === "leaf"
    ? Result.succeed({ operation, form: "word", plan })
    : lacks(operation, `its reply has no text ${resultOf(operation)}`)
}

const planStatus = (wsdl: OpenedWsdl, operation: StatusOperation): Result.Result<StatusPlan, WsdlError> =>
  Result.flatMap(operationPlan(wsdl, operation), (plan) => checkStatus(operation, plan))

/** The wanted way, or the first that the WSDL has; where it has none, what is wrong with the guide's usual one. */
const chooseStatus = (wsdl: OpenedWsdl, wanted: StatusOperation | undefined): Result.Result<StatusPlan, WsdlError> => {
  if (wanted !== undefined) return planStatus(wsdl, wanted)
  const found = statusOperations.map((operation) => planStatus(wsdl, operation)).find(Result.isSuccess)
  return found ?? planStatus(wsdl, "CheckPaymentRequestStatus")
}

/** Only the form with two parameters and a structure tells positions apart (guide, chapter on the JSON service). */
const planPosition = (wsdl: OpenedWsdl): OperationPlan | undefined => {
  const planned = operationPlan(wsdl, operations.position)
  if (Result.isFailure(planned)) return undefined
  const plan = planned.success
  const fits =
    Result.isSuccess(serialiser(plan)(positionProbe)) &&
    memberOf(memberOf(plan.output, resultOf(operations.position)), "RequestStatus")?.type.kind === "leaf"
  return fits ? plan : undefined
}

/** Plans the operations and tries them out without sending anything. */
export const planCalls = (
  wsdl: OpenedWsdl,
  statusOperation: StatusOperation | undefined
): Result.Result<CallPlans, WsdlError> =>
  Result.gen(function* () {
    return {
      save: yield* Result.flatMap(operationPlan(wsdl, operations.save), checkSave),
      status: yield* chooseStatus(wsdl, statusOperation),
      position: planPosition(wsdl)
    }
  })
