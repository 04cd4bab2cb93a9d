import express, { type Express, type Request } from "express"
import { callDigest } from "../../kernel/Calls.ts"
import { type Reply, sendReply } from "../../kernel/HttpFaults.ts"
import type { World } from "../../kernel/World.ts"
import { connectionOf } from "../clientIdentity.ts"
import { BusinessError, DeserializationError } from "../errors.ts"
import type { Requests } from "../Requests.ts"
import type { Settings } from "../settings.ts"
import type { ReadCaller } from "./caller.ts"
import { type Members, readBody } from "./json.ts"
import { answer, paths, type PaymentApiOperation, subjectOf } from "./operations.ts"
import { errorReply, plainReply } from "./replies.ts"

export const paymentApiRoot = "/api/v1/"

/** The platform's announced limit for one request. */
const largestBody = 4 * 1024 * 1024

interface Read {
  readonly body: Members | undefined
  readonly about: (paymentId: string) => void
}

const bodyOf = (request: Request): Members | undefined => {
  const raw: unknown = request.body
  try {
    return readBody(raw instanceof Uint8Array ? raw : new Uint8Array())
  } catch (error) {
    if (error instanceof DeserializationError) return undefined
    throw error
  }
}

/** The microservice `Lvp.EservicePlatform.Backend.PaymentApi`: JSON, known callers by `MM_Cert`, TLS without duty. */
export const paymentApiApp = (parts: {
  readonly world: World
  readonly requests: Requests
  readonly settings: () => Settings
  readonly payUrl: (id: string) => string
  readonly readCaller: ReadCaller
}): Express => {
  const { payUrl, readCaller, requests, settings, world } = parts
  const read = new WeakMap<Request, Read>()
  const app = express()
  app.disable("x-powered-by")
  app.disable("etag")

  const record = (request: Request, operation: string, body: Members | undefined): Read => {
    const { commonName, tls } = connectionOf(request)
    const paymentId = subjectOf(body)
    const call = world.calls.record({
      simulator: "vissMm",
      operation,
      method: request.method,
      path: request.originalUrl,
      ...(commonName === undefined ? {} : { clientCertificate: commonName }),
      ...tls,
      at: new Date(world.clock.now()).toISOString(),
      digest: callDigest(request.method, request.originalUrl, request.body),
      ...(paymentId === undefined ? {} : { paymentId })
    })
    return { body, about: (saved) => call.about(saved) }
  }

  const call = (operation: PaymentApiOperation, request: Request, hasFault: (kind: string) => boolean): Reply => {
    const now = settings()
    const { about, body } = read.get(request) ?? { about: () => undefined, body: undefined }
    const bearer = now.paymentApiToken
    if (bearer !== "" && request.get("authorization") !== `Bearer ${bearer}`) return plainReply(401)
    if (!/^application\/json\b/i.test(request.get("content-type") ?? "")) return plainReply(415)
    if (body === undefined) return plainReply(400)
    try {
      const owner = readCaller(body.text("MM_Cert"))
      if (owner === undefined) {
        if (now.unknownCaller === "forbidden") return plainReply(403)
        throw new BusinessError("SIM-114")
      }
      if (hasFault("refusal")) throw new BusinessError("SIM-113")
      return answer(operation, { body, owner, requests, settings: now, payUrl, onSaved: about, hasFault })
    } catch (error) {
      if (error instanceof BusinessError) return errorReply(error, now)
      if (error instanceof DeserializationError) return plainReply(500)
      throw error
    }
  }

  const mount = (path: string, operation: PaymentApiOperation): void => {
    app.post(
      `${paymentApiRoot}${path}`,
      express.raw({ type: () => true, limit: largestBody }),
      (request, response, next) => {
        // The guide's table and its example of this method differ; which one is real can be switched.
        const only = settings().wptPath
        if (path.endsWith("wpt") && only !== "both" && !path.startsWith(`${only}/`)) {
          record(request, "unknown", undefined)
          sendReply(response, plainReply(404))
          return
        }
        read.set(request, record(request, operation, bodyOf(request)))
        next()
      },
      world.withFaults(
        operation,
        (request) => ({ paymentRequestId: subjectOf(read.get(request)?.body) }),
        (request, faults) => call(operation, request, (kind) => faults.some((rule) => rule.kind === kind))
      )
    )
  }
  for (const [path, operation] of Object.entries(paths)) mount(path, operation)

  app.use(paymentApiRoot, (request, response) => {
    record(request, "unknown", undefined)
    sendReply(response, plainReply(404))
  })
  const onError: express.ErrorRequestHandler = (error, _request, response, next) => {
    if (response.headersSent) {
      next(error)
      return
    }
    const isTooLarge = error instanceof Error && "type" in error && error.type === "entity.too.large"
    if (!isTooLarge) world.log(`PaymentApi failed: ${error instanceof Error ? error.message : "unknown"}`)
    sendReply(response, plainReply(isTooLarge ? 413 : 500))
  }
  app.use(onError)
  return app
}
