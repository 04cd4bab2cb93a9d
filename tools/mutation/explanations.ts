/** Why a mutant that no test noticed is no hole, found by its file and by what stood there. */
export interface Explanation {
  readonly file: string
  /** A part of the original code. */
  readonly from: string
  /** A part of the replacement, where one place has several. */
  readonly to?: string
  readonly why: string
}

export const explanations: ReadonlyArray<Explanation> = []
