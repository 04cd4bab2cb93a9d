// Stands for the reader's own module `./payments.ts` in the documentation's examples.
import type { PaymentsClient } from "@maksa/core"
import type { EcommpayLv } from "@maksa/provider-ecommpay-lv"
import type { VissMm, VissMmPaymentApi } from "@maksa/provider-viss-mm"

type AppProviders = VissMm | EcommpayLv
export declare const makePayments: () => Promise<PaymentsClient<AppProviders>>
export declare const payments: PaymentsClient<AppProviders>
/** The application of an agency whose payment module has a list. */
export declare const paymentsWithList: PaymentsClient<VissMmPaymentApi>
