import { assert } from "vitest"
import { type Sandbox, startSandbox } from "@maksa/sandbox"

/** The simulator of the provider, and what its control API does for a test. */
export interface Provider {
  readonly sandbox: Sandbox
  readonly projectId: number
  readonly secret: string
  readonly endpoints: { readonly paymentPage: string; readonly gate: string; readonly dataApi: string }
  readonly dataApi: { readonly token: string; readonly secret: string }
  control(method: string, path: string, body?: unknown): Promise<unknown>
  settings(change: object): Promise<unknown>
  payer(paymentId: string, body: object): Promise<unknown>
  outcome(paymentId: string, body: object): Promise<unknown>
  /** Lets the simulator's time pass and waits for every callback that becomes due. */
  pass(millis: number): Promise<void>
}

export const openSandbox = async (): Promise<Provider> => {
  const sandbox = await startSandbox({ seed: 11 })
  const [project] = sandbox.ready.ecommpay.projects
  if (project === undefined) return assert.fail("the sandbox has no project")
  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${sandbox.ready.control}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } })
    })
    const text = await response.text()
    assert.isBelow(response.status, 300, `${method} ${path}: ${text}`)
    return JSON.parse(text)
  }
  return {
    sandbox,
    projectId: project.projectId,
    secret: project.secret,
    endpoints: {
      paymentPage: sandbox.ready.ecommpay.paymentPage,
      gate: sandbox.ready.ecommpay.gate,
      dataApi: sandbox.ready.ecommpay.dataApi
    },
    dataApi: { token: project.dataToken, secret: project.dataSecret },
    control,
    settings: (change) => control("PATCH", `/ecommpay/projects/${project.projectId}`, change),
    payer: (paymentId, body) => control("POST", `/ecommpay/payments/${paymentId}/payer`, body),
    outcome: (paymentId, body) => control("POST", `/ecommpay/payments/${paymentId}/outcome`, body),
    pass: async (millis) => {
      await sandbox.clock.advance(millis)
    }
  }
}
