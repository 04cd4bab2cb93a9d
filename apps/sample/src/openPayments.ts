import { createPayments, type PaymentEvent, type Store } from "@maksa/core"
import { ecommpayLv } from "@maksa/provider-ecommpay-lv"
import { vissMm } from "@maksa/provider-viss-mm"
import { confirmations, storeArchive } from "@maksa/receipts"
import { pageTexts } from "./texts/pages.ts"
import { fulfilment, payWithinSeconds } from "./fees/policy.ts"
import type { Providers } from "./startProviders.ts"

/** The two providers, the store and the policy: everything that Maksa must be told. */
export const openPayments = (options: {
  readonly store: Store
  readonly providers: Providers
  /** `http://127.0.0.1:3000`: the sample, with Maksa mounted at `/maksa`. */
  readonly address: string
  readonly onEvent: (event: PaymentEvent) => Promise<void>
}) => {
  const { clock, ecommpay, vissMm: mm } = options.providers
  const mmProvider = vissMm({
    environment: "sandbox",
    credentials: { pem: mm.pem, passphrase: mm.passphrase },
    endpoints: { paymentRequestService: mm.paymentRequestService, invoices: mm.invoices },
    ca: mm.ca
  })
  const ecommpayProvider = ecommpayLv({
    environment: "sandbox",
    projectId: ecommpay.projectId,
    secrets: [ecommpay.secret],
    // As the sandbox's project is set up: nobody checks whether the money came, so a success stays soft for a week.
    fundsConfirmation: "off",
    endpoints: { paymentPage: ecommpay.paymentPage, gate: ecommpay.gate },
    payout: { ipAddress: "127.0.0.1" }
  })
  return createPayments({
    store: options.store,
    providers: [mmProvider, ecommpayProvider],
    publicBaseUrl: `${options.address}/maksa`,
    presentation: {
      agency: { lv: pageTexts.lv.agency, en: pageTexts.en.agency },
      returnLink: options.address
    },
    fulfilment,
    defaultDeadlineSeconds: payWithinSeconds,
    receipts: confirmations({
      agency: {
        name: pageTexts.lv.agency,
        registrationNumber: "90000000000",
        address: "Parauga iela 1, Parauga, LV-0000"
      }
    }),
    // Every document that a payer is given is kept beside the payments.
    archive: storeArchive({ store: options.store }),
    onEvent: options.onEvent,
    // Turning the sandbox's clock moves both: what providers do later, and what we ask about later.
    clock
  })
}

export type FeePayments = Awaited<ReturnType<typeof openPayments>>
/** A payment at either provider. */
export type FeePayment = Awaited<ReturnType<FeePayments["get"]>>
