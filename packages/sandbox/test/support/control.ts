import { assert } from "vitest"
import type { Sandbox } from "../../src/index.ts"

export interface ControlAnswer {
  readonly status: number
  readonly body: unknown
}

/** Calls the control API. */
export const control = async (
  sandbox: Sandbox,
  method: string,
  path: string,
  body?: unknown
): Promise<ControlAnswer> => {
  const response = await fetch(`${sandbox.ready.control}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } })
  })
  return { status: response.status, body: await response.json() }
}

/** A member deep inside an unknown value; `undefined` when the way there does not exist. */
export const at = (value: unknown, ...path: ReadonlyArray<string | number>): unknown => {
  let found = value
  for (const key of path) {
    if (typeof found !== "object" || found === null) return undefined
    found = Object.entries(found).find(([name]) => name === String(key))?.[1]
  }
  return found
}

/** A call that must succeed; answers its body. */
export const ok = async (sandbox: Sandbox, method: string, path: string, body?: unknown): Promise<unknown> => {
  const answer = await control(sandbox, method, path, body)
  assert.isBelow(answer.status, 300, JSON.stringify(answer.body))
  return answer.body
}

export const outcome = (sandbox: Sandbox, id: string, body: object): Promise<unknown> =>
  ok(sandbox, "POST", `/viss-mm/requests/${id}/outcome`, body)

export const payer = (sandbox: Sandbox, id: string, body: object): Promise<unknown> =>
  ok(sandbox, "POST", `/viss-mm/requests/${id}/payer`, body)

export const settings = (sandbox: Sandbox, change: object): Promise<unknown> =>
  ok(sandbox, "PATCH", "/viss-mm/settings", change)
