import { afterEach, assert, describe, it } from "vitest"
import { createClock, parseDuration, type Clock } from "../src/kernel/Clock.ts"

const start = Date.parse("2026-03-01T12:00:00Z")
let open: Array<Clock> = []

const clockAt = (at: number | undefined, settle: () => Promise<void> = () => Promise.resolve()): Clock => {
  const clock = createClock(
    {
      settle,
      delivered: () => 0,
      onError: (error) => {
        throw error
      }
    },
    at
  )
  open.push(clock)
  return clock
}

afterEach(() => {
  for (const clock of open) clock.close()
  open = []
})

describe("the clock", () => {
  it("starts at the time given and runs on", async () => {
    const clock = clockAt(start)
    assert.isAtLeast(clock.now(), start)
    assert.isBelow(clock.now(), start + 5000)
  })

  it("runs jobs in order of their time, each at its own time, whatever order they were given in", async () => {
    const clock = clockAt(start)
    const seen: Array<[string, number]> = []
    const note = (name: string) => () => {
      seen.push([name, clock.now() - start])
      return Promise.resolve()
    }
    clock.schedule(start + 60_000, note("minute"))
    clock.schedule(start + 1000 * 3600, note("hour"))
    clock.schedule(start + 30_000, note("half a minute"))
    await clock.advance(2 * 3_600_000)
    assert.deepEqual(
      seen.map(([name]) => name),
      ["half a minute", "minute", "hour"]
    )
    for (const [index, due] of [30_000, 60_000, 3_600_000].entries()) {
      assert.isAtLeast(seen[index]?.[1] ?? 0, due)
      assert.isBelow(seen[index]?.[1] ?? Infinity, due + 2000)
    }
    assert.isAtLeast(clock.now(), start + 2 * 3_600_000)
  })

  it("runs what jobs schedule inside the span, and leaves what lies beyond it", async () => {
    const clock = clockAt(start)
    let runs = 0
    const again = (): Promise<void> => {
      runs += 1
      clock.schedule(clock.now() + 60_000, again)
      return Promise.resolve()
    }
    clock.schedule(start + 60_000, again)
    await clock.advance(5.5 * 60_000)
    assert.equal(runs, 5)
  })

  it("does not run a job that was cancelled", async () => {
    const clock = clockAt(start)
    let ran = false
    const cancel = clock.schedule(start + 1000, () => {
      ran = true
      return Promise.resolve()
    })
    cancel()
    await clock.advance(10_000)
    assert.isFalse(ran)
  })

  it("waits after each job until what it started has settled", async () => {
    let pending: Promise<void> = Promise.resolve()
    const clock = clockAt(start, () => pending)
    const order: Array<string> = []
    clock.schedule(start + 1000, () => {
      pending = (async () => {
        await Promise.resolve()
        order.push("delivery")
      })()
      return Promise.resolve()
    })
    clock.schedule(start + 2000, () => {
      order.push("next job")
      return Promise.resolve()
    })
    await clock.advance(5000)
    assert.deepEqual(order, ["delivery", "next job"])
  })

  it("runs a due job by itself as real time passes", async () => {
    const clock = clockAt(undefined)
    await new Promise<void>((resolve) => {
      clock.schedule(clock.now() + 20, () => Promise.resolve(resolve()))
    })
  })

  it("goes on with the other jobs when one of them throws", async () => {
    const errors: Array<unknown> = []
    const clock = createClock(
      { settle: () => Promise.resolve(), delivered: () => 0, onError: (error) => errors.push(error) },
      start
    )
    open.push(clock)
    let ran = false
    clock.schedule(start + 1, () => Promise.reject(new Error("first")))
    clock.schedule(start + 2, () => {
      ran = true
      return Promise.resolve()
    })
    await clock.advance(10)
    assert.isTrue(ran)
    assert.lengthOf(errors, 1)
  })

  it("keeps order and speed with a hundred thousand jobs", async () => {
    const clock = clockAt(start)
    const started = performance.now()
    let last = 0
    let inOrder = true
    let runs = 0
    for (let job = 0; job < 100_000; job += 1) {
      const at = start + 1000 + ((job * 7919) % 100_003)
      const cancel = clock.schedule(at, () => {
        inOrder &&= at >= last
        last = at
        runs += 1
        return Promise.resolve()
      })
      if (job % 2 === 1) cancel()
    }
    await clock.advance(200_000)
    assert.equal(runs, 50_000)
    assert.isTrue(inOrder)
    assert.isBelow(performance.now() - started, 10_000)
  })

  it("returns to its start and forgets its jobs on reset", async () => {
    const clock = clockAt(start)
    clock.schedule(start + 3_600_000, () => Promise.reject(new Error("must not run")))
    await clock.advance(60_000)
    clock.reset()
    assert.isBelow(clock.now(), start + 5000)
    await clock.advance(7_200_000)
  })
})

describe("durations", () => {
  it.each([
    ["P7D", 604_800_000],
    ["PT30M", 1_800_000],
    ["PT10S", 10_000],
    ["P1DT2H", 93_600_000],
    ["P2W", 1_209_600_000],
    ["PT0.5S", 500]
  ])("%s is %d milliseconds", (text, millis) => {
    assert.equal(parseDuration(text), millis)
  })

  it.each(["", "P", "PT", "P1DT", "7D", "P1M", "P1Y", "-P1D", "PT1.5H", "P1H"])("refuses %j", (text) => {
    assert.throws(() => parseDuration(text), TypeError)
  })
})
