import * as http from "node:http"
import type { AddressInfo } from "node:net"
import { bank } from "../src/bank/Bank.ts"
import { ecommpay } from "../src/ecommpay-lv/Ecommpay.ts"
import { sign } from "../src/ecommpay-lv/Signature.ts"
import { isWireObject, readWireJson, type WireObject, type WireValue } from "../src/ecommpay-lv/WireJson.ts"
import { mountControl } from "../src/kernel/controlApi.ts"
import { createWorld } from "../src/kernel/createWorld.ts"

/** A callback as the merchant received it. */
export interface Received {
  readonly path: string
  readonly raw: string
  readonly body: WireObject
  readonly contentType: string
}

/** The merchant's own server: takes callbacks and payers who come back. */
export interface Merchant {
  readonly url: string
  readonly received: Array<Received>
  /** Status that the next callbacks are answered with. */
  answer: number
}

export const at = (value: WireValue | undefined, ...path: ReadonlyArray<string | number>): WireValue | undefined => {
  let here = value
  for (const name of path) {
    if (Array.isArray(here)) here = here.at(Number(name))
    else if (isWireObject(here)) here = here[name]
    else return undefined
  }
  return here
}

/** The text or number found there, as text; empty when there is none. */
export const textAt = (value: WireValue | undefined, ...path: ReadonlyArray<string | number>): string => {
  const found = at(value, ...path)
  return typeof found === "string" || typeof found === "number" ? String(found) : ""
}

export const objectOf = (text: string): WireObject => {
  const value = readWireJson(text)
  if (!isWireObject(value)) throw new TypeError("not an object")
  return value
}

const openMerchant = async () => {
  const merchant: Merchant = { url: "", received: [], answer: 200 }
  const server = http.createServer((request, response) => {
    const parts: Array<Buffer> = []
    request.on("data", (part: Buffer) => parts.push(part))
    request.on("end", () => {
      const raw = Buffer.concat(parts).toString("utf8")
      if (request.method === "POST") {
        const contentType = request.headers["content-type"] ?? ""
        merchant.received.push({ path: request.url ?? "", raw, body: objectOf(raw), contentType })
      }
      response.statusCode = merchant.answer
      response.end()
    })
  })
  await new Promise<void>((resolve) => {
    server.listen({ host: "127.0.0.1", port: 0 }, resolve)
  })
  // A listening TCP server's address is an AddressInfo.
  const { port } = server.address() as AddressInfo
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { merchant: Object.assign(merchant, { url: `http://127.0.0.1:${port}` }), close }
}

export interface Answer {
  readonly status: number
  readonly text: string
  readonly location: string | null
}

export const call = async (url: string, init?: RequestInit): Promise<Answer> => {
  const response = await fetch(url, { ...init, redirect: "manual" })
  return { status: response.status, text: await response.text(), location: response.headers.get("location") }
}

export const postForm = (url: string, form: Readonly<Record<string, string>>): Promise<Answer> =>
  call(url, { method: "POST", body: new URLSearchParams(form) })

