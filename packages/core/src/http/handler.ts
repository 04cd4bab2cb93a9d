/** One `(Request) => Promise<Response>` for everything that reaches Maksa from outside. */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { findByPayerToken } from "../engine/intake.ts"
import { ask } from "../engine/query.ts"
import { resume } from "../engine/resume.ts"
import { transact } from "../engine/Runtime.ts"
import { decodeInput } from "../engine/submit.ts"
import { nextUrl } from "../engine/urls.ts"
import { loadPayment } from "../engine/view.ts"
import { Inbound } from "../Inbound.ts"
import type { Engine } from "../engine/Engine.ts"
import type { AttemptRow } from "../Store.ts"
import { readBytes } from "./body.ts"
import { type Authorize, endpoint, problem } from "./endpoints.ts"
import { actionPage, checkingPage, markOfAsked, type PageFrame, redirectTo, waitingPage } from "./pages.ts"
import type { Presentation } from "./presentation.ts"
import type { Language } from "./texts.ts"
import { unhandledHeader } from "./unhandledHeader.ts"

export interface HandlerOptions {
  /** Who may create, read and fetch receipts; without it the payment endpoints do not exist. */
  readonly authorize?: Authorize
  /** Origins of pages to which `POST /payments` may let payers come back; default: the origin of `publicBaseUrl`. */
  readonly returnOrigins?: ReadonlyArray<string>
  /** Largest accepted body, bytes; default 1 MiB. */
  readonly maxBodyBytes?: number
  /** The path at which requests arrive, where a proxy strips it; default: the path of `publicBaseUrl`. */
  readonly basePath?: string
  /** The agency's name and a way back on the pages that this handler serves to payers. */
  readonly presentation?: Presentation
}

type Run = <A, E>(effect: Effect.Effect<A, E>, signal?: AbortSignal) => Promise<A>

const unhandled = (): Response =>
  new Response("Not found", { status: 404, headers: { [unhandledHeader]: "unhandled", "content-type": "text/plain" } })

const methodNotAllowed = (allow: string): Response => new Response(null, { status: 405, headers: { allow } })

// Nothing is left for the payer to do here: the agency's page tells how it stands.
const ended: ReadonlySet<string> = new Set([
  "provisional",
  "paid",
  "declined",
  "expired",
  "canceled",
  "reversed",
  "under_review"
])

interface PayerView {
  readonly language: Language
  readonly returnUrl: string | undefined
}

const payerView = (engine: Engine, attempt: AttemptRow): Effect.Effect<PayerView> =>
  Effect.map(Effect.option(transact(engine.runtime, "return", (tx) => tx.getSealed(attempt.id, "input"))), (sealed) => {
    // After an erasure nobody knows the agency's page any more.
    if (sealed._tag === "None" || sealed.value === undefined) return { language: "lv", returnUrl: undefined }
    const { language, returnUrl } = decodeInput(sealed.value)
    return { language, returnUrl }
  })

