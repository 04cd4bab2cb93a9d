import express, { type Express, type Request, type RequestHandler } from "express"
import { callDigest } from "../kernel/Calls.ts"
import type { World } from "../kernel/World.ts"
import type { FaultRule } from "../kernel/Faults.ts"
import { connectionOf } from "./clientIdentity.ts"
import { BusinessError, simErrors } from "./errors.ts"
import { hasInvoice, invoiceView } from "./invoice.ts"
import { invoicePdf } from "./invoicePdf.ts"
import { invoiceXml } from "./invoiceXml.ts"
import type { Owner } from "./PaymentRequest.ts"
import { isGuid, type Requests } from "./Requests.ts"
import type { Settings } from "./settings.ts"
import { iisPage } from "./soapEnvelope.ts"
import { answerSoapCall, readSoapCall, type SoapCall } from "./SoapService.ts"
import { wsdlText, type WsdlProfile } from "./wsdl.ts"
import { sendReply, type Reply } from "../kernel/HttpFaults.ts"

export const soapPath = "/services/VRAA.VISS2.MM.Endpoint/v1.0/WCFX509/PaymentRequestService.svc"
export const invoicesPath = "/services/VRAA.VISS2.MM.Endpoint/v1.0/RESTX509/Invoices/"

/** WCF's own default for a message is 64 KB; the simulator allows more, but not anything. */
const largestMessage = 262_144

interface Admitted {
  readonly owner: Owner
  readonly soap?: SoapCall
  /** Ties the recorded call to the payment request that it made. */
  readonly about?: (paymentId: string) => void
}

const plain = (status: number, text: string): Reply => ({
  status,
  headers: { "content-type": "text/plain; charset=utf-8" },
  body: text
})

const invoiceReply = async (
  format: "Pdf" | "Xml",
  id: string,
  owner: Owner,
  faults: ReadonlyArray<FaultRule>,
  requests: Requests,
  settings: Settings
): Promise<Reply> => {
  if (!isGuid(id)) return plain(400, "Malformed payment request id")
  try {
    const found = requests.get(id, owner)
    if (!hasInvoice(found, settings)) return plain(404, simErrors["SIM-112"])
    const view = invoiceView(found, faults)
    if (format === "Pdf")
      return { status: 200, headers: { "content-type": "application/pdf" }, body: await invoicePdf(view) }
    return { status: 200, headers: { "content-type": "text/xml; charset=utf-8" }, body: invoiceXml(view) }
  } catch (error) {
    // One answer for unknown and foreign: REST must not tell which ids exist.
    if (error instanceof BusinessError) return plain(404, simErrors["SIM-109"])
    throw error
  }
}

/** The SOAP and REST services behind the client certificate. */
export const serviceApp = (parts: {
  readonly world: World
  readonly requests: Requests
  readonly settings: () => Settings
  readonly payUrl: (id: string) => string
}): Express => {
  const { payUrl, requests, settings, world } = parts
  const admitted = new WeakMap<Request, Admitted>()
  const app = express()
  app.disable("x-powered-by")
  app.disable("etag")

  const record = (request: Request, operation: string, paymentId?: string): ((paymentId: string) => void) => {
    const { commonName, tls } = connectionOf(request)
    const call = world.calls.record({
      simulator: "vissMm",
      operation,
      method: request.method,
      path: request.originalUrl,
      ...(commonName === undefined ? {} : { clientCertificate: commonName }),
      ...tls,
      at: new Date(world.clock.now()).toISOString(),
      digest: callDigest(request.method, request.originalUrl, request.body),
      ...(paymentId === undefined ? {} : { paymentId: paymentId.toLowerCase() })
    })
    return (saved) => call.about(saved)
  }
  const recorded =
    (operation: string): RequestHandler =>
    (request, _response, next) => {
      const { id } = request.params
      record(request, operation, typeof id === "string" ? id : undefined)
      next()
    }

  const certificateOnly: RequestHandler = (request, response, next) => {
    const { owner } = connectionOf(request)
    if (owner === undefined) {
      record(request, "refused")
      sendReply(response, iisPage(403, "Forbidden: Access is denied."))
      return
    }
    admitted.set(request, { owner })
    next()
  }
  const admittedOf = (request: Request): Admitted => {
    const found = admitted.get(request)
    if (found === undefined) throw new Error("a route without a certificate check")
    return found
  }

  app.use(certificateOnly)

  app.get(
    soapPath,
    recorded("wsdl"),
    world.withFaults(
      "wsdl",
      () => ({}),
      (request, faults) => {
        const asked = new URL(request.originalUrl, "https://localhost").searchParams
        const names = [...asked.keys()].map((name) => name.toLowerCase())
        if (!names.includes("wsdl") && !names.includes("singlewsdl"))
          return iisPage(200, "PaymentRequestService Service")
        const isOther = faults.some((rule) => rule.kind === "wrong_profile")
        const profile: WsdlProfile = (asked.get("profile") === "position") === isOther ? "samples" : "position"
        const address = `https://${request.get("host") ?? "localhost"}${soapPath}`
        const body = wsdlText(profile, address, settings().priceListItemName)
        return { status: 200, headers: { "content-type": "text/xml; charset=utf-8" }, body }
      }
    )
  )

  app.post(
    soapPath,
    express.raw({ type: () => true, limit: largestMessage }),
    (request, _response, next) => {
      const body: unknown = request.body
      const soap = readSoapCall(request, body instanceof Uint8Array ? body : new Uint8Array(), settings())
      const about = record(request, soap.operation, "paymentRequestId" in soap ? soap.paymentRequestId : undefined)
      admitted.set(request, { ...admittedOf(request), soap, about })
      next()
    },
    world.withFaults(
      (request) => admittedOf(request).soap?.operation ?? "unreadable",
      (request) => {
        const { soap } = admittedOf(request)
        return soap !== undefined && "paymentRequestId" in soap ? { paymentRequestId: soap.paymentRequestId } : {}
      },
      (request, faults) => {
        const { about = () => undefined, owner, soap } = admittedOf(request)
        if (soap === undefined) return iisPage(400, "Bad Request")
        return answerSoapCall(soap, { owner, requests, settings: settings(), payUrl, faults, onSaved: about })
      }
    )
  )

  const serveInvoice = (format: "Pdf" | "Xml"): void => {
    app.get(
      `${invoicesPath}${format}/:id`,
      recorded(`Invoices/${format}`),
      world.withFaults(
        `Invoices/${format}`,
        (request) => ({ paymentRequestId: String(request.params["id"]).toLowerCase() }),
        (request, faults) =>
          invoiceReply(format, String(request.params["id"]), admittedOf(request).owner, faults, requests, settings())
      )
    )
  }
  serveInvoice("Pdf")
  serveInvoice("Xml")

  app.use((request, response) => {
    record(request, "unknown")
    sendReply(response, iisPage(404, "File or directory not found."))
  })
  return app
}
