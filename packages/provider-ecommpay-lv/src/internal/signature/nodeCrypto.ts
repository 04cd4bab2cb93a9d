import type * as Crypto from "node:crypto"

let loaded: typeof Crypto | undefined

/**
 * Node's crypto, loaded with the first signature: alone it takes as much time and memory to load as all of the signature
 * module, which programs import long before they sign.
 */
export const nodeCrypto = (): typeof Crypto => (loaded ??= process.getBuiltinModule("node:crypto"))
