import { type Law, lawPage } from "./Law.ts"

/** A broken law as its adapter's author reads it: what was seen, why it matters, what to do, and where more is said. */
export const describeFailure = (law: Law, error = ""): string =>
  [error, law.reason, `What to do: ${law.duty}`, `More: ${lawPage(law)}`].join("\n")
