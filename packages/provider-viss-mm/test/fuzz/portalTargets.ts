// What the portal's services send, read by their own clients: only the connection and the token are stand-ins.
import { connectionFromSend } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"

import { messageIdOf } from "../../src/internal/portal/messages.ts"
import { ivisEnvelope, ivisService } from "../../src/internal/portal/names.ts"
import { readPush } from "../../src/internal/portal/push.ts"
import { makeRequestService } from "../../src/internal/portal/RequestService.ts"
import { makeFind } from "../../src/internal/portal/service.ts"
import { openWsdl } from "../../src/internal/soap/openWsdl.ts"
import { makeElementCutter } from "../../src/internal/sts/cutElement.ts"
import { readIssuedToken } from "../../src/internal/sts/issuedToken.ts"
import { makePfasService } from "../../src/internal/sts/PfasService.ts"
import { planPfas } from "../../src/internal/sts/pfasPlans.ts"
import { readReply } from "../../src/internal/sts/reply.ts"
import type { ProtectedService } from "../../src/internal/sts/securedMessage.ts"
import { isGuid } from "../../src/internal/wire.ts"
import { makeXmlReader } from "../../src/internal/xml/parse.ts"
import { assertion, collection, envelope, issued, response } from "../support/sts.ts"
import { must, mustBeSaved, mustBeStatus, type Target } from "./Target.ts"

const attemptId = "att_00000000000000000000000000"
const messageId = messageIdOf(attemptId)
const transactionId = "URN:IVIS:100001:EP-TEST01-v1-0-TR-1"
const id = "08840043-1c60-e211-b74f-0050569b000e"

const readXml = await Effect.runPromise(makeXmlReader)
const cut = await Effect.runPromise(makeElementCutter)
const wsdl = { path: new URL("../../wsdl/mm-pfas-default.wsdl", import.meta.url) }
const plans = await Effect.runPromise(
  Effect.flatMap(openWsdl(wsdl, "1.2"), (opened) => Effect.fromResult(planPfas(opened, undefined)))
)

/** A service that answers the input to every call. */
const answering = (body: Buffer): ProtectedService => ({
  connection: connectionFromSend(() =>
    Effect.succeed({ status: 200, headers: { "content-type": "application/soap+xml; charset=utf-8" }, body })
  ),
  readXml,
  endpoint: new URL("https://127.0.0.1/ivis"),
  appliesTo: "urn:x",
  tokens: {
    tokenFor: () => Effect.succeed({ assertion: Redacted.make("<Assertion/>"), lifetimeMillis: 3_600_000 }),
    forget: () => Effect.void
  },
  sign: () => "",
  hash: "sha256"
})

const requestServiceOf = (body: Buffer) =>
  makeRequestService(answering(body), { destination: "urn:x", eServiceId: "urn:x", messageType: "urn:x" })

const answerOf = <A, E>(effect: Effect.Effect<A, E>): A | undefined =>
  Result.getOrUndefined(Effect.runSync(Effect.result(effect)))

const readSubmitted = (input: Buffer): boolean => {
  const request = { messageId, transactionId, responseEndPoint: "https://iestade.example/", content: "" }
  const { response: told } = answerOf(requestServiceOf(input).submitSync(request)) ?? {}
  if (told === undefined) return false
  const { paymentRequestId = "", paymentRequestUrl: url } = told
  mustBeSaved({ id: paymentRequestId, evidence: input, ...(url === undefined ? {} : { url }) })
  return true
}

const readFound = (input: Buffer): boolean => {
  const asked = Effect.runSync(Effect.result(makeFind(requestServiceOf(input))(attemptId)))
  if (Result.isFailure(asked)) return false
  const found = asked.success
  if (found !== undefined) must("providerCode" in found || isGuid(found.id), "a request that is no GUID's")
  return true
}

const maxReceiptBytes = 10_000

const readPfas = (input: Buffer): boolean => {
  const pfas = makePfasService(plans, answering(input), { maxReceiptBytes })
  const status = answerOf(pfas.status(id))
  const document = answerOf(pfas.document(id, "pdf"))
  if (document !== undefined) must(document.bytes.byteLength <= maxReceiptBytes, "a document over the limit")
  return status === undefined ? document !== undefined : mustBeStatus(status)
}

const readPushes = (input: Buffer): boolean => {
  const read = readPush(input, readXml)
  if (Result.isFailure(read)) return false
  for (const { providerReference, says, trust } of read.success.observations) {
    must(trust === "hint" && says._tag === "working", "a push that proves something")
    must(providerReference === undefined || isGuid(providerReference), "a reference that is no GUID")
  }
  return true
}

