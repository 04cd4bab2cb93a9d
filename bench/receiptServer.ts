// One server of receipts for the memory benchmark: a bare pipe of undici, or Maksa with an archive on disk. Prints its port,
// and at its end the most memory that it ever had.
import { createServer, type RequestListener } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { pipeline } from "node:stream/promises"
import type { ReceiptServerMode } from "./receipt.ts"

const [mode, source = "", directory = ""] = process.argv.slice(2) as [ReceiptServerMode, string?, string?] // given by receipt.ts
const secret = "bench-store-secret-0123456789abcdef"

const pipe = async (): Promise<RequestListener> => {
  const { Agent, request } = await import("undici")
  const dispatcher = new Agent()
  return (_request, response) => {
    void request(source, { dispatcher })
      .then(({ body }) => pipeline(body, response.writeHead(200, { "content-type": "application/pdf" })))
      // A reader that goes away ends its pipe.
      .catch(() => response.destroy())
  }
}

const maksa = async (): Promise<RequestListener> => {
  const { createPayments, HttpTransport } = await import("@maksa/core")
  const { nodeMiddleware } = await import("@maksa/core/node")
  const { layer } = await import("@maksa/core/undici")
  const { diskArchive } = await import("@maksa/receipts")
  const { sqliteStore } = await import("@maksa/store-sql")
  const Effect = await import("effect/Effect")
  const Scope = await import("effect/Scope")
  const { fake, received, script } = await import("../apps/system-tests/test/fakeProvider.ts")
  const connection = await Effect.runPromise(
    HttpTransport.pipe(
      Effect.flatMap((transport) => transport.connect({ maxResponseBytes: 2 ** 30, bodyMillis: 600_000 })),
      Scope.provide(Effect.runSync(Scope.make())),
      Effect.provide(layer)
    )
  )
  const scripted = script()
  scripted.create = () => Effect.succeed([{ ...received(), providerReference: "R1" }])
  scripted.receipt = () =>
    Effect.map(
      Effect.orDie(connection.stream({ method: "GET", url: new URL(source), headers: {} })),
      ({ body }) => ({ _tag: "document", mediaType: "application/pdf", bytes: body, observations: [] }) as const
    )
  const payments = await createPayments({
    store: await sqliteStore({ file: join(directory, "maksa.sqlite"), secret }),
    archive: await diskArchive({ folder: join(directory, "archive"), secret }),
    providers: [fake(scripted, { receipt: { origin: "provider", formats: ["pdf"] } })],
    publicBaseUrl: "http://127.0.0.1",
    fulfilment: { policy: "eager" },
    maxReceiptBytes: 2 ** 30,
    authorize: () => true,
    returnOrigins: ["http://127.0.0.1"]
  })
  const { id } = await payments.create({
    idempotencyKey: "bench",
    merchantReference: "BENCH-1",
    provider: "fake",
    options: {},
    lines: [{ amount: { minorUnits: 1200n, currency: "EUR" } }],
    returnUrl: "http://127.0.0.1/done"
  })
  const serve = nodeMiddleware(payments.handler, "")
  return (request, response) => {
    request.url = `/payments/${id}/receipt?format=pdf`
    void serve(request, response, () => response.destroy())
  }
}

const server = createServer(await (mode === "pipe" ? pipe() : maksa()))
server.listen(0, "127.0.0.1", () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`))
process.once("SIGTERM", () => {
  // Kilobytes, the most since the process began.
  process.stdout.write(`${process.resourceUsage().maxRSS}\n`, () => process.exit(0))
})
