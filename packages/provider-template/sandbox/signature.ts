import { createHmac } from "node:crypto"

/** What is signed: the direction and its place come first, so that no message can stand for another. */
export const signature = (secret: string, place: ReadonlyArray<string>, body: Uint8Array | string): string =>
  createHmac("sha256", secret)
    .update(`${place.join("\n")}\n`)
    .update(body)
    .digest("hex")

export const signatureHeader = "x-template-signature"
