import * as fc from "fast-check"
import type { SignableObject, SignableValue } from "../../src/signature.ts"

/** Every character but half surrogate pairs, as often ASCII as not. */
const character = fc
  .oneof(fc.nat(0x7f), fc.nat(0x10f7ff))
  .map((point) => String.fromCodePoint(point < 0xd800 ? point : point + 0x800))
const text = fc.string({ unit: character, maxLength: 20 })
const scalar: fc.Arbitrary<SignableValue> = fc.oneof(text, fc.maxSafeInteger(), fc.boolean(), fc.constant(null))

const fields = (
  names: ReadonlyArray<string>,
  value: fc.Arbitrary<SignableValue> = scalar
): fc.Arbitrary<SignableObject> =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...names), value), { selector: ([name]) => name, maxLength: names.length })
    .map((members) => Object.fromEntries(members))

const sum = fields(["amount", "currency"])
const provider = fields(["id", "payment_id", "auth_code", "date", "endpoint_id", "result_code", "result_message"])
const operation = fc
  .tuple(
    fields(["id", "type", "status", "date", "created_date", "request_id", "code", "message"]),
    fields(["sum_initial", "sum_converted"], sum),
    fields(["provider"], provider)
  )
  .map((parts): SignableObject => Object.assign({}, ...parts))
const payment = fc
  .tuple(
    fields([
      "id",
      "type",
      "status",
      "date",
      "method",
      "description",
      "is_new_attempts_available",
      "region",
      "frame_mode"
    ]),
    fields(["sum"], sum)
  )
  .map((parts): SignableObject => Object.assign({}, ...parts))
// `address2` and `billing` are in the platform's customer objects; `address` may be an object in older formats.
const customer = fc
  .tuple(
    fields(["id", "ip_address", "first_name", "last_name", "email", "phone", "address2", "address10"]),
    fields(["address", "billing", "identify"], fields(["street", "city", "zip", "doc_number", "line1", "line2"]))
  )
  .map((parts): SignableObject => Object.assign({}, ...parts))
const errors = fc.array(fields(["code", "message", "field", "description"]), { maxLength: 14 })
const clarification = fields(
  ["customer", "account"],
  fields(["properties", "required"], fields(["psu_consent_text", "psu_consent", "first_name", "number"]))
)

/** Callbacks, Gate bodies and the Data API's lists, as far as they are documented, with any values in their fields. */
export const documentedBodies: fc.Arbitrary<SignableObject> = fc
  .tuple(
    fields(["project_id", "request_id", "status", "merchant_refund_id"]),
    fields(["payment"], payment),
    fields(["operation"], operation),
    fields(["operations", "errors"], fc.oneof(fc.array(operation, { maxLength: 12 }), errors)),
    fields(["customer"], customer),
    fields(["account", "general", "return_url", "callback"], fields(["number", "bank_id", "project_id", "success"])),
    fields(["clarification_fields"], clarification),
    fields(
      ["redirect_data"],
      fields(["url", "method", "body", "encrypted"], fc.constantFrom([], {}, "https://a.example/"))
    )
  )
  .map((parts): SignableObject => Object.assign({}, ...parts))
