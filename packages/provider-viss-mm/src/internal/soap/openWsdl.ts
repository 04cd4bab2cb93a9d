import * as Effect from "effect/Effect"
import type { WSDL } from "soap"

import { makeXmlReader } from "../xml/parse.ts"
import { wsdlError, type WsdlError } from "./WsdlError.ts"
import { inspectWsdl, wsdlLimits, type SoapPort, type SoapVersion } from "./wsdlGuard.ts"

/** Where a WSDL comes from. One given by URL is fetched by the caller's own transport and handed over as `text`. */
export type WsdlSource = { readonly path: string | URL } | { readonly text: string }

/** A WSDL that was read: what the soap package made of it, and the ports that speak the wanted SOAP. */
export interface OpenedWsdl {
  readonly definitions: WSDL["definitions"]
  readonly version: SoapVersion
  readonly ports: ReadonlyArray<SoapPort>
}

/** The draft that comes with this package. It is not the real WSDL, which is not public. */
export const bundledWsdl: WsdlSource = { path: new URL("../../../wsdl/mm-default.wsdl", import.meta.url) }

const readSource = (source: WsdlSource): Effect.Effect<Uint8Array | string, WsdlError> =>
  "text" in source
    ? Effect.succeed(source.text)
    : Effect.tryPromise({
        try: async (signal) => {
          const { readFile } = await import("node:fs/promises")
          return readFile(source.path, { signal })
        },
        catch: () =>
          wsdlError("unreadable", "The WSDL file cannot be read. Check its path and the permissions of the process")
      })

const readBySoap = (text: string): Effect.Effect<WSDL["definitions"], WsdlError> =>
  Effect.tryPromise({
    try: async () => {
      const { WSDL } = await import("soap")
      return new Promise<WSDL["definitions"]>((resolve, reject) => {
        const wsdl: WSDL = new WSDL(text, "maksa-inline.wsdl", {})
        wsdl.onReady((error: unknown) => {
          if (error === null || error === undefined) resolve(wsdl.definitions)
          else reject(error instanceof Error ? error : new Error("soap could not read the WSDL"))
        })
      })
    },
    catch: (cause) =>
      wsdlError(
        "not_a_wsdl",
        `The soap package cannot read the WSDL: ${cause instanceof Error ? cause.message.slice(0, 200) : "unknown reason"}`
      )
  })

/**
 * Reads a WSDL without any network access.
 *
 * **Details** The document is first read strictly (UTF-8, no DOCTYPE, limits) and must be self-contained; only then the
 * soap package interprets it. The soap package is imported here and not at module level: it doubles start-up time.
 */
export const openWsdl: (source: WsdlSource, version?: SoapVersion) => Effect.Effect<OpenedWsdl, WsdlError> =
  Effect.fnUntraced(function* (source, version = "1.1") {
    const document = yield* readSource(source)
    const readXml = yield* makeXmlReader
    const root = yield* Effect.mapError(Effect.fromResult(readXml(document, wsdlLimits)), (malformed) =>
      wsdlError("not_a_wsdl", `The WSDL cannot be read. ${malformed.message}`)
    )
    const ports = yield* Effect.fromResult(inspectWsdl(root, version))
    const text = typeof document === "string" ? document : new TextDecoder().decode(document)
    return { definitions: yield* readBySoap(text), ports, version }
  })
