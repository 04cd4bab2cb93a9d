// Stands for the author's own module `./support.ts` in the contract kit's examples.
import type { ArchiveUnderTest, HttpBinding, ProviderContract } from "@maksa/contract-kit"
import type { Store } from "@maksa/core"

export declare const openMyStore: () => Promise<Store>
export declare const removeMyStore: () => Promise<void>
export declare const archiveUnderTest: () => Promise<ArchiveUnderTest>
export declare const startMyServer: HttpBinding["listen"]
export declare const contract: ProviderContract
