import type { World } from "../../kernel/World.ts"

const longMillis = 180 * 24 * 3600 * 1000
const pauseMillis = 10_000

/**
 * Requests over more than 180 days: of the merchant's account one in 10 s is answered, the others wait their turn
 * (api-data.ecommpay.com, "Restrictions"). They wait on the sandbox's clock.
 */
export interface LongRangeQueue {
  turn(spanMillis: number): Promise<void>
  clear(): void
}

export const createLongRangeQueue = (world: World): LongRangeQueue => {
  let nextAt = 0
  return {
    turn: async (spanMillis) => {
      if (spanMillis <= longMillis) return
      const now = world.clock.now()
      const at = Math.max(now, nextAt)
      nextAt = at + pauseMillis
      if (at <= now) return
      await new Promise<void>((resolve) => {
        world.clock.schedule(at, async () => resolve())
      })
    },
    clear: () => {
      nextAt = 0
    }
  }
}
