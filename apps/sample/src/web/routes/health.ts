import { type CheckResult, isPaymentError } from "@maksa/core"
import type { Express } from "express"
import type { Site } from "../Site.ts"

const instances = ["viss-mm", "ecommpay-lv"] as const
/** A monitor that asks every second must not become a load on the providers. */
const keepMillis = 15_000

interface Health {
  readonly status: "ok" | "warning" | "failing"
  readonly store: "ok" | "failing"
  readonly instances: Readonly<Record<string, ReadonlyArray<CheckResult>>>
}

/** What health is asked of. */
export interface Watched extends Pick<Site, "runId"> {
  readonly payments: Pick<Site["payments"], "list" | "check">
}

const checkAll = async ({ payments }: Watched): Promise<Health> => {
  const store = await payments.list({ limit: 1 }).then(
    () => "ok" as const,
    () => "failing" as const
  )
  const checked = await Promise.all(
    instances.map(async (instance): Promise<readonly [string, ReadonlyArray<CheckResult>]> => {
      try {
        return [instance, await payments.check(instance)]
      } catch (error) {
        const message = isPaymentError(error) ? error.reason.message : "The check broke."
        return [instance, [{ name: "check", isOk: false, message }]]
      }
    })
  )
  const results = checked.flatMap(([, ofInstance]) => ofInstance)
  const isOk = store === "ok" && results.every((result) => result.isOk)
  const isWarning = results.some((result) => result.isWarning === true)
  return { status: !isOk ? "failing" : isWarning ? "warning" : "ok", store, instances: Object.fromEntries(checked) }
}

/** `GET /healthz`, and `GET /run/:id` by which a second start on the same data recognises this one. */
export const mountHealth = (app: Express, site: Watched): void => {
  let known: { readonly at: number; readonly health: Promise<Health> } | undefined
  app.get("/healthz", async (_request, response) => {
    // Real time: the shared clock may jump.
    const now = performance.now()
    if (known === undefined || now - known.at > keepMillis) known = { at: now, health: checkAll(site) }
    const health = await known.health
    response.status(health.status === "failing" ? 503 : 200).json(health)
  })
  app.get("/run/:id", (request, response) => {
    response.sendStatus(request.params.id === site.runId ? 204 : 404)
  })
}
