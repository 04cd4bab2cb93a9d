export interface Job {
  readonly at: number
  /** Breaks ties: first come, first served. */
  readonly order: number
  readonly run: () => Promise<void>
  isCancelled: boolean
}

/** Jobs by due time (a binary heap: a benchmark schedules a deadline for each of its hundred thousand payments). */
export interface JobQueue {
  push(job: Job): void
  /** Due time of the next job. */
  nextAt(): number | undefined
  /** Takes the next job when it is due by `until`. */
  takeDue(until: number): Job | undefined
  clear(): void
}

const isBefore = (left: Job, right: Job): boolean =>
  left.at < right.at || (left.at === right.at && left.order < right.order)

export const createJobQueue = (): JobQueue => {
  let heap: Array<Job> = []

  const swap = (one: number, two: number): void => {
    const [first, second] = [heap[one], heap[two]]
    if (first === undefined || second === undefined) return
    heap[one] = second
    heap[two] = first
  }
  const goesBefore = (one: number, two: number): boolean => {
    const [first, second] = [heap[one], heap[two]]
    return first !== undefined && second !== undefined && isBefore(first, second)
  }

  const take = (): Job | undefined => {
    swap(0, heap.length - 1)
    const job = heap.pop()
    let place = 0
    for (;;) {
      const left = 2 * place + 1
      const child = goesBefore(left + 1, left) ? left + 1 : left
      if (!goesBefore(child, place)) return job
      swap(child, place)
      place = child
    }
  }

  const dropCancelled = (): void => {
    while (heap[0]?.isCancelled === true) take()
  }

  return {
    push: (job) => {
      let place = heap.push(job) - 1
      while (place > 0) {
        const parent = (place - 1) >> 1
        if (!goesBefore(place, parent)) return
        swap(place, parent)
        place = parent
      }
    },
    nextAt: () => {
      dropCancelled()
      return heap[0]?.at
    },
    takeDue: (until) => {
      dropCancelled()
      const [first] = heap
      return first !== undefined && first.at <= until ? take() : undefined
    },
    clear: () => {
      heap = []
    }
  }
}
