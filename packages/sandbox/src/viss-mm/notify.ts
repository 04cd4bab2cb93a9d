import { parseDuration } from "../kernel/Clock.ts"
import type { World } from "../kernel/World.ts"
import type { PaymentRequest } from "./PaymentRequest.ts"
import type { Settings } from "./settings.ts"
import { withId } from "./urls.ts"

/** Calls ServerResponseUrl: says that the status changed, never which it is, and proves nothing about who calls. */
export interface Notifier {
  /** Answers the ids of the notifications that were started at once. */
  statusChanged(request: PaymentRequest): Promise<ReadonlyArray<string>>
}

export const createNotifier = (world: World, settings: () => Settings): Notifier => {
  const sendOnce = (request: PaymentRequest, target: string): Promise<string> => {
    const { appendId, notificationMethod, notificationRetries, notificationRetryEvery } = settings()
    return world.notifications.send({
      simulator: "vissMm",
      kind: "ServerResponseUrl",
      paymentId: request.id,
      url: withId(target, request.id, appendId),
      method: notificationMethod,
      headers: {},
      isDelivered: (status) => status >= 200 && status < 300,
      retryAt: (attempt) => (attempt <= notificationRetries ? parseDuration(notificationRetryEvery) : undefined)
    })
  }

  const sendAll = async (request: PaymentRequest, target: string): Promise<ReadonlyArray<string>> => {
    const { notificationDuplicates, notificationRepeatEvery, notificationRepeats } = settings()
    const copies = Array.from({ length: 1 + notificationDuplicates }, () => sendOnce(request, target))
    for (let repeat = 1; repeat <= notificationRepeats; repeat += 1) {
      const at = world.clock.now() + repeat * parseDuration(notificationRepeatEvery)
      world.clock.schedule(at, async () => {
        await sendOnce(request, target)
      })
    }
    return Promise.all(copies)
  }

  return {
    statusChanged: async (request) => {
      const target = request.serverResponseUrl
      if (target === undefined) return []
      const delay = parseDuration(settings().notificationDelay)
      if (delay === 0) return sendAll(request, target)
      world.clock.schedule(world.clock.now() + delay, async () => {
        await sendAll(request, target)
      })
      return []
    }
  }
}
