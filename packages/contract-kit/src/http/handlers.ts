// Handlers that cases mount: each says what it was given, or gives what the case wants to see arrive.
import { createHash } from "node:crypto"
import { unhandledHeader } from "@maksa/core"
import type { WebHandler } from "./HttpBinding.ts"

export const sha256 = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex")

/** What `echo` answers, as JSON. */
export interface Echoed {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly length: number
  readonly digest: string
}

/** Tells what it was given. */
export const echo: WebHandler = async (request) => {
  const bytes = new Uint8Array(await request.arrayBuffer())
  const told: Echoed = {
    method: request.method,
    url: request.url,
    headers: Object.fromEntries(request.headers),
    length: bytes.length,
    digest: sha256(bytes)
  }
  return Response.json(told)
}

/** What core answers to a route that is not its own. */
export const unhandled: WebHandler = () =>
  Promise.resolve(
    new Response("the handler knows nothing of it", { status: 404, headers: { [unhandledHeader]: "unhandled" } })
  )

/** Answers without reading the body. */
export const answering =
  (body: ConstructorParameters<typeof Response>[0], init: ResponseInit = {}): WebHandler =>
  () =>
    Promise.resolve(new Response(body, init))

/** What `echo` said. */
export const echoed = (answer: { readonly text: string }): Echoed =>
  // echo writes exactly this
  JSON.parse(answer.text) as Echoed
