import { readFile } from "node:fs/promises"
import { startSandbox, type Sandbox } from "@maksa/sandbox"
import { toDecimal } from "@maksa/core"
import { services } from "./fees/services.ts"

/** What stands for the real providers in this demonstration, and what an agency would get from them. */
export interface Providers {
  /** The simulators themselves: tests make them fail through it. */
  readonly sandbox: Sandbox
  readonly clock: Sandbox["clock"]
  /** Origins to which a form of ours may lead the payer's browser. */
  readonly payerOrigins: ReadonlyArray<string>
  readonly vissMm: {
    readonly paymentRequestService: string
    readonly invoices: string
    /** The agency's client certificate with its encrypted key, PEM. */
    readonly pem: string
    readonly passphrase: string
    readonly ca: string
  }
  readonly ecommpay: {
    readonly projectId: number
    readonly secret: string
    readonly paymentPage: string
    readonly gate: string
  }
  close(): Promise<void>
}

const municipality = { payee: "Paraugu novada pašvaldība", iban: "LV33TREL9220123457000" } as const

const order = async (url: string, method: "POST" | "PATCH", body: object): Promise<void> => {
  const response = await fetch(url, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body)
  })
  if (!response.ok)
    throw new Error(`The sandbox refused to be set up: ${response.status} for ${new URL(url).pathname}.`)
}

/** The service steps that the municipality would have registered in the state's catalogue. */
const registerServices = (control: string): Promise<unknown> =>
  Promise.all(
    services.map((service) => {
      const positions =
        service.pricing === "tariff"
          ? [{ title: service.title, price: service.unitPrice }]
          : [{ title: service.title, price: service.variants[0].price }]
      return order(`${control}/viss-mm/catalogue`, "POST", {
        step: service.serviceStep,
        name: service.title,
        ...municipality,
        positions: positions.map(({ price, title }) => ({
          code: service.position,
          title,
          unitPrice: toDecimal(price)
        }))
      })
    })
  )

/** Starts the sandbox of both providers in this process, its clock ahead of the real one by `clockOffsetMillis`. */
export const startProviders = async (clockOffsetMillis: number, pkiDirectory: string): Promise<Providers> => {
  const sandbox = await startSandbox({
    pkiDirectory,
    ...(clockOffsetMillis === 0 ? {} : { clock: new Date(Date.now() + clockOffsetMillis).toISOString() })
  })
  try {
    const { control, ecommpay, pki, vissMm } = sandbox.ready
    const [project] = ecommpay.projects
    if (project === undefined) throw new Error("The sandbox has no ecommpay project.")
    const [pem, ca] = await Promise.all([
      readFile(pki.clients.a.pem, "utf8"),
      readFile(pki.ca, "utf8"),
      registerServices(control),
      order(`${control}/ecommpay/projects/${project.projectId}`, "PATCH", municipality)
    ])
    const service = new URL(vissMm.wsdl)
    service.search = ""
    return {
      sandbox,
      clock: sandbox.clock,
      payerOrigins: [...new Set([vissMm.ui, ecommpay.paymentPage].map((address) => new URL(address).origin))],
      vissMm: {
        paymentRequestService: service.href,
        invoices: vissMm.invoices,
        pem,
        passphrase: pki.clients.a.passphrase,
        ca
      },
      ecommpay: {
        projectId: project.projectId,
        secret: project.secret,
        paymentPage: ecommpay.paymentPage,
        gate: ecommpay.gate
      },
      close: () => sandbox.close()
    }
  } catch (error) {
    await sandbox.close()
    throw error
  }
}
