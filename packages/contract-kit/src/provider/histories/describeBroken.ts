import type { BrokenReport } from "./runHistories.ts"

/** A failure as people read it: what was broken, the shrunk history, and one line that repeats it. */
export const describeBroken = ({ error, history, replay, shrinks }: BrokenReport, file: string): string =>
  [
    error,
    `after ${history.length} steps (made smaller ${shrinks} times):`,
    ...history.map((step) => `  ${JSON.stringify(step)}`),
    `maksa-contract histories ${file} ${replay}`
  ].join("\n")
