// xmlsec1 is another implementation of XML signatures (Debian's package of that name).
import { spawnSync } from "node:child_process"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"

const isFound = spawnSync("xmlsec1", ["--version"]).error === undefined
const isDemanded = process.env["MAKSA_REQUIRE_XMLSEC1"] === "1"

/** Whether tests with xmlsec1 must be left out: never where it is demanded, so that they fail there. */
export const isXmlsec1Missing = !isFound && !isDemanded
if (isXmlsec1Missing) process.stdout.write("Signatures are not verified a second time: no xmlsec1 here\n")

/** By which key a signature must verify. */
export type KnownKey = { readonly certificatePem: string } | { readonly secret: Uint8Array }

/** Elements with an id attribute, as `attribute` and `namespace:element`. */
export type IdAttribute = readonly [attribute: string, element: string]

/** Whether xmlsec1 accepts the (first) signature of a document. Throws when it cannot be run. */
export const isVerifiedByXmlsec1 = async (
  document: string,
  key: KnownKey,
  ids: ReadonlyArray<IdAttribute>
): Promise<boolean> => {
  const folder = await mkdtemp(join(tmpdir(), "maksa-xmlsec1-"))
  try {
    const file = join(folder, "document.xml")
    const keyFile = join(folder, "key")
    await writeFile(file, document)
    await writeFile(keyFile, "secret" in key ? key.secret : key.certificatePem)
    const known = "secret" in key ? ["--hmackey", keyFile] : ["--pubkey-cert-pem", keyFile]
    const named = ids.flatMap(([attribute, element]) => [`--id-attr:${attribute}`, element])
    const run = spawnSync("xmlsec1", ["--verify", ...known, ...named, file])
    if (run.error !== undefined) throw run.error
    return run.status === 0
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
