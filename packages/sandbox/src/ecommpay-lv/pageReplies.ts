import type { Request, RequestHandler } from "express"
import { pageHeaders } from "../bank/html.ts"
import type { Reply } from "../kernel/HttpFaults.ts"
import { brokenPage } from "./pageHtml.ts"
import type { PageParameters } from "./pageParameters.ts"
import { pageLanguage } from "./PageSession.ts"
import type { PageAnswer } from "./PaymentPage.ts"

/** Adds the call log, the faults and the answer to a refused call. */
export type PageRoute = (
  operation: string,
  answer: (request: Request) => Promise<Reply> | Reply
) => Array<RequestHandler>

const queryOf = (request: Request): URLSearchParams => new URL(request.originalUrl, "http://page.invalid").searchParams

/** The parsed form, of which the body parser makes texts or, for a repeated name, a list: the last one counts. */
export const formOf = (request: Request): PageParameters => {
  const body: unknown = request.body
  if (typeof body !== "object" || body === null) return {}
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]: [string, unknown]) => {
      const last: unknown = Array.isArray(value) ? value.at(-1) : value
      return typeof last === "string" ? [[name, last]] : []
    })
  )
}

/** What the page was called with, by GET or POST. */
export const callOf = (request: Request): PageParameters =>
  request.method === "POST" ? formOf(request) : Object.fromEntries(queryOf(request))

export const html = (status: number, page: string): Reply => ({ status, headers: pageHeaders, body: page })

export const seeOther = (location: string): Reply => ({
  status: 303,
  headers: { location, "cache-control": "no-store" }
})

export const answerReply = (answer: PageAnswer): Reply =>
  "html" in answer ? html(200, answer.html) : seeOther(answer.location)

const broken = (request: Request, status: number): Reply =>
  html(status, brokenPage(pageLanguage(undefined, request.get("accept-language")), false))

export const notFound = (request: Request): Reply => broken(request, 404)
export const badCall = (request: Request): Reply => broken(request, 400)

export const token = (request: Request): string => String(request.params["token"])
