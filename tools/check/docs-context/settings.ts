// Stands for the reader's own module `./settings.ts` in the documentation's examples.
import type { FulfilmentPolicy } from "@maksa/core"
import type { EcommpayLvConfig } from "@maksa/provider-ecommpay-lv"

export declare const ecommpay: EcommpayLvConfig
export declare const storeSecret: string
export declare const url: string
export declare const settings: { readonly publicBaseUrl: string; readonly fulfilment: FulfilmentPolicy }
