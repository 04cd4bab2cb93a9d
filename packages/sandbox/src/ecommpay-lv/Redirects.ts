import type { World } from "../kernel/World.ts"
import type { RedirectData } from "./MessageBody.ts"
import type { PaymentRecord } from "./PaymentRecord.ts"
import type { FindProject } from "./Project.ts"
import { defaultSettings } from "./ProjectSettings.ts"
import { widgetBody } from "./widget/widgetBody.ts"
import { widgetToken } from "./widget/widgetToken.ts"

/** Where the payers of Gate's merchants are sent (method page, "Formats of data for redirecting users"). */
export interface Redirects {
  /** A new address; an earlier one is void. */
  give(record: PaymentRecord): void
  /** What the merchant is told while the payer is awaited. */
  of(record: PaymentRecord): RedirectData | undefined
}

export const createRedirects = (world: World, findProject: FindProject): Redirects => ({
  give: (record) => {
    record.redirectToken = world.random.hex(32)
    const project = findProject(record.request.projectId)
    const { redirectVariant, widgetBanks } = project?.settings ?? defaultSettings
    const isWidget = redirectVariant === 1 || (record.bankId !== undefined && widgetBanks.includes(record.bankId))
    record.widgetToken = isWidget && project !== undefined ? widgetToken(record, project.secret) : undefined
  },
  of: (record) => {
    if (record.redirectToken === undefined || record.status !== "awaiting redirect result") return undefined
    if (record.request.channel !== "gate") return undefined
    const { redirectMethod: method, returnUrl } = findProject(record.request.projectId)?.settings ?? defaultSettings
    const url = `${world.base.pages}/ecommpay/redirect/${record.redirectToken}`
    if (record.widgetToken !== undefined) {
      return { url, method: "POST", body: widgetBody(record, { pages: world.base.pages, redirectUrl: url, returnUrl }) }
    }
    return { url, method, body: method === "POST" ? { request_token: record.redirectToken } : {} }
  }
})
