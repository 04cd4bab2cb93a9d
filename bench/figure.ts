/** A figure: `ratio` is the median over interleaved rounds; it is reached when the median is not beyond `goal`. */
export interface Figure {
  readonly id: string
  readonly ratio: number
  readonly min: number
  readonly max: number
  readonly goal: number
  /** For costs: the ratio should stay at or below the goal. */
  readonly isCost?: boolean
  /** The goal does not bind: the figure is written down, and fails no run. */
  readonly isNoted?: boolean
}

export const median = (values: ReadonlyArray<number>): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** The figure of a series of per-round ratios. */
export const figure = (id: string, ratios: ReadonlyArray<number>, goal: number, isCost = false): Figure => ({
  id,
  ratio: median(ratios),
  min: Math.min(...ratios),
  max: Math.max(...ratios),
  goal,
  ...(isCost ? { isCost } : {})
})

/** The median decides: the best round of a lucky run proves nothing. */
export const isReached = ({ ratio, goal, isCost }: Figure): boolean => (isCost === true ? ratio <= goal : ratio >= goal)
