import { describe, it } from "vitest"
import type { BindingCase } from "./http/BindingCase.ts"
import { makeBindingWorld } from "./http/BindingWorld.ts"
import { answers } from "./http/cases/answers.ts"
import { bytes } from "./http/cases/bytes.ts"
import { failures } from "./http/cases/failures.ts"
import { methods } from "./http/cases/methods.ts"
import { parsers } from "./http/cases/parsers.ts"
import { requests } from "./http/cases/requests.ts"
import { routes } from "./http/cases/routes.ts"
import { sizes } from "./http/cases/sizes.ts"
import { slowness } from "./http/cases/slowness.ts"
import type { HttpBinding } from "./http/HttpBinding.ts"
import type { LawResult } from "./provider/Report.ts"

/** Everything that a binding promises, as data: for another test runner, or to try the cases on a broken binding. */
export const bindingCases: ReadonlyArray<BindingCase> = [
  ...bytes,
  ...parsers,
  ...sizes,
  ...slowness,
  ...methods,
  ...requests,
  ...routes,
  ...answers,
  ...failures
]

/**
 * Tries one case in a world of its own. Rejects, with what was seen, where the binding breaks the promise or leaves a
 * client waiting for longer than `withinMillis`.
 */
export const tryBindingCase = async (
  { check, id }: BindingCase,
  binding: HttpBinding,
  withinMillis = 20_000
): Promise<void> => {
  const world = makeBindingWorld(binding)
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`${id}: nothing came for ${withinMillis} ms`)), withinMillis)
  const checked = check(world)
  // After the deadline nobody waits for it any more.
  checked.catch(() => {})
  try {
    await Promise.race([checked, late.promise])
  } finally {
    clearTimeout(timer)
    await world[Symbol.asyncDispose]()
  }
}

/** Runs the suite outside a test runner. Never rejects: what failed is in the results. */
export const checkHttpBinding = async (binding: HttpBinding): Promise<ReadonlyArray<LawResult>> => {
  const results: Array<LawResult> = []
  for (const one of bindingCases) {
    const reason = one.exempt?.(binding)
    if (reason !== undefined) {
      results.push({ law: one.id, outcome: "exempt", reason, millis: 0 })
      continue
    }
    const start = performance.now()
    const failure = await tryBindingCase(one, binding).then(
      () => undefined,
      (error: unknown) => ({ error: error instanceof Error ? error.message : String(error) })
    )
    const millis = Math.round(performance.now() - start)
    results.push({ law: one.id, outcome: failure === undefined ? "passed" : "failed", ...failure, millis })
  }
  return results
}

/**
 * Registers the binding suite with vitest. A binding that passes it carries webhooks and payers' pages of core unchanged.
 *
 * Each case starts servers of its own on 127.0.0.1. A case for which the framework lacks something is reported as skipped,
 * with the reason.
 */
export const httpBindingContract = (binding: HttpBinding): void => {
  describe(`http binding contract: ${binding.name}`, () => {
    for (const one of bindingCases) {
      it(`${one.area}: ${one.id}: ${one.sentence}`, async (context) => {
        const reason = one.exempt?.(binding)
        if (reason !== undefined) context.skip(reason)
        await tryBindingCase(one, binding)
      })
    }
  })
}
