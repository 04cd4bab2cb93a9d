import { badInput } from "./ControlError.ts"
import type { FaultRule } from "./Faults.ts"

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const wholeNumber = (body: Record<string, unknown>, name: string, least: number): number | undefined => {
  const value = body[name]
  if (value === undefined) return undefined
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < least) {
    throw badInput(`${name} must be a whole number of at least ${least}`)
  }
  return value
}

const text = (body: Record<string, unknown>, name: string): string => {
  const value = body[name]
  if (typeof value !== "string" || value === "") throw badInput(`${name} must be a text`)
  return value
}

/** Reads the body of `POST /faults`. */
export const readFault = (body: unknown): Omit<FaultRule, "id"> => {
  if (!isObject(body)) throw badInput("give {operation, kind, phase, match?, times?, delayMillis?, status?}")
  const phase = body["phase"] ?? "before"
  if (phase !== "before" && phase !== "after") throw badInput('phase must be "before" or "after"')
  const match = body["match"]
  if (match !== undefined && !isObject(match)) throw badInput("match must be an object")
  const times = wholeNumber(body, "times", 1)
  const delayMillis = wholeNumber(body, "delayMillis", 0)
  const status = wholeNumber(body, "status", 200)
  return {
    operation: text(body, "operation"),
    kind: text(body, "kind"),
    phase,
    ...(match === undefined ? {} : { match }),
    ...(times === undefined ? {} : { times }),
    ...(delayMillis === undefined ? {} : { delayMillis }),
    ...(status === undefined ? {} : { status })
  }
}
