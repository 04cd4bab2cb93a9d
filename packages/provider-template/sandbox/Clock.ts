interface Task {
  readonly dueAt: number
  readonly order: number
  readonly run: () => Promise<void> | void
}

/** The simulator's own time: it stands still but for `advance`, and for the millisecond that each change takes. */
export class Clock {
  readonly #start: number
  #now: number
  #tasks: Array<Task> = []
  #order = 0

  constructor(start: number) {
    this.#start = start
    this.#now = start
  }

  now(): number {
    return this.#now
  }

  /** A moment of its own for a change, so that no two changes happen at once. */
  tick(): number {
    return ++this.#now
  }

  at(dueAt: number, run: Task["run"]): void {
    this.#tasks.push({ dueAt, order: this.#order++, run })
  }

  /** Lets time pass, and does what becomes due in its order. */
  async advance(millis: number): Promise<void> {
    const end = this.#now + millis
    for (;;) {
      const [next] = this.#tasks
        .filter((task) => task.dueAt <= end)
        .toSorted((a, b) => a.dueAt - b.dueAt || a.order - b.order)
      if (next === undefined) break
      this.#tasks = this.#tasks.filter((task) => task !== next)
      this.#now = Math.max(this.#now, next.dueAt)
      await next.run()
    }
    this.#now = Math.max(this.#now, end)
  }

  reset(): void {
    this.#now = this.#start
    this.#tasks = []
  }
}
