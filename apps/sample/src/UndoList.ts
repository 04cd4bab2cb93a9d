/** What must be closed, in the opposite order of opening. (`AsyncDisposableStack` came after Node 22.) */
export interface UndoList {
  add(undo: () => Promise<void>): void
  /** Runs everything even if something fails; rejects with the first failure. */
  run(): Promise<void>
}

export const createUndoList = (): UndoList => {
  const undos: Array<() => Promise<void>> = []
  return {
    add: (undo) => {
      undos.push(undo)
    },
    run: async () => {
      const failures: Array<unknown> = []
      for (let undo = undos.pop(); undo !== undefined; undo = undos.pop()) {
        try {
          // One after another: the store closes after those that write to it.
          // oxlint-disable-next-line no-await-in-loop
          await undo()
        } catch (error) {
          failures.push(error)
        }
      }
      if (failures.length > 0) throw failures[0]
    }
  }
}
