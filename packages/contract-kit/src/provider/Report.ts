import type { Law } from "./Law.ts"

/** What became of one law with one way to order. */
export interface LawResult {
  readonly law: string
  /** Name of the order scenario; absent for a law that needs only the usual one. */
  readonly scenario?: string
  readonly outcome: "passed" | "failed" | "exempt"
  /** Why the manifest does not call for it; only of exempt laws. */
  readonly reason?: string
  /** What was seen; only of failed laws. */
  readonly error?: string
  readonly millis: number
}

/** What the kit says of one adapter on one simulator. */
export interface Report {
  /** What the contract calls the adapter. */
  readonly provider: string
  readonly driver: string
  /** Version of the provider port that the manifest states. */
  readonly port: number
  readonly passed: number
  readonly failed: number
  readonly exempt: number
  readonly results: ReadonlyArray<LawResult>
}

export const makeReport = (
  about: Pick<Report, "provider" | "driver" | "port">,
  results: ReadonlyArray<LawResult>
): Report => {
  const count = (outcome: LawResult["outcome"]) => results.filter((one) => one.outcome === outcome).length
  return { ...about, passed: count("passed"), failed: count("failed"), exempt: count("exempt"), results }
}

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll(/\s+/g, " ").trim()

const name = ({ law, scenario }: LawResult) => `[${law}](#${law})${scenario === undefined ? "" : `, ${scenario}`}`

/**
 * The report as a page: failures first, then what was not tried and why, then what held, and in the end what each law says.
 * Its links stay within it: it is read far from the repository, and years later.
 */
export const toMarkdown = (report: Report, laws: ReadonlyArray<Law>): string => {
  const section = (title: string, outcome: LawResult["outcome"], text: (result: LawResult) => string | undefined) => {
    const rows = report.results.filter((one) => one.outcome === outcome)
    if (rows.length === 0) return []
    const line = (one: LawResult) => [name(one), text(one)].filter((part) => part !== undefined).join(": ")
    return [`## ${title}`, "", ...rows.map((one) => `- ${cell(line(one))}`), ""]
  }
  const tried = laws.filter(({ id }) => report.results.some(({ law }) => law === id))
  return [
    `# ${report.provider} on ${report.driver}`,
    "",
    `Port ${report.port}. ${report.passed} passed, ${report.failed} failed, ${report.exempt} exempt.`,
    "",
    ...section("Failed", "failed", (one) => one.error ?? ""),
    ...section("Exempt", "exempt", (one) => one.reason ?? ""),
    ...section("Passed", "passed", () => undefined),
    "## Laws",
    "",
    ...tried.flatMap(({ id, reason, sentence }) => [`### ${id}`, "", `${sentence} ${reason}`, ""])
  ].join("\n")
}

export const toJson = (report: Report): string => `${JSON.stringify(report, undefined, 2)}\n`
