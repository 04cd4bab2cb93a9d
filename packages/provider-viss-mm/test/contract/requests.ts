import { type Money, money } from "@maksa/core"
import type { AttemptAtProvider, ProviderTruth } from "@maksa/contract-kit"
import type { ControlClient } from "@maksa/sandbox"
import { messageIdOf } from "../../src/internal/portal/messages.ts"

/** A payment request as `GET /payments` of the sandbox shows it, as far as the driver reads it. */
export interface RequestAtMm {
  readonly paymentId: string
  readonly status: "P" | "E" | "R" | "O"
  readonly expiresAt: string
  readonly paymentObject?: string
  /** Where notices about it go. */
  readonly serverResponseUrl?: string
  readonly portal?: { readonly messageId: string; readonly responseEndPoint: string }
  readonly pageUrl: string
  readonly money: {
    readonly movements: ReadonlyArray<{
      readonly direction: "received" | "returned"
      readonly amountMinor: string
      readonly currency: string
    }>
  }
}

const sums = (request: RequestAtMm, wanted: "received" | "returned"): ReadonlyArray<Money> =>
  request.money.movements
    .filter(({ direction }) => direction === wanted)
    .map(({ amountMinor, currency }) => money(BigInt(amountMinor), currency))

export const truthOf = (request: RequestAtMm): ProviderTruth => ({
  providerReference: request.paymentId,
  purpose: request.paymentObject ?? "",
  charged: sums(request, "received"),
  undone: sums(request, "returned")
})

/**
 * Finds the payment requests of an attempt. After a lost reply only what `create` sent tells them: the purpose, the portal
 * message's id, and the address for notices, which is the attempt's own and so shows a request that was made twice.
 */
export const requestFinder = (control: ControlClient) => {
  const noticeUrls = new Map<string, string>()

  const list = async (): Promise<ReadonlyArray<RequestAtMm>> => {
    const { payments } = (await control.call("GET", "/payments")) as { payments: ReadonlyArray<object> } // documented
    return payments
      .filter((one): one is RequestAtMm => "provider" in one && one.provider === "vissMm" && "paymentId" in one)
      .map((one) => (one.portal === undefined ? one : { ...one, serverResponseUrl: one.portal.responseEndPoint }))
  }

  const all = async (attempt: AttemptAtProvider): Promise<ReadonlyArray<RequestAtMm>> => {
    const requests = await list()
    const ownMessage = messageIdOf(attempt.attemptId)
    const known = requests.find(
      ({ paymentId, portal }) =>
        paymentId === attempt.providerReference?.toLowerCase() || portal?.messageId === ownMessage
    )
    if (known?.serverResponseUrl !== undefined) noticeUrls.set(attempt.attemptId, known.serverResponseUrl)
    const own = noticeUrls.get(attempt.attemptId)
    if (own !== undefined) return requests.filter(({ serverResponseUrl }) => serverResponseUrl === own)
    const ofOthers = new Set(noticeUrls.values())
    const nameless = requests.filter(
      ({ paymentObject, serverResponseUrl }) =>
        paymentObject === attempt.merchantReference && !ofOthers.has(serverResponseUrl ?? "")
    )
    // Whoever comes first owns it: a later attempt of the same case has another address.
    const [first] = nameless
    if (first?.serverResponseUrl !== undefined) noticeUrls.set(attempt.attemptId, first.serverResponseUrl)
    return nameless
  }

  return {
    all,
    /** The request to act on; rejects where MM has none. */
    one: async (attempt: AttemptAtProvider): Promise<RequestAtMm> => {
      const [first] = await all(attempt)
      if (first === undefined) throw new Error("MM has no payment request for this attempt")
      return first
    },
    forget: (): void => noticeUrls.clear()
  }
}

export type RequestFinder = ReturnType<typeof requestFinder>
