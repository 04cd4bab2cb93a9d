import type { Reply } from "../kernel/HttpFaults.ts"
import type { ResultCode } from "./Codes.ts"
import type { FieldError } from "./PaymentRecord.ts"
import type { WireObject } from "./WireJson.ts"

export const jsonReply = (status: number, body: WireObject | ReadonlyArray<WireObject>): Reply => ({
  status,
  headers: { "content-type": "application/json; charset=utf-8" },
  body: JSON.stringify(body)
})

/** A request that Gate refuses in its answer. Refusals are never signed (ecommpay, "Gate: authentication"). */
export class GateRefusal extends Error {
  readonly status: number
  readonly error: FieldError
  constructor(status: number, result: ResultCode, field?: string) {
    super(result.message)
    this.name = "GateRefusal"
    this.status = status
    this.error = field === undefined ? { ...result } : { ...result, field }
  }

  toReply(): Reply {
    const { code, field, message } = this.error
    const errors = field === undefined ? {} : { errors: [{ code, message, field }] }
    return jsonReply(this.status, { status: "error", code, message, ...errors })
  }
}
