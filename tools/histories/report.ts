// The page of figures, from what `maksa-contract histories --json` wrote.

/** What is read of a run's report. */
export interface Played {
  readonly provider: string
  readonly seed: number
  readonly played: number
  readonly seconds: number
  readonly steps: Readonly<Record<string, number>>
  readonly statuses: Readonly<Record<string, number>>
  readonly broken?: { readonly error: string; readonly replay: string }
}

/** A run, and the day it was made, ISO 8601. */
export interface Run extends Played {
  readonly date: string
}

const thousands = (value: number): string => value.toLocaleString("en-US")

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)

const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name.replaceAll("_", " ")} ${thousands(count)}`)
    .join(", ")

const merged = (all: ReadonlyArray<Readonly<Record<string, number>>>): Record<string, number> => {
  const sums: Record<string, number> = {}
  for (const counts of all) for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + count
  return Object.fromEntries(Object.entries(sums).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

const row = ({ broken, date, played, provider, seconds, seed, steps }: Run): string =>
  `| ${[
    provider,
    thousands(played),
    thousands(total(steps)),
    broken === undefined ? "none" : `${broken.error.split("\n")[0] ?? ""} (${broken.replay})`,
    (seconds / 60).toFixed(1),
    seed,
    date
  ].join(" | ")} |`

const section = (provider: string, runs: ReadonlyArray<Run>): string => `## ${provider}

- Histories: ${thousands(runs.reduce((sum, { played }) => sum + played, 0))}.
- Steps: ${listed(merged(runs.map(({ steps }) => steps)))}.
- Payments came to rest as: ${listed(merged(runs.map(({ statuses }) => statuses)))}.
`

export const toPage = (runs: ReadonlyArray<Run>): string => {
  const byProvider = Map.groupBy(runs, ({ provider }) => provider)
  return `# Random histories: the long runs

Written by \`npm run histories\`. Each history is a random sequence of orders, payers' acts, providers' turns, lost and
repeated and forged messages, operators' decisions, repayments, faults, wrong clocks and restarts, played against the
provider's simulator and held against a reference model at every step and at rest. The same seed gives the same histories
of the same day's code.

${thousands(runs.reduce((sum, { played }) => sum + played, 0))} histories in all.

| Provider | Histories | Steps taken | Broken promises | Minutes | Seed | Made on |
| --- | ---: | ---: | --- | ---: | ---: | --- |
${runs.map(row).join("\n")}

${[...byProvider].map(([provider, own]) => section(provider, own)).join("\n")}`
}