export const makeHandler = (
  engine: Engine,
  options: HandlerOptions,
  run: Run
): ((request: Request) => Promise<Response>) => {
  const { runtime } = engine
  const limit = options.maxBodyBytes ?? 1_048_576
  const returnOrigins = new Set(options.returnOrigins ?? [new URL(runtime.publicBaseUrl).origin])
  const base = (options.basePath ?? new URL(runtime.publicBaseUrl).pathname).replace(/\/+$/, "")

  const takeWebhook = async (
    request: Request,
    instance: string,
    token: string | undefined,
    url: URL
  ): Promise<Response> => {
    const { method } = request
    if (method !== "GET" && method !== "HEAD" && method !== "POST") return methodNotAllowed("GET, HEAD, POST")
    if (!runtime.instances.has(instance)) return new Response(null, { status: 404 })
    // No provider compresses; a compressed body could be a bomb, and signatures are over the bytes as they are.
    const encoding = request.headers.get("content-encoding")
    if (encoding !== null && encoding !== "identity")
      return new Response(null, { status: 415, headers: { connection: "close" } })
    const body = await readBytes(request, limit)
    if (body === undefined) return new Response(null, { status: 413, headers: { connection: "close" } })
    const taking = Effect.flatMap(DateTime.now, (receivedAt) =>
      engine.webhook(
        instance,
        token,
        new Inbound({
          method,
          url: url.pathname.slice(base.length) + url.search,
          headers: Object.fromEntries(request.headers),
          body,
          receivedAt
        })
      )
    )
    // The words of an adapter that breaks may hold anything, the message itself included: only that it broke is told.
    const broke = Effect.as(
      Effect.annotateLogs(Effect.logError("An adapter broke on a message; the provider is to send it again"), {
        instance
      }),
      undefined
    )
    const result = await run(Effect.result(Effect.catchDefect(taking, () => broke))).catch(() => undefined)
    if (result === undefined) return new Response(null, { status: 503 })
    if (Result.isFailure(result)) return new Response(null, { status: result.failure.status })
    if (result.success === undefined) return new Response(null, { status: 500 })
    const { status, headers, body: text } = result.success
    return new Response(method === "HEAD" ? null : (text ?? null), { status, headers: { ...headers } })
  }

  const { presentation } = options
  const home = presentation?.returnLink === undefined ? undefined : String(presentation.returnLink)
  // Without a valid token nobody learns more than this, in the language of the country.
  const stranger = (language: Language = "lv"): PageFrame => ({ language, presentation, backUrl: home })

  const payerReturn = async (instance: string, token: string): Promise<Response> => {
    const result = await run(Effect.result(engine.payerReturned(instance, token)))
    if (Result.isFailure(result) || result.success === undefined) return checkingPage(stranger())
    const { language, returnUrl } = await run(payerView(engine, result.success))
    return returnUrl === undefined ? checkingPage(stranger(language)) : redirectTo(returnUrl)
  }

  const nextAction = async (request: Request, token: string): Promise<Response> => {
    const attempt = await run(Effect.orElseSucceed(findByPayerToken(runtime, token), () => undefined))
    if (attempt === undefined) return checkingPage(stranger())
    const { language, returnUrl } = await run(payerView(engine, attempt))
    if (request.method === "POST") return collected(request, attempt)
    const payment = await run(
      transact(runtime, "return", async (tx) => {
        const row = await tx.findPayment(attempt.paymentId)
        return row === undefined ? undefined : loadPayment(tx, row, () => "")
      })
    )
    const current = payment?.attempts.find((one) => one.id === attempt.id)
    const frame: PageFrame = {
      language,
      presentation,
      payment: payment === undefined ? undefined : { reference: payment.merchantReference, amount: payment.amount },
      backUrl: returnUrl ?? home
    }
    if (current?.nextAction !== undefined && current.nextAction._tag !== "wait") {
      return actionPage(frame, current.nextAction)
    }
    if (current !== undefined && ended.has(current.status)) {
      return returnUrl === undefined ? checkingPage(stranger(language)) : redirectTo(returnUrl)
    }
    // The message with the next step may have been lost: ask, at most once in ten seconds.
    void run(Effect.ignore(ask(runtime, attempt.id))).catch(() => {})
    return waitingPage(frame)
  }

  const collected = async (request: Request, attempt: AttemptRow): Promise<Response> => {
    const bytes = await readBytes(request, 65_536)
    if (bytes === undefined) return new Response(null, { status: 413 })
    const form = new URLSearchParams(new TextDecoder().decode(bytes))
    const payment = await run(
      transact(runtime, "resume", async (tx) => {
        const row = await tx.findPayment(attempt.paymentId)
        return row === undefined ? undefined : loadPayment(tx, row, () => "")
      })
    )
    const action = payment?.attempts.find((one) => one.id === attempt.id)?.nextAction
    // Only what was asked goes on, to the question that the payer saw, and nothing without the consent that was asked for.
    const isConsenting =
      action?._tag === "collect" &&
      form.get("maksa-asked") === markOfAsked(action) &&
      (action.consentText === undefined || form.get("maksa-consent") === "1")
    if (isConsenting) {
      const { consentText } = action
      const asked = action.fields.map((field) => field.name)
      const fields = Object.fromEntries([...form].filter(([name]) => asked.includes(name)))
      // The text that was shown comes from our own record, so it goes back character for character.
      await run(
        Effect.ignoreCause(
          resume(runtime, attempt.id, { fields, ...(consentText === undefined ? {} : { consentText }) })
        )
      )
    }
    return redirectTo(nextUrl(runtime, attempt.id))
  }

  /** What breaks is no news for payers: they learn that we are checking. Its words may hold anything and go nowhere. */
  const checking = async (page: Promise<Response>): Promise<Response> => {
    try {
      return await page
    } catch {
      return checkingPage(stranger())
    }
  }

  return async (request) => {
    const url = new URL(request.url)
    if (url.pathname !== base && !url.pathname.startsWith(`${base}/`)) return unhandled()
    const [area, first, second, ...rest] = url.pathname
      .slice(base.length + 1)
      .split("/")
      .filter((part) => part !== "")
    if (area === "webhooks" && first !== undefined && rest.length === 0) return takeWebhook(request, first, second, url)
    if (area === "return" && first !== undefined && second !== undefined && rest.length === 0) {
      // Banks send payers back by GET or by a form.
      return request.method === "GET" || request.method === "POST"
        ? checking(payerReturn(first, second))
        : request.method === "HEAD"
          ? new Response(null, { status: 200 })
          : methodNotAllowed("GET, HEAD, POST")
    }
    if (area === "next" && first !== undefined && second === undefined) {
      return request.method === "GET" || request.method === "POST" || request.method === "HEAD"
        ? checking(nextAction(request, first))
        : methodNotAllowed("GET, POST")
    }
    if (area === "payments" && options.authorize !== undefined) {
      const path = [first, second, ...rest].filter((part) => part !== undefined)
      return (
        (await endpoint(engine, run, options.authorize, limit, returnOrigins, request, path)) ??
        problem(404, "No such endpoint.")
      )
    }
    return unhandled()
  }
}
