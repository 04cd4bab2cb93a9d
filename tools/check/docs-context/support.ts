// Stands for the store author's own module `./support.ts` in the contract kit's example.
import type { Store } from "@maksa/core"

export declare const openMyStore: () => Promise<Store>
export declare const removeMyStore: () => Promise<void>
