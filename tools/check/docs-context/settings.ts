// Stands for the reader's own module `./settings.ts` in the documentation's examples.
import type { EcommpayLvConfig } from "@maksa/provider-ecommpay-lv"

export declare const ecommpay: EcommpayLvConfig
export declare const storeSecret: string
