// Payment endpoints for the application's own front end. They exist only with an authorisation function.
import * as Effect from "effect/Effect"
import { load } from "../engine/create.ts"
import { PaymentError } from "../PaymentError.ts"
import type { Engine } from "../engine/Engine.ts"
import { readBytes } from "./body.ts"

/** What a request wants to do; `paymentId` is absent for `create`. */
export interface Access {
  readonly action: "create" | "read" | "history" | "receipt"
  readonly paymentId?: string
}
/** Whether the request may do that. A `reader` is allowed too, and named in the archive with what they are given. */
export type Allowed = boolean | { readonly reader: string }
export type Authorize = (request: Request, access: Access) => Allowed | Promise<Allowed>

const statuses: Readonly<Record<PaymentError["reason"]["_tag"], number>> = {
  InvalidRequest: 400,
  NotConfigured: 500,
  AuthenticationFailed: 502,
  Refused: 422,
  NotFound: 404,
  NotReady: 409,
  Conflict: 409,
  RateLimited: 429,
  Unavailable: 503,
  OutcomeUnknown: 202,
  MalformedResponse: 502,
  Unsupported: 422
}

/** RFC 9457 problem details; the message is ours, so it holds no secrets and no personal data. */
export const problem = (status: number, title: string, more: Readonly<Record<string, unknown>> = {}): Response =>
  new Response(JSON.stringify({ type: "about:blank", title, status, ...more }), {
    status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store" }
  })

const json = (value: unknown, status = 200): Response =>
  new Response(JSON.stringify(value), {
    status,
    headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" }
  })

const toProblem = (error: PaymentError): Response =>
  problem(statuses[error.reason._tag], error.reason.message, {
    reason: error.reason._tag,
    payerMessageKey: error.payerMessageKey,
    ...(error.paymentId === undefined ? {} : { paymentId: error.paymentId })
  })

// Sums arrive as text, because JSON numbers are floats.
const withBigints = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withBigints)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, field]: [string, unknown]) => [
      name,
      name === "minorUnits" && typeof field === "string" && /^-?\d{1,19}$/.test(field)
        ? BigInt(field)
        : withBigints(field)
    ])
  )
}

const readJson = async (request: Request, limit: number): Promise<unknown> => {
  const bytes = await readBytes(request, limit)
  if (bytes === undefined) return undefined
  try {
    return withBigints(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)))
  } catch {
    return undefined
  }
}

// This endpoint is called by browsers: a payer must not be sent to wherever a caller likes.
const isAllowedReturn = (input: unknown, origins: ReadonlySet<string>): boolean =>
  typeof input === "object" &&
  input !== null &&
  "returnUrl" in input &&
  typeof input.returnUrl === "string" &&
  URL.canParse(input.returnUrl) &&
  origins.has(new URL(input.returnUrl).origin)

type Run = <A, E>(effect: Effect.Effect<A, E>, signal?: AbortSignal) => Promise<A>

/** An application may also answer an object of its own that only says yes. */
const readerOf = (allowed: Allowed): { readonly reader?: string } =>
  typeof allowed === "object" && typeof allowed.reader === "string" ? { reader: allowed.reader } : {}

/** `POST /payments`, `GET /payments/:id`, `/payments/:id/history`, `/payments/:id/receipt?format=pdf|xml`. */
export const endpoint = async (
  engine: Engine,
  run: Run,
  authorize: Authorize,
  limit: number,
  returnOrigins: ReadonlySet<string>,
  request: Request,
  path: ReadonlyArray<string>
): Promise<Response | undefined> => {
  const [paymentId, part, ...rest] = path
  const action =
    paymentId === undefined && request.method === "POST"
      ? "create"
      : paymentId === undefined || request.method !== "GET"
        ? undefined
        : part === undefined
          ? "read"
          : part === "history" || part === "receipt"
            ? part
            : undefined
  if (action === undefined || rest.length > 0) return undefined
  // A copy, so that an application may read the body to decide.
  const allowed = await authorize(request.clone(), paymentId === undefined ? { action } : { action, paymentId })
  if (!allowed) return problem(403, "Not allowed.")
  const { verbs } = engine
  const call = (name: string, ...args: ReadonlyArray<unknown>): Effect.Effect<unknown, PaymentError> =>
    // The verbs decode what they are given; nothing is believed about its type here.
    verbs[name]?.(...(args as ReadonlyArray<never>)) ?? Effect.die(new Error(`no verb ${name}`))
  try {
    if (action === "create") {
      const input = await readJson(request, limit)
      if (input === undefined) return problem(400, "The body must be JSON within the size limit.")
      if (!isAllowedReturn(input, returnOrigins)) {
        return problem(400, "returnUrl must be at one of the application's returnOrigins.", {
          reason: "InvalidRequest"
        })
      }
      return json(await run(call("create", input), request.signal), 201)
    }
    if (action === "read") return json(await run(load(engine.runtime, "get", paymentId ?? "")))
    if (action === "history") return json(await run(call("history", paymentId)))
    const query = new URL(request.url).searchParams
    const format = query.get("format") ?? "pdf"
    if (format !== "pdf" && format !== "xml") return problem(400, "format is pdf or xml.")
    const wanted = query.get("language")
    const language = wanted === "en" || wanted === "ru" ? wanted : "lv"
    const receipt = await run(
      // `receipt` answers a Receipt; verbs are untyped by name
      call("receipt", paymentId, { format, language, ...readerOf(allowed) }) as Effect.Effect<
        import("../Receipts.ts").Receipt,
        PaymentError
      >,
      request.signal
    )
    return new Response(await receipt.stream(), {
      headers: {
        "content-length": String(receipt.size),
        "content-type": receipt.mediaType,
        "content-disposition": `attachment; filename="${receipt.fileName}"`,
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff"
      }
    })
  } catch (cause) {
    if (cause instanceof PaymentError) return toProblem(cause)
    throw cause
  }
}
