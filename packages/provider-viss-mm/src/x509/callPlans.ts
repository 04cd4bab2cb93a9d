import * as Result from "effect/Result"

import type { OpenedWsdl } from "../internal/openWsdl.ts"
import { type OperationPlan, operationPlan } from "../internal/plan.ts"
import { serialiser } from "../internal/serialise.ts"
import type { ElementPlan } from "../internal/typePlan.ts"
import { operations, results, type SaveInput, type StatusInput } from "../internal/wire.ts"
import { wsdlError, type WsdlError } from "../internal/WsdlError.ts"

/** Plans of the operations that the adapter calls. */
export interface CallPlans {
  readonly save: OperationPlan
  readonly status: OperationPlan
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
  const result = memberOf(plan.output, results.save)
  for (const name of ["PaymentRequestId", "PaymentRequestUrl"]) {
    if (memberOf(result, name)?.type.kind !== "leaf")
      return lacks(operations.save, `its reply has no ${results.save}.${name}`)
  }
  return Result.succeed(plan)
}

const checkStatus = (plan: OperationPlan): Result.Result<OperationPlan, WsdlError> => {
  const written = serialiser(plan)(statusProbe)
  if (Result.isFailure(written)) return lacks(operations.status, written.failure.message)
  return memberOf(plan.output, results.status)?.type.kind === "leaf"
    ? Result.succeed(plan)
    : lacks(operations.status, `its reply has no text ${results.status}`)
}

/** Plans both operations and tries them out without sending anything. */
export const planCalls = (wsdl: OpenedWsdl): Result.Result<CallPlans, WsdlError> =>
  Result.gen(function* () {
    return {
      save: yield* Result.flatMap(operationPlan(wsdl, operations.save), checkSave),
      status: yield* Result.flatMap(operationPlan(wsdl, operations.status), checkStatus)
    }
  })
