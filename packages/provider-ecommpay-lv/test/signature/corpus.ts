import { signed } from "./signedBody.ts"
import { bytes, handSigned } from "./signedBody.ts"

export const secret = "corpus-secret"

const success = {
  project_id: 200,
  payment: {
    id: "abc12345",
    type: "purchase",
    status: "success",
    date: "2026-03-20T14:22:06+0000",
    method: "Latvian Banks",
    sum: { amount: 1000, currency: "EUR" },
    description: "Nodeva par būvatļauju"
  },
  customer: { id: "123" },
  operation: {
    id: 9529253065607,
    type: "sale",
    status: "success",
    date: "2026-03-20T14:22:06+0000",
    request_id: "f1de353331a01fd14163fe4226-00009530",
    sum_initial: { amount: 1000, currency: "EUR" },
    code: "0",
    message: "Success",
    provider: { id: 1914, payment_id: "", auth_code: null }
  }
}

const clarification = {
  project_id: 200,
  payment: { id: "abc12345", status: "awaiting clarification", is_new_attempts_available: false },
  clarification_fields: {
    customer: {
      type: "object",
      required: ["psu_consent", "psu_consent_text"],
      properties: { address2: "I agree; yes" }
    }
  },
  errors: Array.from({ length: 12 }, (_, i) => ({ code: String(2000 + i) }))
}

/**
 * As PHP writes JSON: escaped slashes and code points, here with digits only, since the case of a hexadecimal digit
 * changes a byte but not the text.
 */
const phpRedirect = (): Uint8Array => {
  const text = [
    "general:payment_id:abc",
    "general:project_id:200",
    "payment:description:J\u0101nis",
    "payment:status:awaiting redirect result",
    "redirect_data:method:GET",
    "redirect_data:url:https://bank.example/auth?x=1"
  ].join(";")
  const signature = handSigned(text, secret).replaceAll("/", "\\/")
  return bytes(
    `{"general":{"project_id":200,"payment_id":"abc","signature":"${signature}"},"payment":{"status":` +
      String.raw`"awaiting redirect result","description":"J\u0101nis"},"redirect_data":{"method":"GET",` +
      String.raw`"url":"https:\/\/bank.example\/auth?x=1"}}`
  )
}

/** Signed callbacks of which every byte is covered by the signature. */
export const corpus: ReadonlyArray<readonly [name: string, raw: () => Uint8Array]> = [
  ["success", () => signed(success, secret)],
  ["clarification, with keys to be sorted naturally", () => signed(clarification, secret)],
  ["redirect as PHP writes it, signed in general", phpRedirect],
  [
    "numbers beyond JavaScript",
    () => {
      const text = "a:9007199254740993;b:1.50;c:-7;d:1"
      return bytes(`{"a":9007199254740993,"b":1.50,"c":-7,"d":true,"signature":"${handSigned(text, secret)}"}`)
    }
  ]
]
