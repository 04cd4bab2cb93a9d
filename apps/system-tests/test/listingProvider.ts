// The fake provider with a list of its own, whose rows a test decides.
import {
  type Extras,
  type ListedPayment,
  type Manifest,
  type PaymentsClient,
  type Payment,
  PaymentError,
  type Provider,
  type Span,
  Unavailable
} from "@maksa/core"
import * as Effect from "effect/Effect"
import { type Fake, fake, type FakeOptions, manifest, type Script } from "./fakeProvider.ts"
import { type Harness, harness } from "./harness.ts"

export const listingManifest = {
  ...manifest,
  extras: { ...manifest.extras, list: { by: "beginning" } },
  amountEvidence: "listing"
} as const satisfies Manifest
export type Listing = Provider<typeof listingManifest, FakeOptions, "fake">

/** A fake provider that has a list, too. */
export const withList = (base: Fake, list: Extras["list"], by: "beginning" | "end" = "beginning"): Listing =>
  ({
    ...base,
    manifest: { ...base.manifest, extras: { ...base.manifest.extras, list: { by } } },
    make: Effect.map(base.make, (right) => ({ ...right, list }))
    // the manifest's other members are those of the fake, whatever a test made of them
  }) as unknown as Listing

export interface ListingWorld extends Omit<Harness, "payments"> {
  readonly payments: PaymentsClient<Listing>
  /** The provider's list; a row without a time stands in every span, and so does every row of a list by the end. */
  readonly rows: Array<ListedPayment>
  /** Spans that were asked for. */
  readonly spans: Array<Span>
  /** While true, the list cannot be read. */
  isDown: boolean
  reconcile(): ReturnType<PaymentsClient<Listing>["reconcile"]>
}

const isIn = ({ createdAt }: ListedPayment, { from, to }: Span) =>
  createdAt === undefined || (createdAt >= from && createdAt < to)

export const dayStart = Date.parse("2026-11-22T00:00:00Z")
export const theDay = { provider: "fake", from: "2026-11-22T00:00:00Z", to: "2026-11-23T00:00:00Z" } as const

export const listingWorld = async (by: "beginning" | "end" = "beginning"): Promise<ListingWorld> => {
  const rows: Array<ListedPayment> = []
  const spans: Array<Span> = []
  const world = { isDown: false }
  const list = (span: Span) =>
    Effect.suspend(() => {
      spans.push(span)
      const reason = new Unavailable({ message: "The list cannot be read." })
      if (world.isDown) return Effect.fail(new PaymentError({ operation: "list", reason }))
      return Effect.succeed(by === "end" ? rows : rows.filter((row) => isIn(row, span)))
    })
  const provider = (script: Script) => withList(fake(script, { amountEvidence: "listing" }), list, by)
  const h = await harness({ provider: provider as never })
  // the harness is typed for a provider without a list
  const payments = h.payments as unknown as PaymentsClient<Listing>
  return Object.assign(world, {
    payments,
    script: h.script,
    store: h.store,
    events: h.events,
    directory: h.directory,
    clock: h.clock,
    send: (path: string, init?: RequestInit) => h.send(path, init),
    rows,
    spans,
    reconcile: () => payments.reconcile(theDay),
    [Symbol.asyncDispose]: () => h[Symbol.asyncDispose]()
  })
}

/** A row about an attempt of ours. */
export const rowOf = (payment: Payment, more: Partial<ListedPayment> = {}): ListedPayment => ({
  providerReference: payment.current.providerReference ?? `ref-${payment.id}`,
  observations: [],
  ...more
})
