import type { FaultRule } from "../../kernel/Faults.ts"
import type { Reply } from "../../kernel/HttpFaults.ts"
import type { Pki } from "../../kernel/Pki.ts"
import type { World } from "../../kernel/World.ts"
import { BusinessError } from "../errors.ts"
import { hasInvoice, invoiceView } from "../invoice.ts"
import { invoicePdf } from "../invoicePdf.ts"
import { invoiceXml } from "../invoiceXml.ts"
import { namespaces } from "../namespaces.ts"
import type { PaymentRequest } from "../PaymentRequest.ts"
import type { Requests } from "../Requests.ts"
import type { Settings } from "../settings.ts"
import { nilResult, structureResult, textResult } from "../soapEnvelope.ts"
import { audiences, ns } from "../sts/names.ts"
import { type Message, Soap12Fault, soap12Reply, textAt } from "../sts/soap12.ts"
import { element, type Xml } from "../xmlWrite.ts"
import { admit } from "./admit.ts"
import { isPfasOperation, pfasRoles } from "./roles.ts"

export interface PfasParts {
  readonly world: World
  readonly pki: Pki
  readonly settings: () => Settings
  readonly requests: Requests
}

const actionPrefix = "http://tempuri.org/IMMService/"

const flag = (text: string | undefined): boolean => text === "true" || text === "1"

const document = async (
  request: PaymentRequest,
  isXml: boolean,
  faults: ReadonlyArray<FaultRule>,
  settings: Settings
): Promise<Xml> => {
  if (!hasInvoice(request, settings)) throw new BusinessError("SIM-112")
  const view = invoiceView(request, faults)
  const content = isXml ? Buffer.from(invoiceXml(view), "utf8") : Buffer.from(await invoicePdf(view))
  return structureResult("GetInvoice", [
    ["Content", content.toString("base64")],
    ["ContentType", isXml ? "text/xml" : "application/pdf"],
    ["FileName", `${view.number}.${isXml ? "xml" : "pdf"}`]
  ])
}

/** Answers one call. Throws Soap12Fault and BusinessError. */
export const answerPfasCall = async (
  message: Message,
  faults: ReadonlyArray<FaultRule>,
  parts: PfasParts
): Promise<Reply> => {
  const { content, messageId } = message
  const { pki, requests, world } = parts
  const settings = parts.settings()
  const now = world.clock.now()
  const has = (kind: string): boolean => faults.some((rule) => rule.kind === kind)
  if (content.namespace !== namespaces.service || !isPfasOperation(content.name)) {
    throw new Soap12Fault(ns.addressing, "ActionNotSupported", "The operation is not known here.")
  }
  const operation = content.name
  if (message.action !== actionPrefix + operation) {
    throw new Soap12Fault(ns.addressing, "ActionNotSupported", "The action is another operation's.")
  }
  const wanted = { audience: audiences.paymentModule, role: pfasRoles[operation] }
  const { owner } = admit(message, wanted, { now, settings, pki })
  if (has("refusal")) throw new BusinessError("SIM-113")
  const found = requests.get(textAt(content, namespaces.service, "paymentRequestId") ?? "", owner)
  const result =
    operation === "GetInvoice"
      ? await document(found, flag(textAt(content, namespaces.service, "xmlFormat")), faults, settings)
      : textResult(operation, has("unknown_status") ? "X" : found.status)
  const body = element(
    `${operation}Response`,
    { xmlns: namespaces.service },
    has("nil_result") ? nilResult(operation) : result
  )
  return soap12Reply(`${actionPrefix}${operation}Response`, messageId, now, body)
}
