import type { Notice, SandboxDriver } from "@maksa/contract-kit"
import { controlClient, type NotificationRecord, startSandbox } from "@maksa/sandbox"
import type { FundsConfirmation } from "../../src/index.ts"
import { factsOf } from "./facts.ts"
import { faultPlans, operationOf } from "./faults.ts"
import { forge } from "./forge.ts"
import { payerAt } from "./payer.ts"
import { paymentsOf, truthsOf } from "./payments.ts"
import { turnsAt } from "./turns.ts"

/** The driver, and what the adapter needs to reach the simulator. */
export interface EcommpayDriver extends SandboxDriver {
  readonly projectId: number
  readonly secret: string
  readonly endpoints: { readonly paymentPage: string; readonly gate: string }
}

const toNotice = ({ id, request }: NotificationRecord): Notice => ({
  id,
  method: "POST",
  url: request.url,
  headers: request.headers,
  body: new Uint8Array(Buffer.from(request.bodyBase64, "base64"))
})

/** Starts the sandbox and drives its ecommpay over the control API alone, as any foreign simulator would be driven. */
export const openEcommpayDriver = async (confirmation: FundsConfirmation): Promise<EcommpayDriver> => {
  const sandbox = await startSandbox({ seed: 11, clock: "2027-03-01T10:00:00Z", frozen: true })
  const { control: address, ecommpay } = sandbox.ready
  const [project, foreignProject] = ecommpay.projects
  if (project === undefined || foreignProject === undefined) throw new Error("the sandbox has two projects")
  const control = controlClient(address)
  const faults = faultPlans(control)
  const payer = payerAt(control)
  const turns = turnsAt(control, confirmation)
  let time = await control.now()
  let hold: string | undefined

  const advance = async (millis: number): Promise<void> => {
    time = await control.advance(millis)
  }
  const prepare = async (): Promise<void> => {
    await control.call("PATCH", `/ecommpay/projects/${project.projectId}`, { confirmation })
  }
  await prepare()

  return {
    name: "ecommpay of @maksa/sandbox",
    facts: factsOf(confirmation),
    projectId: project.projectId,
    secret: project.secret,
    endpoints: { paymentPage: ecommpay.paymentPage, gate: ecommpay.gate },
    now: () => time,
    sync: async () => {
      time = await control.now()
    },
    advance,
    reset: async () => {
      time = await control.reset()
      for (const part of [faults, payer, turns]) part.forget()
      hold = undefined
      await prepare()
    },
    act: async (attempt, act) => {
      const seen = await payer.act(attempt, act)
      // The callbacks that the act caused have arrived.
      await advance(0)
      return seen
    },
    turn: async (attempt, turn) => {
      await turns.turn(attempt, turn)
      await advance(0)
    },
    truth: async (attempt) => truthsOf(await paymentsOf(control, attempt)),
    notices: {
      hold: async () => {
        hold ??= await control.plan({ operation: "notification", kind: "hold", match: { simulator: "ecommpay" } })
      },
      release: async () => {
        if (hold !== undefined) await control.clearFault(hold)
        hold = undefined
      },
      list: async () =>
        (await control.notifications()).filter(({ simulator }) => simulator === "ecommpay").map(toNotice),
      forge: async (notice, forgery) => forge(notice, forgery, { foreignProject }),
      // "Callbacks": delivered is HTTP 200 alone.
      isRetriedAfter: (status) => status !== 200
    },
    faults,
    calls: async () =>
      (await control.calls()).flatMap(({ at, digest, operation, simulator }) =>
        simulator === "ecommpay" && digest !== undefined
          ? [{ operation: operationOf(operation), at: Date.parse(at), digest }]
          : []
      ),
    [Symbol.asyncDispose]: () => sandbox.close()
  }
}
