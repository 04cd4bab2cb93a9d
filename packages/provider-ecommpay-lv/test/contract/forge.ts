import type { Forgery, Notice } from "@maksa/contract-kit"
import { type SignableObject, sign } from "../../src/signature.ts"

/** Keys of the forger: another project's of the same platform, and one that nobody gave out. */
export interface ForgersKeys {
  readonly foreignProject: { readonly projectId: number; readonly secret: string }
}

const inventedSecret = "a secret that no project has"

const objectOf = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? { ...value } : {}

const encode = (body: object): Uint8Array => new TextEncoder().encode(JSON.stringify(body))

const signed = (body: Record<string, unknown>, secret: string): Uint8Array => {
  const signature = sign(body as SignableObject, secret) // parsed from JSON, so it holds JSON values only
  return encode({ ...body, signature })
}

/** One bit of the last digit of a sum, or of the status where there is no sum. */
const flipped = (bytes: Uint8Array): Uint8Array => {
  const text = new TextDecoder().decode(bytes)
  const found = /"amount":\d+/.exec(text) ?? /"status":"./.exec(text)
  const at = found === null ? 0 : found.index + found[0].length - 1
  const copy = new Uint8Array(bytes)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}

const paidBody = (body: Record<string, unknown>): Record<string, unknown> => ({
  ...body,
  payment: { ...objectOf(body["payment"]), status: "success" },
  operation: { ...objectOf(body["operation"]), status: "success", code: "0", message: "Success" }
})

/** A callback broken as asked; the bytes outside the body stay. */
export const forge = (notice: Notice, forgery: Forgery, { foreignProject }: ForgersKeys): Notice => {
  const parsed: unknown = JSON.parse(new TextDecoder().decode(notice.body))
  const { signature: _signature, ...content } = objectOf(parsed)
  const bodies: Readonly<Record<Forgery, () => Uint8Array>> = {
    flipped: () => flipped(notice.body),
    unsigned: () => encode(content),
    foreign: () => signed({ ...content, project_id: foreignProject.projectId }, foreignProject.secret),
    invented: () => signed(paidBody(content), inventedSecret)
  }
  return { ...notice, id: `${notice.id}-${forgery}`, body: bodies[forgery]() }
}
