import { X509Certificate } from "node:crypto"
import { access, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { ConnectionKind } from "./Faults.ts"
import type { Identity, Pki } from "./Pki.ts"

const fileName = "sandbox-pki.json"
/** Certificates that end sooner are made anew. */
const leastMillis = 30 * 86_400_000

const member = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined

const readIdentity = (value: unknown): Identity => {
  const cert = member(value, "cert")
  const key = member(value, "key")
  if (typeof cert !== "string" || typeof key !== "string") throw new Error("not a certificate and its key")
  return { cert, key }
}

const lastsLongEnough = (cert: string): boolean =>
  Date.parse(new X509Certificate(cert).validTo) > Date.now() + leastMillis

/**
 * The certificates of an earlier start in the same folder, if all of them are there and in date: an agency that
 * configured its application once need not do so after every start of the sandbox.
 */
export const readKeptPki = async (directory: string, files: Pki["files"]): Promise<Pki | undefined> => {
  try {
    const kept: unknown = JSON.parse(await readFile(join(directory, fileName), "utf8"))
    const server = readIdentity(member(kept, "server"))
    const wrong = (kind: ConnectionKind): Identity => readIdentity(member(member(kept, "wrongServers"), kind))
    const wrongServers = {
      expired_certificate: wrong("expired_certificate"),
      unknown_ca_certificate: wrong("unknown_ca_certificate"),
      wrong_host_certificate: wrong("wrong_host_certificate")
    }
    const sts = readIdentity(member(kept, "sts"))
    const caPem = await readFile(files.ca, "utf8")
    const wanted = Object.values(files.clients).flatMap((client) => [client.pem, client.pfx, client.legacyPfx])
    await Promise.all([files.sts, ...wanted].map((path) => access(path)))
    if (member(kept, "caPem") !== caPem) return undefined
    const clientPem = await readFile(files.clients.a.pem, "utf8")
    return lastsLongEnough(server.cert) && lastsLongEnough(clientPem)
      ? { files, caPem, server, wrongServers, sts }
      : undefined
  } catch {
    // Nothing there, or something else than we wrote: new ones are made.
    return undefined
  }
}

export const keepPki = (directory: string, { caPem, server, sts, wrongServers }: Pki): Promise<void> =>
  writeFile(join(directory, fileName), JSON.stringify({ caPem, server, wrongServers, sts }), { mode: 0o600 })
