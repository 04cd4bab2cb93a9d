import type { SandboxDriver } from "@maksa/contract-kit"
import { controlClient, openSimulatorClient, startSandbox } from "@maksa/sandbox"
import type { FundsConfirmation } from "../../src/index.ts"
import { factsOf } from "./facts.ts"
import { faultsOf, operationOf } from "./faults.ts"
import { forge } from "./forge.ts"
import { payerAt } from "./payer.ts"
import { paymentsOf, truthsOf } from "./payments.ts"
import { repaymentsAt } from "./repayments.ts"
import { turnsAt } from "./turns.ts"

/** The driver, and what the adapter needs to reach the simulator. */
export interface EcommpayDriver extends SandboxDriver {
  readonly projectId: number
  readonly secret: string
  readonly endpoints: { readonly paymentPage: string; readonly gate: string; readonly dataApi: string }
  readonly dataApi: { readonly token: string; readonly secret: string }
  /** Changes the project's settings at the simulator, until the next reset. */
  settings(change: object): Promise<unknown>
}

/** Rietumu: the bank whose payers consent first, and are then sent on by a widget. */
export const bankAsking = 2001

/** Starts the sandbox and drives its ecommpay over the control API alone, as any foreign simulator would be driven. */
export const openEcommpayDriver = async (confirmation: FundsConfirmation): Promise<EcommpayDriver> => {
  const sandbox = await startSandbox({ seed: 11, clock: "2027-03-01T10:00:00Z", frozen: true })
  const { control: address, ecommpay } = sandbox.ready
  const [project, foreignProject] = ecommpay.projects
  if (project === undefined || foreignProject === undefined) throw new Error("the sandbox has two projects")
  const control = controlClient(address)
  const simulator = await openSimulatorClient(control, "ecommpay")
  const payer = payerAt(control)
  const turns = turnsAt(control, confirmation)
  const repayments = repaymentsAt(control)
  const settings = (change: object): Promise<unknown> =>
    control.call("PATCH", `/ecommpay/projects/${project.projectId}`, change)
  const prepare = (): Promise<unknown> =>
    settings({
      confirmation,
      consentBanks: [bankAsking],
      widgetBanks: [bankAsking],
      // What the kit knows of a payee: its account and its name.
      payouts: { customerFields: ["ip_address", "first_name", "last_name"] }
    })
  await prepare()

  return {
    name: "ecommpay of @maksa/sandbox",
    facts: factsOf(confirmation),
    projectId: project.projectId,
    secret: project.secret,
    endpoints: { paymentPage: ecommpay.paymentPage, gate: ecommpay.gate, dataApi: ecommpay.dataApi },
    dataApi: { token: project.dataToken, secret: project.dataSecret },
    settings,
    now: simulator.now,
    sync: simulator.sync,
    advance: simulator.advance,
    reset: async () => {
      await simulator.reset()
      for (const part of [payer, turns]) part.forget()
      await prepare()
    },
    act: async (attempt, act) => {
      const seen = await payer.act(attempt, act)
      // The callbacks that the act caused have arrived.
      await simulator.advance(0)
      return seen
    },
    turn: async (attempt, turn) => {
      await turns.turn(attempt, turn)
      await simulator.advance(0)
    },
    truth: async (attempt) => truthsOf(await paymentsOf(control, attempt)),
    repayments: {
      ...repayments,
      turn: async (repaymentId, to) => {
        await repayments.turn(repaymentId, to)
        await simulator.advance(0)
      }
    },
    notices: {
      ...simulator.notifications,
      forge: async (notice, forgery) => forge(notice, forgery, { foreignProject }),
      // "Callbacks": delivered is HTTP 200 alone.
      isRetriedAfter: (status) => status !== 200
    },
    faults: faultsOf(simulator.faults),
    calls: async () => (await simulator.calls()).map((call) => ({ ...call, operation: operationOf(call.operation) })),
    [Symbol.asyncDispose]: () => sandbox.close()
  }
}
