import type { FaultRule } from "../kernel/Faults.ts"
import { codes } from "./Codes.ts"
import type { CallbackFormat } from "./ProjectSettings.ts"
import { sign } from "./Signature.ts"
import { isWireObject, type WireObject, type WireValue } from "./WireJson.ts"

type Edit = (value: WireValue) => WireValue

/** Replaces the named members wherever they stand. */
const editMembers = (value: WireValue, names: ReadonlyArray<string>, edit: Edit): WireValue => {
  if (Array.isArray(value)) return value.map((item: WireValue) => editMembers(item, names, edit))
  if (!isWireObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      names.includes(name) ? edit(item) : editMembers(item, names, edit)
    ])
  )
}

const asObject = (value: WireValue): WireObject => (isWireObject(value) ? value : {})

const setPaymentStatus = (body: WireObject, status: string): WireObject =>
  isWireObject(body["payment"]) ? { ...body, payment: { ...body["payment"], status } } : body

const oneMore: Edit = (amount) => {
  if (typeof amount === "number") return amount + 1
  return typeof amount === "string" ? String(BigInt(amount) + 1n) : amount
}

const unknownStatus = "awaiting provider audit"

/** The platform fills in what it has, and may write `null` for what it has not. */
const editProvider = (body: WireObject): WireObject =>
  asObject(editMembers(body, ["auth_code", "payment_id"], (value) => (value === "" ? null : value)))

const opposites: { readonly [status: string]: string } = { success: "decline", reversed: "success", decline: "success" }

/** The same message with the opposite word, in payment and operation. */
export const contradiction = (body: WireObject): WireObject => {
  const { operation, payment } = body
  if (!isWireObject(payment)) return body
  const said = payment["status"]
  const status = (typeof said === "string" ? opposites[said] : undefined) ?? "decline"
  const code = status === "success" ? codes.success : codes.generalDecline
  return {
    ...body,
    payment: { ...payment, status },
    ...(isWireObject(operation) ? { operation: { ...operation, status, ...code } } : {})
  }
}

const spoil = (body: WireObject, kind: string): WireObject => {
  switch (kind) {
    case "wrong_amount":
      return asObject(editMembers(body, ["amount"], oneMore))
    case "wrong_currency":
      return asObject(editMembers(body, ["currency"], () => "USD"))
    case "unknown_status":
      return asObject(editMembers(setPaymentStatus(body, unknownStatus), ["operation_status"], () => unknownStatus))
    case "null_members":
      return { ...editProvider(body), decision: null }
    case "long_lists":
      return { ...body, provider_extra_fields: Array.from({ length: 12 }, (_, index) => `field ${index}`) }
    case "contradict":
      return contradiction(body)
    default:
      return body
  }
}

/**
 * Signs a message of the platform, spoiled by the faults planned for it: content before signing, signature after.
 *
 * @param place where the signature goes.
 */
export const signedWithFaults = (
  body: WireObject,
  secret: string,
  faults: ReadonlyArray<FaultRule>,
  place: CallbackFormat["signatureIn"] = "root"
): WireObject => {
  const content = faults.reduce((spoiled, rule) => spoil(spoiled, rule.kind), body)
  const good = sign(content, secret)
  const isSpoiled = faults.some((rule) => rule.kind === "wrong_signature")
  const signature = isSpoiled ? `${good.startsWith("A") ? "B" : "A"}${good.slice(1)}` : good
  if (place === "root") return { ...content, signature }
  return { ...content, general: { ...asObject(content["general"] ?? {}), signature } }
}
