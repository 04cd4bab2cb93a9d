// The page of figures, from what `maksa-contract histories --json` wrote.

/** What is read of a run's report. */
export interface Run {
  readonly provider: string
  readonly seed: number
  readonly played: number
  readonly seconds: number
  readonly steps: Readonly<Record<string, number>>
  readonly statuses: Readonly<Record<string, number>>
  readonly broken?: { readonly error: string; readonly replay: string }
}

const thousands = (value: number): string => value.toLocaleString("en-US")

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)

const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name.replaceAll("_", " ")} ${thousands(count)}`)
    .join(", ")

/** `date`: when it was measured, ISO 8601. */
export const toPage = (runs: ReadonlyArray<Run>, date: string): string => `# Random histories: the last long run

Written by \`npm run histories\` on ${date}. Each history is a random sequence of orders, payers' acts, providers' turns,
lost and repeated and forged messages, operators' decisions, repayments, faults, wrong clocks and restarts, played against
the provider's simulator and held against a reference model at every step and at rest. The same seed gives the same
histories.

| Provider | Histories | Steps taken | Broken promises | Minutes | Seed |
| --- | ---: | ---: | --- | ---: | ---: |
${runs
  .map(({ broken, played, provider, seconds, seed, steps }) =>
    [
      "",
      provider,
      thousands(played),
      thousands(total(steps)),
      broken === undefined ? "none" : `${broken.error.split("\n")[0] ?? ""} (${broken.replay})`,
      (seconds / 60).toFixed(1),
      seed,
      ""
    ]
      .join(" | ")
      .trim()
  )
  .join("\n")}

${runs
  .map(
    ({ provider, statuses, steps }) => `## ${provider}

- Steps: ${listed(steps)}.
- Payments came to rest as: ${listed(statuses)}.
`
  )
  .join("\n")}`
