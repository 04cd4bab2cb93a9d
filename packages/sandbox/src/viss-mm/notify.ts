import { parseDuration } from "../kernel/Clock.ts"
import type { NotificationInput } from "../kernel/Notifications.ts"
import type { World } from "../kernel/World.ts"
import type { BusinessError } from "./errors.ts"
import { pushed, refusalOf, requestOf, responseOf, statusContent } from "./ivis/messages.ts"
import type { PaymentRequest, PortalOrigin } from "./PaymentRequest.ts"
import type { Settings } from "./settings.ts"
import { withId } from "./urls.ts"
import type { Xml } from "./xmlWrite.ts"

/** Tells whoever made a request that its status changed. Nothing of it proves who calls. */
export interface Notifier {
  /** Answers the ids of the notifications that were started at once. */
  statusChanged(request: PaymentRequest): Promise<ReadonlyArray<string>>
  /** An asynchronous message of the portal came to nothing. */
  refused(origin: PortalOrigin, error: BusinessError): Promise<ReadonlyArray<string>>
}

type Call = Pick<NotificationInput, "kind" | "paymentId" | "url" | "method" | "headers" | "body">

export const createNotifier = (world: World, settings: () => Settings): Notifier => {
  const sendOnce = (call: Call): Promise<string> => {
    const { notificationRetries, notificationRetryEvery } = settings()
    return world.notifications.send({
      ...call,
      simulator: "vissMm",
      isDelivered: (status) => status >= 200 && status < 300,
      retryAt: (attempt) => (attempt <= notificationRetries ? parseDuration(notificationRetryEvery) : undefined)
    })
  }

  const sendAll = async (call: Call): Promise<ReadonlyArray<string>> => {
    const { notificationDuplicates, notificationRepeatEvery, notificationRepeats } = settings()
    const copies = Array.from({ length: 1 + notificationDuplicates }, () => sendOnce(call))
    for (let repeat = 1; repeat <= notificationRepeats; repeat += 1) {
      const at = world.clock.now() + repeat * parseDuration(notificationRepeatEvery)
      world.clock.schedule(at, async () => {
        await sendOnce(call)
      })
    }
    return Promise.all(copies)
  }

  const notify = async (call: Call): Promise<ReadonlyArray<string>> => {
    const delay = parseDuration(settings().notificationDelay)
    if (delay === 0) return sendAll(call)
    world.clock.schedule(world.clock.now() + delay, async () => {
      await sendAll(call)
    })
    return []
  }

  /** ServerResponseUrl is only called: what the status is must be asked. */
  const urlCall = (request: PaymentRequest, target: string): Call => ({
    kind: "ServerResponseUrl",
    paymentId: request.id,
    url: withId(target, request.id, settings().appendId),
    method: settings().notificationMethod,
    headers: {}
  })

  const push = (kind: "IVISResponse" | "IVISRequest", origin: PortalOrigin, paymentId: string, content: Xml): Call => ({
    kind,
    paymentId,
    url: origin.responseEndPoint,
    method: "POST",
    headers: { "content-type": settings().ivisPush === "soap" ? "application/soap+xml; charset=utf-8" : "text/xml" },
    body: pushed(content, settings().ivisPush)
  })
  const stamp = () => ({ messageId: world.random.uuid(), now: world.clock.now() })

  const callFor = (request: PaymentRequest): Call | undefined => {
    const { id, portal, serverResponseUrl } = request
    if (portal === undefined) return serverResponseUrl === undefined ? undefined : urlCall(request, serverResponseUrl)
    // Scenarios 2.1 and 2.2 of the guide: the answer at last, or a request of the module's own.
    return portal.mode === "async"
      ? push("IVISResponse", portal, id, responseOf(portal, stamp(), statusContent(request)))
      : push("IVISRequest", portal, id, requestOf(portal, stamp(), statusContent(request)))
  }

  return {
    statusChanged: async (request) => {
      const call = callFor(request)
      return call === undefined ? [] : notify(call)
    },
    refused: async (origin, error) =>
      notify(push("IVISResponse", origin, origin.messageId, refusalOf(origin, stamp(), error)))
  }
}
