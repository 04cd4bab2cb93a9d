import type { Attention, Finality, PaymentState, PaymentStatus, StateReason } from "../State.ts"

/**
 * What the application hears. Delivered at least once, in order per payment where the handler keeps up; `id` is stable, so
 * a handler that has seen it may ignore it.
 *
 * - `payment.status_changed`: the status or its finality changed.
 * - `payment.fulfil`: the fulfilment policy allows handing out; once per payment and money epoch.
 * - `payment.fulfilment_withdrawn`: money that fulfilment relied on is gone again.
 * - `payment.attention`: a person should look.
 * - `repayment.changed`: money going back changed its status.
 */
export type PaymentEvent = {
  readonly id: string
  readonly paymentId: string
  readonly merchantReference: string
  readonly createdAt: string
} & (
  | {
      readonly type: "payment.status_changed"
      readonly status: PaymentStatus
      readonly finality: Finality
      readonly previous: PaymentStatus
    }
  | {
      readonly type: "payment.fulfil"
      readonly epoch: number
      readonly status: PaymentStatus
      readonly finality: Finality
    }
  | { readonly type: "payment.fulfilment_withdrawn"; readonly epoch: number; readonly status: PaymentStatus }
  | { readonly type: "payment.attention"; readonly attention: ReadonlyArray<Attention>; readonly status: PaymentStatus }
  | { readonly type: "repayment.changed"; readonly repaymentId: string; readonly status: string }
)

/** The stored state as the events compare it. */
export interface Before {
  readonly status: PaymentStatus
  readonly finality: Finality
  readonly attention: ReadonlyArray<Attention>
  readonly reason: StateReason | undefined
}

export const beforeOf = (state: PaymentState): Before => ({
  status: state.status,
  finality: state.finality,
  attention: state.attention,
  reason: state.reason
})
