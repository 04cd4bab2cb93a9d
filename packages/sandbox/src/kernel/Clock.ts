import { createJobQueue, type Job } from "./JobQueue.ts"

/**
 * The sandbox's time: real time plus an offset. Everything that a provider does later (expiry, retries of
 * notifications, late changes of a status) is scheduled here, so that a test can live through a week in a second.
 */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number
  /** Runs the job when the clock reaches `at` (epoch milliseconds); the answer cancels it. */
  schedule(at: number, job: () => Promise<void>): () => void
  /** Moves the clock and runs every job that becomes due, each at its own time, one after another. */
  advance(millis: number): Promise<{ delivered: number }>
  readonly isFrozen: boolean
  /** Whether `advance` is at work: callers shorten their network patience then. */
  isAdvancing(): boolean
  /** Forgets all jobs and returns to the start time. */
  reset(): void
  /** Stops the timer; jobs no longer run. */
  close(): void
}

export interface ClockHooks {
  /** Awaited after every job, so that a retry scheduled by a failed delivery still falls into the span. */
  readonly settle: () => Promise<void>
  /** Total of deliveries so far; `advance` answers the difference. */
  readonly delivered: () => number
  readonly onError: (error: unknown) => void
}

// setTimeout overflows above 2^31-1 milliseconds and would fire at once.
const longestTimer = 2_000_000_000

/**
 * @param start epoch milliseconds at which the clock starts (default: real time).
 * @param isFrozen time stands, and jobs wait, unless `advance` moves it: nothing then depends on how fast the machine is.
 */
export const createClock = (hooks: ClockHooks, start?: number, isFrozen = false): Clock => {
  const startedAt = Date.now()
  const realTime = isFrozen ? () => startedAt : () => Date.now()
  const startOffset = (): number => (start === undefined ? 0 : start - realTime())
  let offset = startOffset()
  let order = 0
  const jobs = createJobQueue()
  let armedFor: number | undefined
  let timer: NodeJS.Timeout | undefined
  let advancing = 0
  let turn: Promise<unknown> = Promise.resolve()
  let closed = false

  const now = (): number => realTime() + offset

  const inTurn = <A>(work: () => Promise<A>): Promise<A> => {
    const mine = turn.then(work)
    turn = mine.catch(() => undefined)
    return mine
  }

  const run = async (job: Job): Promise<void> => {
    try {
      await job.run()
    } catch (error) {
      hooks.onError(error)
    }
  }

  const arm = (): void => {
    const next = jobs.nextAt()
    if (next === armedFor && next !== undefined) return
    clearTimeout(timer)
    armedFor = undefined
    if (closed || isFrozen || next === undefined) return
    armedFor = next
    timer = setTimeout(
      () => {
        void inTurn(async () => {
          for (let job = jobs.takeDue(now()); job !== undefined; job = jobs.takeDue(now())) await run(job)
          armedFor = undefined
          arm()
        })
      },
      Math.min(Math.max(next - now(), 0), longestTimer)
    )
    timer.unref()
  }

  return {
    now,
    isFrozen,
    schedule: (at, work) => {
      order += 1
      const job: Job = { at, order, run: work, isCancelled: false }
      jobs.push(job)
      arm()
      return () => {
        job.isCancelled = true
      }
    },
    advance: (millis) =>
      inTurn(async () => {
        const before = hooks.delivered()
        const finalOffset = offset + millis
        const target = now() + millis
        advancing += 1
        try {
          await hooks.settle()
          for (let job = jobs.takeDue(target); job !== undefined; job = jobs.takeDue(target)) {
            offset = Math.max(offset, job.at - realTime())
            await run(job)
            await hooks.settle()
          }
          offset = Math.max(offset, finalOffset)
        } finally {
          advancing -= 1
          // The same job is nearer now.
          armedFor = undefined
          arm()
        }
        return { delivered: hooks.delivered() - before }
      }),
    isAdvancing: () => advancing > 0,
    reset: () => {
      jobs.clear()
      armedFor = undefined
      offset = startOffset()
      clearTimeout(timer)
    },
    close: () => {
      closed = true
      jobs.clear()
      clearTimeout(timer)
    }
  }
}

const durationPattern = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/

/**
 * An ISO 8601 duration of weeks, days, hours, minutes and seconds in milliseconds (`P7D`, `PT30M`, `P1DT2H`).
 * Months and years have no fixed length and are refused, as is an empty duration.
 */
export const parseDuration = (iso: string): number => {
  const parts = durationPattern.exec(iso)
  if (parts === null || !/\d[WDHMS]/.test(iso) || iso.endsWith("T")) {
    throw new TypeError(`not an ISO 8601 duration of weeks, days, hours, minutes and seconds: ${iso.slice(0, 40)}`)
  }
  const [weeks, days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0))
  const wholeDays = (weeks ?? 0) * 7 + (days ?? 0)
  return Math.round((((wholeDays * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000)
}
