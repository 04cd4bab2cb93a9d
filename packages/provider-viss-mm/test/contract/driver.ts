import { createPrivateKey } from "node:crypto"
import { readFile } from "node:fs/promises"
import type { AttemptAtProvider, PageSeen, PayerAct, ProviderTurn, SandboxDriver } from "@maksa/contract-kit"
import { type ClientName, controlClient, openSimulatorClient, startSandbox } from "@maksa/sandbox"
import { portalServices } from "../support/portal.ts"
import { citizen } from "./citizen.ts"
import { facts, portalFacts } from "./facts.ts"
import { type DrivenService, faultsOf, operationOf } from "./faults.ts"
import { requestFinder, truthOf } from "./requests.ts"

export interface VissMmClient {
  readonly pem: string
  readonly passphrase: string
}

/** The driver, and what the adapter needs to reach the simulator. */
export interface VissMmDriver extends SandboxDriver {
  readonly endpoints: {
    readonly paymentRequestService: string
    readonly invoices: string
  }
  readonly paymentApi: string
  /** The portal's services. */
  readonly portal: ReturnType<typeof portalServices> & { readonly kdv: string }
  readonly ca: string
  readonly clients: Readonly<Record<Exclude<ClientName, "b">, VissMmClient>>
}

/** The same certificate and key under a passphrase that no text holds by chance, so that it can be searched for. */
const ownKey = (pem: string, passphrase: string): VissMmClient => {
  const own = "canary-passphrase-4f1b"
  const key = createPrivateKey({ key: pem, passphrase }).export({
    type: "pkcs8",
    format: "pem",
    cipher: "aes-256-cbc",
    passphrase: own
  })
  const certificates = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\r?\n/g) ?? []
  return { pem: [...certificates, key].join(""), passphrase: own }
}

/** A page as a browser would open it; its language is the page's own. */
const openPage = async (url: string): Promise<PageSeen> => {
  const response = await fetch(url)
  const language = /<html lang="([a-z]{2})"/.exec(await response.text())?.[1]
  if (!response.ok) throw new Error(`MM's page answered ${response.status}`)
  return { url, ...(language === undefined ? {} : { language }) }
}

/** Another status in an IVIS message. */
const flipped = (message: string): string =>
  message.replace(/(<RequestStatus>)(\w)/, (_whole, tag: string, status) => `${tag}${status === "E" ? "R" : "E"}`)

/**
 * Finds an unpaid request in the portal's document list, as the payer whose code was in it. The page that follows has a
 * language, but it is the portal's and the citizen's affair: nothing that we sent chose it.
 */
const openFromList = async (list: string, id: string): Promise<PageSeen> => {
  const body = new URLSearchParams({ code: citizen.code })
  const html = await (await fetch(list, { method: "POST", body })).text()
  const link = [...html.matchAll(/data-action="pay" href="([^"]+)"/g)].find(([, url]) => url?.includes(id))?.[1]
  if (link === undefined) throw new Error("The document list does not offer the request.")
  const { url } = await openPage(link.replaceAll("&amp;", "&"))
  return { url }
}

const asDelivered = (status: number): boolean => status >= 200 && status < 300

