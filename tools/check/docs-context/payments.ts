// Stands for the reader's own module `./payments.ts` in the documentation's examples.
import type { PaymentsClient } from "@maksa/core"
import type { EcommpayLv } from "@maksa/provider-ecommpay-lv"
import type { VissMm } from "@maksa/provider-viss-mm"

type AppProviders = VissMm | EcommpayLv
export declare const makePayments: () => Promise<PaymentsClient<AppProviders>>
export declare const payments: PaymentsClient<AppProviders>
