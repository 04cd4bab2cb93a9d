// Webhook ingest: verify, dedupe and a durable row, answered after the commit. Ratios inside one run, rounds interleaved.
import { sign } from "@maksa/provider-ecommpay-lv/signature"
import { type ChildProcess, spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { connect, type Socket } from "node:net"
import { type Figure, figure } from "./figure.ts"

const modes = ["verify-only", "group", "commit-per-request"] as const
type Mode = (typeof modes)[number]
const rounds = 7
const roundMillis = 2_500
const connections = 50

const startServer = (
  mode: Mode,
  directory: string
): Promise<{ readonly child: ChildProcess; readonly sockets: ReadonlyArray<Socket> }> =>
  new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [fileURLToPath(new URL("ingestServer.ts", import.meta.url)), mode, join(directory, `${mode}.sqlite`)],
      { stdio: ["ignore", "pipe", "inherit"] }
    )
    child.once("exit", (code) => reject(new Error(`the ${mode} server ended with ${code}`)))
    child.stdout?.once("data", (chunk: Buffer) => {
      const port = Number(chunk.toString())
      const sockets = Array.from({ length: connections }, () => connect({ port, host: "127.0.0.1", noDelay: true }))
      resolve({ child, sockets })
    })
  })

let serial = 0
/** A signed callback that nobody has seen: another payment and operation each time. */
const callback = (): Buffer => {
  const id = 9_500_000_000_000 + serial++
  const body = {
    project_id: 200,
    payment: {
      id: `att_bench${id}`,
      type: "purchase",
      status: "success",
      date: "2026-11-22T10:00:00+0000",
      method: "Latvian Banks",
      sum: { amount: 1000, currency: "EUR" },
      description: "Fee"
    },
    customer: { id: "123" },
    operation: {
      id,
      type: "sale",
      status: "success",
      date: "2026-11-22T10:00:00+0000",
      created_date: "2026-11-22T09:59:00+0000",
      request_id: "f1de353331a01fd14163fe4226-00009530",
      sum_initial: { amount: 1000, currency: "EUR" },
      sum_converted: { amount: 1000, currency: "EUR" },
      code: "0",
      message: "Success",
      provider: { id: 1914, payment_id: "", auth_code: "" }
    }
  }
  return Buffer.from(JSON.stringify({ ...body, signature: sign(body, "bench-secret") }))
}

// Plain sockets: an HTTP client would cost as much as the server and become what is measured.
const requestOf = (body: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(
      "POST /maksa/webhooks/ecommpay-lv HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\n" +
        `content-length: ${body.length}\r\n\r\n`
    ),
    body
  ])

const accepted = Buffer.from("HTTP/1.1 200 ")
const emptyLine = Buffer.from("\r\n\r\n")

/** Keeps one connection busy until `next` gives no more: a request leaves when the answer before it is complete. */
const keepBusy = (socket: Socket, next: () => Buffer | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const send = (): void => {
      const request = next()
      if (request !== undefined) return void socket.write(request)
      socket.removeAllListeners().setTimeout(0)
      resolve()
    }
    socket.once("close", () => reject(new Error("the server closed the connection")))
    socket.setTimeout(10_000, () => socket.destroy())
    socket.on("data", (answer: Buffer) => {
      // The answers have no body and fit into one packet.
      const isWhole = answer.subarray(0, accepted.length).equals(accepted) && answer.subarray(-4).equals(emptyLine)
      if (isWhole) send()
      else reject(new Error(`the server answered ${answer.toString("latin1").slice(0, 12)}`))
    })
    send()
  })

/** Answered callbacks per second, with every connection busy. Requests are made before, so that signing costs no time. */
const measure = async (sockets: ReadonlyArray<Socket>, requests: ReadonlyArray<Buffer>): Promise<number> => {
  const start = performance.now()
  const end = start + roundMillis
  let sent = 0
  const next = (): Buffer | undefined => (performance.now() < end ? requests[sent++] : undefined)
  await Promise.all(sockets.map((socket) => keepBusy(socket, next)))
  return (Math.min(sent, requests.length) / (performance.now() - start)) * 1000
}

export const run = async (): Promise<ReadonlyArray<Figure>> => {
  const directory = mkdtempSync(join(tmpdir(), "maksa-bench-"))
  const servers = new Map<Mode, Awaited<ReturnType<typeof startServer>>>()
  try {
    for (const mode of modes) servers.set(mode, await startServer(mode, directory))
    const perSecond = new Map<Mode, Array<number>>(modes.map((mode) => [mode, []]))
    for (let round = -1; round < rounds; round++) {
      for (const mode of modes) {
        const server = servers.get(mode)
        if (server === undefined) continue
        const requests = Array.from({ length: 40_000 }, () => requestOf(callback()))
        const rate = await measure(server.sockets, requests)
        // The first round warms up and is not counted.
        if (round >= 0) perSecond.get(mode)?.push(rate)
      }
    }
    const rates = (mode: Mode) => perSecond.get(mode) ?? []
    const ratios = (over: Mode) => rates("group").map((rate, i) => rate / (rates(over)[i] ?? Number.NaN))
    for (const mode of modes)
      console.error(
        `${mode}: ${rates(mode)
          .map((rate) => Math.round(rate))
          .join(" ")} per second`
      )
    return [
      figure("webhook ingest, durable / verify-only", ratios("verify-only"), 0.7),
      figure("webhook ingest, group commit / one commit per request", ratios("commit-per-request"), 4)
    ]
  } finally {
    for (const { child, sockets } of servers.values()) {
      child.removeAllListeners("exit")
      for (const socket of sockets) socket.destroy()
      child.kill()
    }
    rmSync(directory, { recursive: true, force: true })
  }
}
