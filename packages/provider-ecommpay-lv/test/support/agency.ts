import * as http from "node:http"
import { once } from "node:events"
import {
  type AttemptFacts,
  type AttemptFold,
  type CreateInput,
  foldAttempt,
  Inbound,
  type LedgerEntry,
  type Observed,
  type Verdict
} from "@maksa/core"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { manifest } from "../../src/index.ts"
import { sha256 } from "./sha256.ts"
import type { OpenAdapter } from "./openAdapter.ts"

export const inbound = (body: Uint8Array, changes: Partial<Inbound> = {}): Inbound =>
  new Inbound({
    method: "POST",
    url: "/webhooks/ecommpay-test/4567",
    headers: { "content-type": "application/json" },
    body,
    receivedAt: DateTime.makeUnsafe(1_800_000_000_000),
    ...changes
  })

/** An agency's server with the adapter behind it: keeps what comes as core would, and answers as the adapter says. */
export const openAgency = async (open: OpenAdapter, now: () => number) => {
  const { adapter } = open
  const ledger = new Map<string, LedgerEntry>()
  const bodies: Array<Uint8Array> = []
  const verdicts: Array<Verdict> = []
  const refusals: Array<string> = []

  const keep = (observed: Observed, channel: LedgerEntry["channel"], at: number, digest: string): void => {
    const { says, trust, operation, providerCode, paidVia, contractDrift } = observed
    const hasProviderTime = channel === "query" || observed.providerTime !== undefined
    ledger.set(digest, {
      channel,
      trust,
      says,
      at: channel === "query" ? at : (observed.providerTime ?? at),
      observedAt: at,
      hasProviderTime,
      digest,
      operation,
      providerCode,
      paidVia,
      contractDrift
    })
  }

  const take = async (body: Uint8Array): Promise<number> => {
    bodies.push(body)
    const result = await Effect.runPromise(Effect.result(adapter.webhook(inbound(body))))
    if (Result.isFailure(result)) {
      refusals.push(result.failure.reason)
      return result.failure.status
    }
    const verdict = result.success
    verdicts.push(verdict)
    verdict.observations.forEach((observed, index) =>
      keep(observed, "webhook", now(), sha256(verdict.content, String(index)))
    )
    return verdict.acknowledge.status
  }

  const server = http.createServer((request, response) => {
    const parts: Array<Buffer> = []
    request.on("data", (part: Buffer) => parts.push(part))
    request.on("end", () => {
      void take(new Uint8Array(Buffer.concat(parts))).then((status) => response.writeHead(status).end())
    })
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  const port = typeof address === "object" && address !== null ? address.port : 0

  const factsOf = (input: CreateInput<unknown>): AttemptFacts => ({
    asked: input.total,
    deadline: input.deadline,
    submission: "answered",
    submittedAt: input.submittedAt,
    absenceProvesAfter: manifest.absenceProvesAfter,
    softSeconds: open.provider.manifest.softSeconds
  })

  return {
    url: `http://127.0.0.1:${port}`,
    bodies,
    verdicts,
    refusals,
    take,
    keepReply: (observed: ReadonlyArray<Observed>): void =>
      observed.forEach((one, index) => keep(one, "reply", now(), `reply ${index}`)),
    /** Asks as core does, and keeps what was answered. */
    ask: async (input: CreateInput<unknown>): Promise<ReadonlyArray<Observed>> => {
      const at = now()
      const observed = await Effect.runPromise(adapter.status({ ...input, now: at }))
      observed.forEach((one, index) => keep(one, "query", at, `query ${at} ${index}`))
      return observed
    },
    /** What core makes of everything kept so far. */
    fold: (input: CreateInput<unknown>, facts: Partial<AttemptFacts> = {}): AttemptFold =>
      foldAttempt({ ...factsOf(input), ...facts }, ledger.values()),
    forget: (): void => {
      ledger.clear()
      bodies.length = 0
      verdicts.length = 0
      refusals.length = 0
    },
    close: async (): Promise<void> => {
      const closed = once(server, "close")
      server.close()
      server.closeAllConnections()
      await closed
    }
  }
}
export type Agency = Awaited<ReturnType<typeof openAgency>>
