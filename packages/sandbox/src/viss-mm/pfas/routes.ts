import type { Router } from "express"
import { readFileSync } from "node:fs"
import type { Reply } from "../../kernel/HttpFaults.ts"
import { BusinessError } from "../errors.ts"
import { namespaces } from "../namespaces.ts"
import { claimedToken } from "./claimedToken.ts"
import { iisPage } from "../soapEnvelope.ts"
import { mountSecured } from "../sts/securedService.ts"
import { Soap12Fault, soap12FaultReply, textAt } from "../sts/soap12.ts"
import type { Message } from "../sts/soap12.ts"
import { element, escapeText } from "../xmlWrite.ts"
import { answerPfasCall, type PfasParts } from "./PfasService.ts"
import { isPfasOperation } from "./roles.ts"

export const pfasPath = "/services/VRAA.VISS2.MM.Endpoint/v1.0/WCFPFAS/MMService.svc"

const idOf = ({ content }: Message): string | undefined =>
  textAt(content, namespaces.service, "paymentRequestId")?.toLowerCase()

// The same relative place from src/viss-mm/pfas and from dist/viss-mm/pfas.
const wsdl = new URL("../../../assets/mm-pfas.wsdl", import.meta.url)

const wsdlReply = (address: string): Reply => ({
  status: 200,
  headers: { "content-type": "text/xml; charset=utf-8" },
  body: readFileSync(wsdl, "utf8").replace(
    /(<soap12:address location=")[^"]*(")/,
    (_whole, before: string, after: string) => `${before}${escapeText(address)}${after}`
  )
})

const businessFault = (error: BusinessError, message: Message, now: number): Reply =>
  soap12FaultReply(
    new Soap12Fault("http://schemas.microsoft.com/ws/2005/05/addressing/none", "PaymentRequestFault", error.message),
    message.messageId,
    now,
    element(
      "PaymentRequestFault",
      { xmlns: namespaces.data, "xmlns:i": namespaces.instance },
      element("ErrorCode", {}, error.code),
      element("Message", {}, error.message)
    )
  )

/** The services of the payment module that ask for a security token. */
export const mountPfas = (router: Router, parts: PfasParts): void => {
  const { world } = parts
  mountSecured(router, world, {
    path: pfasPath,
    operation: ({ content }) => (isPfasOperation(content.name) ? content.name : "unreadable"),
    subject: (message) => {
      const paymentRequestId = idOf(message)
      return paymentRequestId === undefined ? {} : { paymentRequestId }
    },
    caller: claimedToken,
    answer: async (message, faults) => {
      try {
        return await answerPfasCall(message, faults, parts)
      } catch (error) {
        if (error instanceof BusinessError) return businessFault(error, message, world.clock.now())
        throw error
      }
    }
  })
  router.get(
    pfasPath,
    world.withFaults(
      "pfasWsdl",
      () => ({}),
      (request) => {
        const asked = new URL(request.originalUrl, "https://localhost").searchParams
        const names = [...asked.keys()].map((name) => name.toLowerCase())
        if (!names.includes("wsdl") && !names.includes("singlewsdl")) return iisPage(200, "MMService Service")
        return wsdlReply(`https://${request.get("host") ?? "localhost"}${pfasPath}`)
      }
    )
  )
}
