import type { FaultRule } from "../kernel/Faults.ts"
import type { World } from "../kernel/World.ts"
import { compose } from "./callbackComposition.ts"
import { signedWithFaults } from "./contentFaults.ts"
import { callbackBody, type RedirectData } from "./MessageBody.ts"
import type { Operation, PaymentRecord } from "./PaymentRecord.ts"
import type { FindProject } from "./Project.ts"
import type { PaymentStatus } from "./Statuses.ts"
import { nextCallbackAfter } from "./RetrySchedule.ts"

export interface Callbacks {
  /** Sends the payment's present state with one operation; answers the notification's ids (none without an address). */
  send(record: PaymentRecord, operation?: Operation, redirect?: RedirectData): Promise<ReadonlyArray<string>>
}

/** Faults that the kernel knows under the operation `notification`; here `callback` means the same. */
const deliveryKinds: ReadonlySet<string> = new Set(["drop", "delay", "reorder", "duplicate"])

/** Callbacks that the merchant has to act on: they cannot be switched off ("Callbacks", kinds of callbacks). */
const prescriptive: ReadonlySet<PaymentStatus> = new Set(["awaiting redirect result", "awaiting clarification"])

const addressFor = (record: PaymentRecord, projectUrl: string): string => {
  const { declineUrl, successUrl, url } = record.request.callback
  if (record.status === "success" && successUrl !== undefined) return successUrl
  if (record.status === "decline" && declineUrl !== undefined) return declineUrl
  return url ?? projectUrl
}

export const createCallbacks = (world: World, findProject: FindProject): Callbacks => {
  const passOn = (rule: FaultRule, paymentId: string): void => {
    world.faults.add({
      operation: "notification",
      kind: rule.kind,
      match: { simulator: "ecommpay", paymentId },
      times: 1,
      ...(rule.delayMillis === undefined ? {} : { delayMillis: rule.delayMillis })
    })
  }

  /** One lane for each payment: its notices are sent one after another (method page, "Confirmation of crediting"). */
  const lanes = new Map<string, Promise<void>>()
  world.onReset(() => lanes.clear())

  const inLane = async (lane: string, send: () => Promise<string>): Promise<string> => {
    const before = lanes.get(lane) ?? Promise.resolve()
    const sent = before.then(send)
    // Only a failed attempt, or the fault `reorder`, lets a later notice arrive before an earlier one.
    const arrived = sent.then((id) => firstAttempt(id))
    lanes.set(lane, arrived)
    const id = await sent
    void arrived.then(() => (lanes.get(lane) === arrived ? lanes.delete(lane) : false))
    return id
  }

  const firstAttempt = async (id: string): Promise<void> => {
    const record = world.notifications.get(id)
    const last = record?.attempts.at(-1)
    const isUnderWay = record?.state === "pending" && last !== undefined && !("answer" in last) && !("error" in last)
    if (isUnderWay) await world.notifications.settle()
  }

  return {
    send: async (record, operation, redirect) => {
      const { callback, paymentId, projectId } = record.request
      const project = findProject(projectId)
      if (project === undefined || (callback.isDisabled && !prescriptive.has(record.status))) return []
      const url = addressFor(record, project.settings.callbackUrl)
      if (url === "") {
        world.log(`no callback address for payment ${paymentId} of project ${projectId}`)
        return []
      }
      const faults = world.faults.take("callback", {
        simulator: "ecommpay",
        projectId,
        paymentId,
        status: record.status
      })
      const format = project.settings.callbackFormat
      const unsigned = compose(callbackBody({ record, operation, redirect, format }), format)
      const bytesWith = (rules: ReadonlyArray<FaultRule>): Buffer =>
        Buffer.from(JSON.stringify(signedWithFaults(unsigned, project.secret, rules, format.signatureIn)), "utf8")

      const post = (body: Buffer): Promise<string> =>
        world.notifications.send({
          simulator: "ecommpay",
          kind: "callback",
          paymentId,
          url,
          method: "POST",
          headers: { "content-type": "application/json; charset=utf-8", accept: "*/*" },
          body,
          retryAt: nextCallbackAfter,
          isDelivered: (status) => status === 200
        })
      const contradicting = faults.find((rule) => rule.kind === "contradict")
      const truth = (): Promise<string> => {
        for (const rule of faults) if (deliveryKinds.has(rule.kind)) passOn(rule, paymentId)
        return post(bytesWith(faults.filter((rule) => rule !== contradicting)))
      }
      const lie = (): Promise<string> => post(bytesWith(faults))
      const inOrder = contradicting?.phase === "before" ? [lie, truth] : [truth, lie]
      const notices = contradicting === undefined ? [truth] : inOrder

      const lane = `${projectId}:${paymentId}`
      const deliver = (): Promise<ReadonlyArray<string>> => Promise.all(notices.map((notice) => inLane(lane, notice)))
      if (callback.delayMillis === 0) return deliver()
      world.clock.schedule(world.clock.now() + callback.delayMillis, async () => {
        await deliver()
      })
      return []
    }
  }
}
