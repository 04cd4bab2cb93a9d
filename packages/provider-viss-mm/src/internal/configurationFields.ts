import { createSecureContext } from "node:tls"

import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

/** Reads one field; a failure says what is wanted and never what was given. */
type Field<A> = Result.Result<A, string>

const parseHttps = (value: unknown): Field<URL> => {
  const text = value instanceof URL ? value.href : value
  if (typeof text !== "string" || !URL.canParse(text)) return Result.fail("must be an absolute https URL")
  const url = new URL(text)
  if (url.protocol !== "https:") return Result.fail("must be https: MM knows its callers by their certificates")
  if (url.username !== "" || url.password !== "") return Result.fail("must not hold user information")
  url.hash = ""
  return Result.succeed(url)
}

/** An object with these fields and no other: each is looked at where it is read. */
export const onlyFields = (...names: ReadonlyArray<string>) =>
  Schema.Struct(Object.fromEntries(names.map((name) => [name, Schema.optional(Schema.Unknown)])))

/** The address of a service. What points at its WSDL (`?singleWsdl`) is taken off; a folder gets its last slash. */
export const readServiceUrl = (value: unknown, kind: "service" | "folder" = "service"): Field<URL> =>
  Result.flatMap(parseHttps(value), (url) => {
    if (/^\?(?:single)?wsdl(?:&|$)/i.test(url.search)) url.search = ""
    if (kind === "folder") {
      if (url.search !== "") return Result.fail("must not have a query")
      if (!url.pathname.endsWith("/")) url.pathname += "/"
    }
    return Result.succeed(url)
  })

export const readWsdlSource = (
  source: object
): Field<{ readonly path: string | URL } | { readonly url: URL } | { readonly text: string }> => {
  const file: unknown = Reflect.get(source, "file")
  const text: unknown = Reflect.get(source, "text")
  const url: unknown = Reflect.get(source, "url")
  if ([file, text, url].filter((one) => one !== undefined).length !== 1) {
    return Result.fail("give one of { file }, { url } and { text }")
  }
  if ((typeof file === "string" && file !== "") || file instanceof URL) return Result.succeed({ path: file })
  if (typeof text === "string" && text !== "") return Result.succeed({ text })
  return url === undefined
    ? Result.fail("must be a path, an https URL or a text")
    : Result.map(parseHttps(url), (parsed) => ({ url: parsed }))
}

/** OpenSSL's cipher list; it must name at least one that this Node has. */
export const readCiphers = (ciphers: string): Field<string> =>
  Result.try({
    try: () => {
      createSecureContext({ ciphers })
      return ciphers
    },
    catch: () => "names no cipher that this Node has"
  })
