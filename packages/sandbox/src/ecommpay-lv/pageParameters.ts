import { largestLimit } from "./Banks.ts"
import { isPaymentId } from "./gateEnvelope.ts"
import type { FindProject, Project } from "./Project.ts"
import { isSignedWith } from "./Signature.ts"

/** The values of a Payment Page call as the payer's browser sent them, by parameter name. */
export type PageParameters = Readonly<Record<string, string>>

/** Why the page was not opened; the payer sees a page without details, the reason goes to the sandbox's log. */
export type PageProblem = "missing" | "signature" | "project" | "value" | "expired"

export class PageRefusal extends Error {
  readonly problem: PageProblem
  readonly parameter: string
  constructor(problem: PageProblem, parameter: string) {
    super(`Payment Page refused: ${problem} (${parameter})`)
    this.name = "PageRefusal"
    this.problem = problem
    this.parameter = parameter
  }
}

const required = ["project_id", "payment_id", "payment_amount", "payment_currency", "customer_id", "signature"]
const longest = 255
const longText: ReadonlySet<string> = new Set(["payment_methods_options", "receipt_data", "booking_info", "signature"])
const farthestDeadlineMillis = 30 * 24 * 3600 * 1000

const checkValues = (parameters: PageParameters): void => {
  for (const [name, value] of Object.entries(parameters)) {
    // `;` separates parameters in the signed text and is therefore forbidden in values (ecommpay, "Signature").
    if (value.includes(";")) throw new PageRefusal("value", name)
    const isAddress = name.endsWith("_url") || name.startsWith("redirect_")
    if (!longText.has(name) && value.length > (isAddress ? 2048 : longest)) throw new PageRefusal("value", name)
    if (name.endsWith("_url") && value !== "" && !/^https?:\/\/./i.test(value)) throw new PageRefusal("value", name)
  }
}

const checkRequired = (parameters: PageParameters): void => {
  const absent = required.find((name) => (parameters[name] ?? "") === "")
  if (absent !== undefined) throw new PageRefusal("missing", absent)
}

const checkMethod = (parameters: PageParameters, { settings }: Project): void => {
  if (parameters["payment_currency"] !== "EUR") throw new PageRefusal("value", "payment_currency")
  const amount = parameters["payment_amount"] ?? ""
  if (!/^[1-9]\d{0,13}$/.test(amount) || BigInt(amount) > BigInt(largestLimit(settings)))
    throw new PageRefusal("value", "payment_amount")
  if (!isPaymentId(parameters["payment_id"] ?? "")) throw new PageRefusal("value", "payment_id")
  if ((parameters["mode"] ?? "purchase") !== "purchase") throw new PageRefusal("value", "mode")
  if ((parameters["operation_type"] ?? "sale") !== "sale") throw new PageRefusal("value", "operation_type")
}

/** Checks a call of the page: everything required, a known project, its signature over the values as text, then the values. */
export const checkPageCall = (parameters: PageParameters, findProject: FindProject): Project => {
  checkRequired(parameters)
  const projectText = parameters["project_id"] ?? ""
  const project = /^\d{1,10}$/.test(projectText) ? findProject(Number(projectText)) : undefined
  if (project === undefined) throw new PageRefusal("project", "project_id")
  if (!isSignedWith(parameters, parameters["signature"] ?? "", project.secret)) {
    throw new PageRefusal("signature", "signature")
  }
  checkValues(parameters)
  checkMethod(parameters, project)
  return project
}

const deadlineShape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d(?::\d\d)?$/

/** `best_before` as epoch milliseconds; more than 30 days ahead it is ignored, as documented. */
export const readBestBefore = (parameters: PageParameters, now: number): number | undefined => {
  const text = parameters["best_before"]
  if (text === undefined || text === "") return undefined
  const at = deadlineShape.test(text) ? Date.parse(/[+-]\d\d$/.test(text) ? `${text}:00` : text) : Number.NaN
  if (Number.isNaN(at)) throw new PageRefusal("value", "best_before")
  if (at <= now) throw new PageRefusal("expired", "best_before")
  return at > now + farthestDeadlineMillis ? undefined : at
}
