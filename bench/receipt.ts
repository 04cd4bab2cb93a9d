// Memory of a receipt on its way to readers who stall: the most that a server of Maksa's ever had, against a bare pipe of
// undici that passes the same bytes through. Each measurement is a process of its own, in turn.
import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { createServer } from "node:http"
import { type AddressInfo, connect, type Socket } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { fileURLToPath } from "node:url"
import { type Figure, figure } from "./figure.ts"

export type ReceiptServerMode = "pipe" | "maksa"

const rounds = 3
const readers = 50
const mib = 1024 * 1024
const part = Buffer.alloc(65_536, "x")

function* document(size: number): Generator<Buffer> {
  yield Buffer.from("%PDF-1.7\n")
  for (let sent = 0; sent < size; sent += part.length) yield part
  yield Buffer.from("\n%%EOF\n")
}

/** The provider: gives a document of as many bytes as the path says, at its reader's pace. */
const startSource = async () => {
  const server = createServer((request, response) => {
    const body = Readable.from(document(Number(request.url?.slice(1))), { objectMode: false })
    response.once("close", () => body.destroy())
    body.pipe(response)
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** A reader who takes the first bytes and then no more. Resolves once they have come. */
const stall = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1" })
    socket.once("error", reject)
    socket.once("data", () => {
      socket.pause()
      resolve(socket)
    })
    socket.write("GET / HTTP/1.1\r\nhost: bench\r\n\r\n")
  })

/** Bytes at the peak. */
const peakOf = async (mode: ReceiptServerMode, source: string, size: number): Promise<number> => {
  const directory = mkdtempSync(join(tmpdir(), "maksa-bench-"))
  const program = fileURLToPath(new URL("receiptServer.ts", import.meta.url))
  const child = spawn(process.execPath, [program, mode, `${source}/${size}`, directory], {
    stdio: ["ignore", "pipe", "inherit"]
  })
  const lines: Array<string> = []
  child.stdout.on("data", (chunk: Buffer) => lines.push(chunk.toString().trim()))
  try {
    // A server that fails to start ends its output.
    await Promise.race([once(child.stdout, "data"), once(child, "exit")])
    if (lines.length === 0) throw new Error(`the ${mode} server did not start`)
    const sockets = await Promise.all(Array.from({ length: readers }, () => stall(Number(lines[0]))))
    child.kill("SIGTERM")
    await once(child, "exit")
    for (const socket of sockets) socket.destroy()
    return Number(lines.at(-1)) * 1024
  } finally {
    child.kill("SIGKILL")
    rmSync(directory, { recursive: true, force: true })
  }
}

export const run = async (): Promise<ReadonlyArray<Figure>> => {
  const { server, url } = await startSource()
  const peaks: Array<{ readonly pipe: number; readonly small: number; readonly large: number }> = []
  try {
    for (let round = 0; round < rounds; round++) {
      const pipe = await peakOf("pipe", url, 10 * mib)
      const small = await peakOf("maksa", url, 10 * mib)
      const large = await peakOf("maksa", url, 100 * mib)
      peaks.push({ pipe, small, large })
      console.error(`pipe ${pipe / mib}, 10 MiB ${small / mib}, 100 MiB ${large / mib} MiB at the peak`)
    }
  } finally {
    server.closeAllConnections()
    server.close()
  }
  const ratios = (ratio: (peak: (typeof peaks)[number]) => number) => peaks.map(ratio)
  return [
    // Noted: the pipe stops with its readers, while a document on its way to the archive leaves buffers to the collector.
    {
      ...figure(
        "receipt of 10 MiB to 50 stalled readers, peak memory / a bare undici pipe",
        ratios(({ pipe, small }) => small / pipe),
        1.25,
        true
      ),
      isNoted: true
    },
    figure(
      "receipt of 100 MiB, peak memory / one of 10 MiB",
      ratios(({ large, small }) => large / small),
      1.1,
      true
    )
  ]
}
