import express, { type Request, type Router } from "express"
import { callDigest } from "../../kernel/Calls.ts"
import type { FaultRule } from "../../kernel/Faults.ts"
import type { Reply } from "../../kernel/HttpFaults.ts"
import type { World } from "../../kernel/World.ts"
import { connectionOf } from "../clientIdentity.ts"
import { iisPage } from "../soapEnvelope.ts"
import { XmlRefused } from "../xmlRead.ts"
import { type Message, readMessage, Soap12Fault, soap12FaultReply } from "./soap12.ts"

/** WCF's own default for a message is 64 KB; the simulator allows more, but not anything. */
const usualLargest = 262_144

/** One SOAP 1.2 service of the TLS listener. */
export interface SecuredService {
  readonly path: string
  /** Bytes. */
  readonly largestMessage?: number
  /** Name for faults and the list of calls. */
  readonly operation: (message: Message) => string
  readonly subject: (message: Message) => Record<string, unknown>
  /** What the message asks for, without what its sender or we made up for this one time: for the digest of the call. */
  readonly essence?: (message: Message) => string
  readonly caller: (message: Message) => string | undefined
  /** A Soap12Fault that it throws becomes the answer. `about` ties the recorded call to the request that it made. */
  readonly answer: (
    message: Message,
    faults: ReadonlyArray<FaultRule>,
    about: (paymentId: string) => void
  ) => Promise<Reply> | Reply
}

type Read = { readonly message: Message } | { readonly refusal: Reply }

const broken = (): Soap12Fault =>
  new Soap12Fault(
    "http://schemas.microsoft.com/net/2005/12/windowscommunicationfoundation/dispatcher",
    "InternalServiceFault",
    "The server was unable to process the request.",
    true
  )

const read = (request: Request, address: string, now: number): Read => {
  if (!/^application\/soap\+xml\b/i.test(request.get("content-type") ?? "")) {
    return { refusal: iisPage(415, "Unsupported Media Type") }
  }
  const body: unknown = request.body
  try {
    return { message: readMessage(body instanceof Uint8Array ? body : new Uint8Array(), address) }
  } catch (error) {
    if (error instanceof XmlRefused) return { refusal: iisPage(400, "Bad Request") }
    if (error instanceof Soap12Fault) return { refusal: soap12FaultReply(error, undefined, now) }
    throw error
  }
}

/** Mounts the service: no client certificate is asked for, the message itself says who calls. */
export const mountSecured = (router: Router, world: World, service: SecuredService): void => {
  const messages = new WeakMap<Request, Read>()
  const recorded = new WeakMap<Request, (paymentId: string) => void>()
  const messageOf = (request: Request): Message | undefined => {
    const found = messages.get(request)
    return found !== undefined && "message" in found ? found.message : undefined
  }
  const operationOf = (request: Request): string => {
    const message = messageOf(request)
    return message === undefined ? "unreadable" : service.operation(message)
  }
  const subjectOf = (request: Request): Record<string, unknown> => {
    const message = messageOf(request)
    return message === undefined ? {} : service.subject(message)
  }

  router.post(
    service.path,
    express.raw({ type: () => true, limit: service.largestMessage ?? usualLargest }),
    (request, _response, next) => {
      messages.set(request, read(request, `https://localhost${service.path}`, world.clock.now()))
      const message = messageOf(request)
      const caller = message === undefined ? undefined : service.caller(message)
      const { paymentRequestId } = subjectOf(request)
      const essence = message === undefined ? undefined : service.essence?.(message)
      const call = world.calls.record({
        simulator: "vissMm",
        operation: operationOf(request),
        method: request.method,
        path: request.originalUrl,
        ...(caller === undefined ? {} : { clientCertificate: caller }),
        ...connectionOf(request).tls,
        at: new Date(world.clock.now()).toISOString(),
        digest: callDigest(
          request.method,
          request.originalUrl,
          essence === undefined ? request.body : Buffer.from(essence)
        ),
        ...(typeof paymentRequestId === "string" ? { paymentId: paymentRequestId } : {})
      })
      recorded.set(request, (paymentId) => call.about(paymentId))
      next()
    },
    world.withFaults(operationOf, subjectOf, async (request, faults) => {
      const found = messages.get(request)
      if (found === undefined || !("message" in found)) return found?.refusal ?? iisPage(400, "Bad Request")
      const { message } = found
      const has = (phase: FaultRule["phase"]): boolean =>
        faults.some((rule) => rule.kind === "soap_fault" && rule.phase === phase)
      try {
        if (has("before")) throw broken()
        const reply = await service.answer(message, faults, (paymentId) => recorded.get(request)?.(paymentId))
        if (has("after")) throw broken()
        return reply
      } catch (error) {
        if (error instanceof Soap12Fault) return soap12FaultReply(error, message.messageId, world.clock.now())
        throw error
      }
    })
  )
}
