import type { Request, RequestHandler } from "express"
import { pageHeaders } from "../../bank/html.ts"
import { ControlError } from "../../kernel/ControlError.ts"
import type { Reply } from "../../kernel/HttpFaults.ts"
import type { World } from "../../kernel/World.ts"
import { pagePath, type Journey, type PageLook } from "../Journey.ts"
import type { PaymentRequest } from "../PaymentRequest.ts"
import type { Requests } from "../Requests.ts"
import { contrastModes, fontSizes } from "./layout.ts"
import { paymentPage, unknownPage } from "./paymentPage.ts"

const valueOf = (source: unknown, name: string): string | undefined => {
  if (typeof source !== "object" || source === null || !(name in source)) return undefined
  const value = Object.entries(source).find(([key]) => key === name)?.[1]
  return typeof value === "string" ? value : undefined
}

const known = (value: string | undefined, allowed: ReadonlyArray<string>): string | undefined =>
  value !== undefined && allowed.includes(value) ? value : undefined

/** Unknown values are ignored; a repeated parameter too. */
const readLook = (source: unknown): PageLook => {
  const fs = known(valueOf(source, "fs"), fontSizes)
  const bm = known(valueOf(source, "bm"), contrastModes)
  return {
    language: valueOf(source, "language") === "ENG" ? "ENG" : "LAT",
    ...(fs === undefined ? {} : { fs }),
    ...(bm === undefined ? {} : { bm })
  }
}

const page = (status: number, body: string): Reply => ({ status, headers: pageHeaders, body })
const seeOther = (location: string): Reply => ({ status: 303, headers: { location, "cache-control": "no-store" } })

const sourceOf = (request: Request): unknown => (request.method === "POST" ? request.body : request.query)
const idOf = (request: Request): string => valueOf(sourceOf(request), "id")?.trim() ?? ""
const subjectOf = (request: Request) => ({ paymentRequestId: idOf(request).toLowerCase() })

/** The pages that payers see: plain http, no client certificate. */
export const mountPages = (world: World, requests: Requests, journey: Journey): void => {
  const show = (request: PaymentRequest, look: PageLook): Reply => {
    const otherLanguageUrl = journey.pageUrl(request.id, { ...look, language: look.language === "LAT" ? "ENG" : "LAT" })
    const returnUrl = journey.returnUrl(request)
    const banks = journey.banks(request)
    return page(200, paymentPage({ request, banks, look, path: pagePath, returnUrl, otherLanguageUrl }))
  }

  const record =
    (operation: string): RequestHandler =>
    (request, _response, next) => {
      const id = idOf(request)
      const { method } = request
      const at = new Date(world.clock.now()).toISOString()
      const path = request.path + (id === "" ? "" : `?id=${encodeURIComponent(id)}`)
      world.calls.record({ simulator: "vissMm", operation, method, path, at, paymentId: id.toLowerCase() })
      next()
    }
  const route = (operation: string, act: (request: PaymentRequest, look: PageLook, bank: string) => Reply) => [
    record(operation),
    world.withFaults(operation, subjectOf, (request) => {
      const look = readLook(sourceOf(request))
      const found = requests.find(idOf(request))
      if (found === undefined) return page(404, unknownPage(look))
      return act(found, look, valueOf(sourceOf(request), "bank") ?? "")
    })
  ]

  world.pages.get(
    pagePath,
    route("paymentPage", (request, look) => {
      requests.note(request, "page opened")
      return show(request, look)
    })
  )
  world.pages.post(
    `${pagePath}bank`,
    route("chooseBank", (request, look, bank) => {
      try {
        return seeOther(journey.chooseBank(request, bank, look))
      } catch (error) {
        // Not payable any more, or not offered: the page says what is.
        if (error instanceof ControlError) return show(request, look)
        throw error
      }
    })
  )
  world.pages.post(
    `${pagePath}leave`,
    route("leave", (request) => {
      requests.note(request, "left without paying")
      return seeOther(journey.returnUrl(request))
    })
  )
}
