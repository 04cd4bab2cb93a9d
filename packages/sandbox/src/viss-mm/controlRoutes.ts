import { badInput, impossible, unknownId } from "../kernel/ControlError.ts"
import type { World } from "../kernel/World.ts"
import { readServiceStep, type Catalogue } from "./catalogue.ts"
import type { Journey, PageLook } from "./Journey.ts"
import type { PaymentRequest, Status } from "./PaymentRequest.ts"
import type { Outcome, Requests } from "./Requests.ts"
import { changeSettings, type Settings } from "./settings.ts"

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null
const isStatus = (value: unknown): value is Status => value === "P" || value === "E" || value === "R" || value === "O"
const isTextList = (value: unknown): value is ReadonlyArray<string> =>
  Array.isArray(value) && value.every((item) => typeof item === "string")

const optionalText = (body: Record<string, unknown>, name: string): string | undefined => {
  const value = body[name]
  if (value !== undefined && typeof value !== "string") throw badInput(`${name} must be a text`)
  return value
}

const readOutcome = (body: unknown, request: PaymentRequest): Outcome => {
  if (!isObject(body)) throw badInput("give {status, provider?, positions?, amountMinor?, currency?, force?}")
  const { amountMinor, force, positions, status } = body
  if (!isStatus(status)) throw badInput("status must be P, E, R or O")
  if (force !== undefined && typeof force !== "boolean") throw badInput("force must be true or false")
  if (positions !== undefined) {
    if (!isTextList(positions) || positions.length === 0) throw badInput("positions must be a list of codes")
    const known = new Set(request.rows.map((row) => row.position))
    if (positions.some((code) => !known.has(code))) throw badInput("the request has no such position")
  }
  if (amountMinor !== undefined && (typeof amountMinor !== "string" || !/^[1-9]\d{0,12}$/.test(amountMinor))) {
    throw badInput("amountMinor must be cents as text")
  }
  const bank = optionalText(body, "provider") ?? request.bankPage?.bank ?? request.swiftCode ?? "DEMO0000"
  const currency = optionalText(body, "currency")
  if (currency !== undefined && !/^[A-Z]{3}$/.test(currency)) throw badInput("currency must be three capital letters")
  return {
    status,
    bank,
    ...(positions === undefined ? {} : { positions }),
    ...(amountMinor === undefined ? {} : { cents: BigInt(amountMinor) }),
    ...(currency === undefined ? {} : { currency }),
    force: force === true
  }
}

const look: PageLook = { language: "LAT" }

/** What a payer does, without a browser. */
const actAsPayer = async (
  journey: Journey,
  requests: Requests,
  request: PaymentRequest,
  body: unknown
): Promise<object> => {
  if (!isObject(body)) throw badInput("give {action, bank?}")
  switch (body["action"]) {
    case "open": {
      requests.note(request, "page opened")
      const banks = journey.banks(request).map((bank) => bank.swiftCode)
      return { page: "payment", url: journey.pageUrl(request.id), status: request.status, banks }
    }
    case "choose_bank": {
      const bank = optionalText(body, "bank") ?? journey.banks(request)[0]?.swiftCode ?? ""
      return { page: "bank", bank, url: journey.chooseBank(request, bank, look) }
    }
    case "confirm":
    case "refuse": {
      const next = await journey.decide(request, body["action"])
      return next === journey.pageUrl(request.id) ? { page: "payment", url: next } : { redirect: next }
    }
    case "leave":
      return request.bankPage === undefined
        ? { redirect: journey.returnUrl(request) }
        : { redirect: await journey.decide(request, "leave") }
    case "names":
    case "iban":
    case "consent":
    case "refuse_consent":
      throw impossible("MM's pages have no such step")
    default:
      throw badInput("action must be open, choose_bank, confirm, refuse or leave")
  }
}

/** The part of the control API that belongs to VISS MM. */
export const mountVissMmControl = (parts: {
  readonly world: World
  readonly requests: Requests
  readonly journey: Journey
  readonly catalogue: Catalogue
  readonly settings: () => Settings
  readonly changeSettings: (settings: Settings) => void
  readonly viewOf: (request: PaymentRequest) => object
}): void => {
  const { catalogue, journey, requests, settings, viewOf, world } = parts
  const { control } = world
  const find = (id: string): PaymentRequest => {
    const request = requests.find(id)
    if (request === undefined) throw unknownId("payment request")
    return request
  }

  control.post("/viss-mm/requests/:id/outcome", async (request, response) => {
    const found = find(request.params.id)
    const notifications = await requests.settle(found, readOutcome(request.body, found))
    response.json({ payment: viewOf(found), notifications, returnUrl: journey.returnUrl(found) })
  })
  control.post("/viss-mm/requests/:id/payer", async (request, response) => {
    response.json(await actAsPayer(journey, requests, find(request.params.id), request.body))
  })

  control.get("/viss-mm/catalogue", (_request, response) => {
    response.json({ services: catalogue.services(), banks: catalogue.banks() })
  })
  control.post("/viss-mm/catalogue", (request, response) => {
    const body: unknown = request.body
    const given: unknown = isObject(body) && "services" in body ? body["services"] : [body]
    if (!Array.isArray(given)) throw badInput("services must be a list")
    const services = given.map(readServiceStep)
    for (const service of services) catalogue.put(service)
    response.status(201).json({ services })
  })

  control.get("/viss-mm/settings", (_request, response) => {
    response.json(settings())
  })
  control.patch("/viss-mm/settings", (request, response) => {
    parts.changeSettings(changeSettings(settings(), request.body))
    response.json(settings())
  })
}