const readTokens = (input: Buffer): boolean => {
  const text = input.toString("utf8")
  const found = Result.gen(function* () {
    const reply = yield* readReply(yield* readXml(text), "m")
    return reply._tag === "Fault" ? undefined : yield* readIssuedToken(text, reply.content, "bearer", { readXml, cut })
  })
  if (Result.isFailure(found) || found.success === undefined) return false
  const token = Redacted.value(found.success.assertion)
  must(text.includes(token), "an assertion that was not sent")
  must(Result.isSuccess(readXml(token)), "an assertion that means something else elsewhere")
  return true
}

const status = `<PaymentRequestStatus><RequestStatus>E</RequestStatus></PaymentRequestStatus>`
const ivisMessage = (name: "IVISResponse" | "IVISRequest", content: string, result = "success"): string =>
  `<${name} xmlns="${ivisEnvelope}"><Header><MessageID>m</MessageID><TransactionID>${transactionId}</TransactionID>` +
  `<CorrelationID>${messageId}</CorrelationID><Result>${result}</Result></Header><Body>${content}</Body></${name}>`
const payments = (more: string): string =>
  `<PaymentsDataStructure xmlns=""><PaymentRequestResponse><PaymentRequestId>${id}</PaymentRequestId>${more}</PaymentsDataStructure>`
const created = payments("<PaymentRequestUrl>https://mm.example/?id=1</PaymentRequestUrl></PaymentRequestResponse>")
const paid = payments(`</PaymentRequestResponse>${status}`)
const refused = "<ErrorList><Error><ErrorCode>101</ErrorCode></Error></ErrorList>"

const reply = (operation: string, content: string): Buffer =>
  Buffer.from(envelope(`<${operation}Response xmlns="${ivisService}">${content}</${operation}Response>`))
const soapFault = (detail: string): Buffer =>
  Buffer.from(
    envelope(
      `<s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason><s:Text xml:lang="lv">ā</s:Text></s:Reason><s:Detail>${detail}</s:Detail></s:Fault>`
    )
  )
const pfasReply = (operation: string, content: string): Buffer =>
  Buffer.from(
    envelope(
      `<${operation}Response xmlns="http://tempuri.org/" xmlns:b="http://schemas.datacontract.org/2004/07/VRAA.VISS2.MM.Endpoint">${content}</${operation}Response>`
    )
  )
const pdf = Buffer.from("%PDF-1.4\n%%EOF\n").toString("base64")

export const portalTargets: ReadonlyArray<Target> = [
  {
    name: "portal: submitted",
    corpus: [
      reply("SubmitSync", ivisMessage("IVISResponse", created)),
      reply("SubmitSync", ivisMessage("IVISResponse", refused, "error")),
      soapFault("<RequestServiceFault><ErrorNumber>22</ErrorNumber></RequestServiceFault>")
    ],
    weight: 2,
    read: readSubmitted
  },
  {
    name: "portal: GetStatus",
    corpus: [
      reply("GetStatus", `<Status>Completed</Status>${ivisMessage("IVISResponse", paid)}`),
      reply("GetStatus", "<Status>InProcess</Status><PollInterval>10</PollInterval>")
    ],
    weight: 2,
    read: readFound
  },
  {
    name: "portal: pushes",
    corpus: [Buffer.from(ivisMessage("IVISResponse", paid)), Buffer.from(envelope(ivisMessage("IVISRequest", paid)))],
    weight: 3,
    read: readPushes
  },
  {
    name: "portal: status and documents",
    corpus: [
      pfasReply("GetPaymentRequestStatus", "<GetPaymentRequestStatusResult>E</GetPaymentRequestStatusResult>"),
      pfasReply("GetInvoice", `<GetInvoiceResult><b:Content>${pdf}</b:Content></GetInvoiceResult>`)
    ],
    weight: 2,
    read: readPfas
  },
  {
    name: "security tokens",
    corpus: [
      Buffer.from(
        issued({
          token: assertion("_1"),
          header: '<a:RelatesTo>m</a:RelatesTo><o:Security s:mustUnderstand="1"/>'
        })
      ),
      Buffer.from(envelope(collection(response({ token: assertion("_2"), more: "<t:KeyType>x</t:KeyType>" }))))
    ],
    weight: 3,
    read: readTokens
  }
]
