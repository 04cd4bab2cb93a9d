import type { Request, Response } from "express"
import type { BankDesk, BankResult, BankVisit } from "../kernel/BankDesk.ts"
import { unknownId } from "../kernel/ControlError.ts"
import type { RunningSimulator, Simulator } from "../kernel/Simulator.ts"
import type { World } from "../kernel/World.ts"
import type { BankLanguage } from "./bankTexts.ts"
import { decisionPage, donePage, unknownPage } from "./bankPage.ts"
import { pageHeaders } from "./html.ts"

interface OpenVisit {
  readonly visit: BankVisit
  /** The first decision; a second press of a button waits for it and changes nothing. */
  decision: { readonly result: BankResult; readonly next: Promise<string> } | undefined
}

const isBankResult = (value: unknown): value is BankResult =>
  value === "confirm" || value === "refuse" || value === "leave"

interface Desk extends BankDesk {
  find(token: string): OpenVisit | undefined
  decideVisit(open: OpenVisit, result: BankResult): Promise<string>
  clear(): void
}

const createDesk = (world: World): Desk => {
  const visits = new Map<string, OpenVisit>()

  const decideVisit = (open: OpenVisit, result: BankResult): Promise<string> => {
    open.decision ??= { result, next: open.visit.onResult(result) }
    return open.decision.next
  }

  return {
    find: (token) => visits.get(token),
    decideVisit,
    clear: () => visits.clear(),
    open: (visit) => {
      const token = world.random.hex(32)
      visits.set(token, { visit, decision: undefined })
      return `${world.base.pages}/bank/${token}`
    },
    decide: async (url, result) => {
      const prefix = `${world.base.pages}/bank/`
      const open = url.startsWith(prefix) ? visits.get(url.slice(prefix.length)) : undefined
      if (open === undefined) throw unknownId("page of the bank")
      return decideVisit(open, result)
    }
  }
}

const send = (response: Response, status: number, html: string): void => {
  response.status(status).set(pageHeaders).send(html)
}

const languageOf = (request: Request): BankLanguage => {
  const language = request.acceptsLanguages("lv", "ru", "en")
  return language === "lv" || language === "ru" ? language : "en"
}

const mountPages = (world: World, desk: Desk): void => {
  world.pages.get("/bank/:token", async (request, response) => {
    const open = desk.find(request.params.token)
    if (open === undefined) {
      send(response, 404, unknownPage(languageOf(request)))
    } else if (open.decision === undefined) {
      send(response, 200, decisionPage(open.visit, `/bank/${request.params.token}`))
    } else {
      send(response, 200, donePage(open.visit, open.decision.result === "leave", await open.decision.next))
    }
  })

  world.pages.post("/bank/:token", async (request, response) => {
    const open = desk.find(request.params.token)
    const body: unknown = request.body
    const result = typeof body === "object" && body !== null && "result" in body ? body.result : undefined
    if (open === undefined) {
      send(response, 404, unknownPage(languageOf(request)))
    } else if (isBankResult(result)) {
      response.redirect(303, await desk.decideVisit(open, result))
    } else {
      send(response, 400, decisionPage(open.visit, `/bank/${request.params.token}`))
    }
  })
}

/** Needs no certificates, so that a test may start it on a world alone. */
export interface BankSimulator extends Simulator {
  start(world: World): Promise<RunningSimulator>
}

/** The bank of both simulators: its desk, and the pages under `/bank/` on which payers confirm, refuse or walk away. */
export const bank = (): BankSimulator => ({
  name: "bank",
  start: (world) => {
    const desk = createDesk(world)
    world.useBank(desk)
    world.onReset(() => desk.clear())
    mountPages(world, desk)
    return Promise.resolve({
      ready: { bank: `${world.base.pages}/bank/` },
      payments: () => [],
      payment: () => undefined,
      close: () => Promise.resolve()
    })
  }
})