/** Starts the sandbox and drives its VISS MM over the control API alone, as any foreign simulator would be driven. */
export const openVissMmDriver = async (service: DrivenService = "x509"): Promise<VissMmDriver> => {
  const sandbox = await startSandbox({ seed: 11, clock: "2027-03-01T10:00:00Z", frozen: true })
  const { ready } = sandbox
  const control = controlClient(ready.control)
  const requests = requestFinder(control)
  const simulator = await openSimulatorClient(control, "vissMm")
  const readClient = async (name: ClientName): Promise<VissMmClient> =>
    ownKey(await readFile(ready.pki.clients[name].pem, "utf8"), ready.pki.clients[name].passphrase)
  const clients = {
    a: await readClient("a"),
    expired: await readClient("expired"),
    unknownCa: await readClient("unknownCa")
  }
  /** Waits for the notices that an event caused. */
  const settle = (): Promise<void> => simulator.advance(0)

  const payer = async (id: string, body: object): Promise<{ readonly url?: string; readonly redirect?: string }> =>
    (await control.call("POST", `/viss-mm/requests/${id}/payer`, body)) as { url?: string; redirect?: string } // documented

  const decide = async (attempt: AttemptAtProvider, action: "confirm" | "refuse" | "leave"): Promise<PageSeen> => {
    const { pageUrl, paymentId, status } = await requests.one(attempt)
    const bank = status === "P" ? await payer(paymentId, { action: "choose_bank" }) : {}
    const { redirect, url = bank.url ?? pageUrl } = await payer(paymentId, { action })
    await settle()
    return { url, ...(redirect === undefined ? {} : { leadsTo: redirect }) }
  }

  const acts: Readonly<Record<PayerAct, (attempt: AttemptAtProvider) => Promise<PageSeen>>> = {
    open: async (attempt) => {
      const { nextAction } = attempt
      if (nextAction?._tag === "redirect") return openPage(nextAction.url)
      const { pageUrl, paymentId } = await requests.one(attempt)
      return nextAction?._tag === "pay_elsewhere" ? openFromList(ready.vissMm.kdv, paymentId) : openPage(pageUrl)
    },
    pay: (attempt) => decide(attempt, "confirm"),
    refuse: (attempt) => decide(attempt, "refuse"),
    leave: (attempt) => decide(attempt, "leave")
  }

  const outcome = (id: string, body: object, { late = false }: ProviderTurn): Promise<unknown> =>
    control.call("POST", `/viss-mm/requests/${id}/outcome`, { ...body, force: late })

  const turn = async (attempt: AttemptAtProvider, wanted: ProviderTurn): Promise<void> => {
    const { expiresAt, paymentId } = await requests.one(attempt)
    const { amount } = wanted
    switch (wanted.to) {
      case "working":
        await outcome(paymentId, { status: "P" }, wanted)
        break
      case "received":
        await outcome(
          paymentId,
          {
            status: "E",
            ...(amount === undefined ? {} : { amountMinor: String(amount.minorUnits), currency: amount.currency })
          },
          wanted
        )
        break
      case "refused":
        await outcome(paymentId, { status: "R" }, wanted)
        break
      case "undone":
        await outcome(paymentId, { status: "R" }, { ...wanted, late: true })
        break
      case "lapsed":
        // Only the deadline lets a request lapse (guide 2.3).
        await simulator.advance(Math.max(0, Date.parse(expiresAt) - simulator.now()))
        break
      case "unknown_word":
        // The guide leaves it open what O means.
        await outcome(paymentId, { status: "O" }, wanted)
        break
      default:
        throw new Error(`MM has nothing that says ${wanted.to}`)
    }
    await settle()
  }

  const prepare = async (): Promise<void> => {
    // The guide is silent about repeats; with some, the answer to a notice matters.
    await control.call("PATCH", "/viss-mm/settings", { notificationRetries: 3, notificationRetryEvery: "PT10M" })
  }
  await prepare()

  return {
    name: "VISS MM of @maksa/sandbox",
    facts: service.startsWith("portal") ? portalFacts : facts,
    endpoints: {
      paymentRequestService: ready.vissMm.wsdl,
      invoices: ready.vissMm.invoices
    },
    paymentApi: ready.vissMm.paymentApi,
    portal: { ...portalServices(sandbox), kdv: ready.vissMm.kdv },
    ca: await readFile(ready.pki.ca, "utf8"),
    clients,
    now: simulator.now,
    sync: simulator.sync,
    advance: simulator.advance,
    reset: async () => {
      await simulator.reset()
      requests.forget()
      await prepare()
    },
    act: (attempt, act) => acts[act](attempt),
    turn,
    truth: async (attempt) => (await requests.all(attempt)).map(truthOf),
    notices: {
      ...simulator.notifications,
      // No notice is signed, and a call of ServerResponseUrl has no content either; anybody can make the same one.
      forge: async (notice, forgery) => {
        if (forgery === "invented") return { ...notice, id: `${notice.id}-invented` }
        return forgery === "flipped" && notice.body.byteLength > 0
          ? { ...notice, body: new TextEncoder().encode(flipped(new TextDecoder().decode(notice.body))) }
          : undefined
      },
      isRetriedAfter: (status) => !asDelivered(status)
    },
    faults: faultsOf(service, simulator.faults),
    calls: async () =>
      (await simulator.calls()).map((call) => ({ ...call, operation: operationOf(service, call.operation) })),
    [Symbol.asyncDispose]: () => sandbox.close()
  }
}
