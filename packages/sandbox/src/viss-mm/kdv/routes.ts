import type { Request } from "express"
import { pageHeaders } from "../../bank/html.ts"
import type { Reply } from "../../kernel/HttpFaults.ts"
import type { World } from "../../kernel/World.ts"
import type { Journey, PageLook } from "../Journey.ts"
import type { Requests } from "../Requests.ts"
import { askPage, listPage } from "./listPage.ts"

/** The citizen's workspace of the portal. */
export const kdvPath = "/KDV/"

const page = (body: string): Reply => ({ status: 200, headers: pageHeaders, body })

const fieldOf = (source: unknown, name: string): string => {
  const value: unknown = typeof source === "object" && source !== null ? Reflect.get(source, name) : undefined
  return typeof value === "string" ? value.trim() : ""
}

const lookOf = (source: unknown): PageLook => ({ language: fieldOf(source, "language") === "ENG" ? "ENG" : "LAT" })

const withoutHyphen = (code: string): string => code.replace("-", "")

/** The list in which a person finds what the portal's services want paid. The code goes by POST, never in an address. */
export const mountKdv = (world: World, requests: Requests, journey: Journey): void => {
  const record = (request: Request, operation: string): void => {
    const at = new Date(world.clock.now()).toISOString()
    world.calls.record({ simulator: "vissMm", operation, method: request.method, path: request.path, at })
  }
  world.pages.get(
    kdvPath,
    world.withFaults(
      "kdv",
      () => ({}),
      (request) => {
        record(request, "kdv")
        return page(askPage(lookOf(request.query), kdvPath))
      }
    )
  )
  world.pages.post(
    kdvPath,
    world.withFaults(
      "kdv",
      () => ({}),
      (request) => {
        record(request, "kdv")
        const look = lookOf(request.body)
        const code = withoutHyphen(fieldOf(request.body, "code"))
        const own = requests
          .list()
          .filter(
            ({ client, portal }) => portal !== undefined && withoutHyphen(client.code ?? "") === code && code !== ""
          )
        return page(listPage(own, { look, path: kdvPath, payUrl: (id) => journey.pageUrl(id, look) }))
      }
    )
  )
}
