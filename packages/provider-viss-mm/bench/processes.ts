// The processes of the bench: one server, and one client for each way to call it, so that no way warms up, or spoils, the
// compiled code of another.
import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"

import forge from "node-forge"

import { certificatePem, type Identity, keyPem, makeIdentity } from "../test/support/pki.ts"

/** Ways to call the server, and the calls that they have. */
export const ways = ["raw", "adapter", "soapKept", "soapPlain"] as const
export type Way = (typeof ways)[number]
export type CallName = "status" | "create" | "apiStatus" | "apiCreate" | "portalStatus"

/** What a call costs. */
export interface Pace {
  readonly perSecond: number
  /** Of the whole client process, garbage collection and compilation included. */
  readonly cpuMicros: number
}

/** What a client is told to do, and for how long. */
export interface Turn {
  readonly call: CallName
  readonly inFlight: number
  readonly millis: number
}

/** What a process sends. */
export type Message = { readonly place: Place } | { readonly pace: Pace }

/** A certificate with its key. */
export interface Pem {
  readonly cert: string
  readonly key: string
}

export interface Pki {
  readonly ca: string
  readonly server: Pem
  readonly client: Pem
}

const pemOf = (identity: Identity): Pem => ({ cert: certificatePem(identity), key: keyPem(identity) })

/** Where the services are, and what a client needs to call them. */
export interface Place {
  readonly soap: string
  readonly invoices: string
  readonly paymentApi: string
  readonly sts: string
  readonly pfas: string
  readonly ca: string
  /** PEM text with certificate and key. */
  readonly client: Pem
}

/** The authority, a server that it names 127.0.0.1, and a client. */
export const makePki = (): Pki => {
  const authority = makeIdentity("Bench CA")
  authority.certificate.setExtensions([{ name: "basicConstraints", cA: true }])
  authority.certificate.sign(authority.key, forge.md.sha256.create())
  const server = makeIdentity("localhost", authority)
  server.certificate.setExtensions([{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }])
  server.certificate.sign(authority.key, forge.md.sha256.create())
  return {
    ca: certificatePem(authority),
    server: pemOf(server),
    client: pemOf(makeIdentity("Bench client", authority))
  }
}

const placeVariable = "MAKSA_BENCH_PLACE"

/** What `start` gave to this process. */
export const readPlace = (): Place => JSON.parse(process.env[placeVariable] ?? "") as Place // written by `start`

/** Starts a program of this folder; clients are told where to call. */
export const start = (program: string, args: ReadonlyArray<string> = [], place?: Place): ChildProcess =>
  fork(new URL(program, import.meta.url), args, { env: { ...process.env, [placeVariable]: JSON.stringify(place) } })

/** The next message of a process; rejects if it ends instead. */
export const messageOf = async (child: ChildProcess): Promise<Message> => {
  const ended = new AbortController()
  const exit = once(child, "exit", { signal: ended.signal }).then(() => {
    throw new Error("a process of the bench has ended")
  })
  try {
    const [message] = (await Promise.race([once(child, "message", { signal: ended.signal }), exit])) as [Message] // by contract
    return message
  } finally {
    ended.abort()
    exit.catch(() => undefined)
  }
}
