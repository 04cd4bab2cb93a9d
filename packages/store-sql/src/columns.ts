/** A time or counter as SQL gives it, as a `number`. Throws where it would not be exact. */
export const toSafeNumber = (value: bigint): number => {
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw new RangeError("the store holds an integer that a number cannot hold")
  return number
}

/** Throws for a `limit` that SQL would read as "no limit" or round. */
export const asLimit = (limit: number): number => {
  if (!Number.isSafeInteger(limit) || limit < 0) throw new RangeError("a limit is a whole number, zero or more")
  return limit
}

/** A write that had to meet one row met none: the row that the caller read is not this store's. */
export class RowMissing extends Error {
  override readonly name = "RowMissing"
  constructor(table: string) {
    super(`the ${table} row to change does not exist`)
  }
}

/** Throws `RowMissing` if an update met no row; a silently lost update would be worse. */
export const metOneRow = (table: string, result: { readonly numUpdatedRows: bigint }): void => {
  if (result.numUpdatedRows !== 1n) throw new RowMissing(table)
}
