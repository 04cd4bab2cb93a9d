// The fake provider with invoices of its own, whose answers a test decides.
import type { Extras, PaymentsClient, Provider } from "@maksa/core"
import * as Effect from "effect/Effect"
import { type Fake, type FakeOptions, manifest } from "./fakeProvider.ts"

type InvoicingManifest = Omit<typeof manifest, "extras"> & {
  readonly extras: Omit<(typeof manifest)["extras"], "issueInvoice"> & { readonly issueInvoice: true }
}
export type Invoicing = PaymentsClient<Provider<InvoicingManifest, FakeOptions, "fake">>

/** A provider that issues invoices, too; whoever uses it calls its client `Invoicing`. */
export const withInvoices = (base: Fake, issueInvoice: Extras["issueInvoice"]): Fake =>
  ({
    ...base,
    manifest: { ...base.manifest, extras: { ...base.manifest.extras, issueInvoice: true } },
    make: Effect.map(base.make, (right) => ({ ...right, issueInvoice }))
    // typed for the harness, which knows only the plain fake
  }) as unknown as Fake