/** Starts bank and ecommpay on a world of their own, with the clock at noon of 1 December 2026, and a merchant. */
export const startEcommpay = async () => {
  const logs: Array<string> = []
  const start = Date.parse("2026-12-01T12:00:00Z")
  const owned = await createWorld({ host: "127.0.0.1", portBase: 0, seed: 7, start, log: (line) => logs.push(line) })
  const { world } = owned
  const running = [await bank().start(world), await ecommpay().start(world)]
  mountControl(world, running, owned.reset)
  const ready = objectOf(JSON.stringify(Object.assign({}, ...running.map((one) => one.ready))))
  const { merchant, close: closeMerchant } = await openMerchant()
  const text = (...path: ReadonlyArray<string | number>): string => textAt(ready, ...path)
  const gate = text("ecommpay", "gate")
  const secret = text("ecommpay", "projects", 0, "secret")

  const send = async (method: string, path: string, body?: unknown) => {
    const json = { "content-type": "application/json" }
    const init = body === undefined ? {} : { headers: json, body: JSON.stringify(body) }
    const answer = await call(`${world.base.control}${path}`, { method, ...init })
    return { status: answer.status, body: objectOf(answer.text) }
  }

  const control = {
    get: (path: string) => send("GET", path),
    post: (path: string, body: unknown) => send("POST", path, body),
    patch: (path: string, body: unknown) => send("PATCH", path, body)
  }
  await control.patch("/ecommpay/projects/200", { callbackUrl: `${merchant.url}/callbacks` })

  const postGate = async (path: string, body: WireObject | string): Promise<Answer & { readonly body: WireObject }> => {
    const init = { method: "POST", headers: { "content-type": "application/json" } }
    const answer = await call(`${gate}${path}`, {
      ...init,
      body: typeof body === "string" ? body : JSON.stringify(body)
    })
    const value = readWireJson(answer.text)
    return { ...answer, body: isWireObject(value) ? value : { list: value } }
  }

  /** Signs into `general.signature`. */
  const signed = (body: WireObject, key = secret): WireObject => {
    const general = isWireObject(body["general"]) ? body["general"] : {}
    return { ...body, general: { ...general, signature: sign(body, key) } }
  }

  const sale = (paymentId: string, changes: WireObject = {}): WireObject => ({
    general: { project_id: 200, payment_id: paymentId },
    payment: { amount: 1200, currency: "EUR", description: "Nodeva 2026-17" },
    customer: { id: "c-1", ip_address: "192.0.2.7" },
    account: { bank_id: 1981 },
    return_url: { return: `${merchant.url}/return` },
    ...changes
  })

  const payout = (paymentId: string, changes: WireObject = {}): WireObject => ({
    general: { project_id: 200, payment_id: paymentId },
    payment: { amount: 500, currency: "EUR", description: "Atmaksa" },
    customer: {
      id: "c-1",
      ip_address: "192.0.2.7",
      first_name: "Paraugs",
      last_name: "Piemers",
      email: "paraugs@example.org",
      address: "Brivibas iela 1",
      city: "Riga",
      zip: "LV-1010"
    },
    account: { number: "LV80 BANK 0000 4351 9500 1", customer_name: "Paraugs Piemers" },
    ...changes
  })

  const pageCall = (paymentId: string, changes: Readonly<Record<string, string>> = {}, key = secret) => {
    const parameters: Record<string, string> = {
      project_id: "200",
      payment_id: paymentId,
      payment_amount: "1200",
      payment_currency: "EUR",
      customer_id: "c-1",
      payment_description: "Nodeva 2026-17",
      force_payment_method: "online-latvian-banks",
      merchant_return_url: `${merchant.url}/return?case=9`,
      ...changes
    }
    return { ...parameters, signature: sign(parameters, key) }
  }

  return {
    world,
    logs,
    merchant,
    ready,
    gate,
    secret,
    control,
    postGate,
    signed,
    sale,
    payout,
    pageCall,
    paymentPage: text("ecommpay", "paymentPage"),
    pages: world.base.pages,
    /** Lets pass what is due and what receivers take to answer. */
    advance: (millis: number) => world.clock.advance(millis),
    status: (paymentId: string) =>
      postGate("/v2/payment/status", signed({ general: { project_id: 200, payment_id: paymentId } })),
    /** The payment's status and the operation's type and status of every callback received. */
    story: (): ReadonlyArray<string> =>
      merchant.received.map(({ body }) =>
        [
          textAt(body, "payment", "status"),
          textAt(body, "operation", "type"),
          textAt(body, "operation", "status")
        ].join(" | ")
      ),
    close: async (): Promise<void> => {
      await owned.close()
      await closeMerchant()
    }
  }
}

export type EcommpaySandbox = Awaited<ReturnType<typeof startEcommpay>>
