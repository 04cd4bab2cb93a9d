import { connectionFromSend, TransportError, type TransportRequest, type TransportResponse } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { assert, describe, it } from "vitest"
import { makeDataApi } from "../../src/internal/data-api/dataApi.ts"
import { type SignableObject, verify } from "../../src/signature.ts"
import { reasonOf } from "../support/openAdapter.ts"
import { reply, signedBytes } from "../support/recordingTransport.ts"

const secret = "the token's own secret"
const token = "0123456789abcdef0123456789abcd"
const asking = { instance: "ecommpay-test" }
const from = Date.parse("2026-03-20T00:00:00Z")
const day = 86_400_000

const row = (id: number, more: SignableObject = {}): SignableObject => ({
  project_id: 200,
  operation_id: id,
  payment_id: `order_${id}`,
  operation_type: "sale",
  operation_status: "success",
  operation_completed_at: "2026-03-20 14:22:06",
  ...more
})
const rows = (count: number): ReadonlyArray<SignableObject> => Array.from({ length: count }, (_, i) => row(1000 + i))

interface Asked {
  readonly token: string
  readonly tz: string
  readonly interval: { readonly from: string; readonly to: string }
  readonly offset: number
  readonly limit: number
  readonly project_id: ReadonlyArray<number>
}

const serve = (respond: (asked: Asked, request: TransportRequest) => TransportResponse | TransportError) => {
  const asked: Array<Asked> = []
  const requests: Array<TransportRequest> = []
  const connection = connectionFromSend((request) =>
    Effect.suspend(() => {
      const body = JSON.parse(new TextDecoder().decode(request.body)) as Asked // what this package sends
      asked.push(body)
      requests.push(request)
      const answer = respond(body, request)
      return "phase" in answer ? Effect.fail(answer) : Effect.succeed(answer)
    })
  )
  const access = {
    url: new URL("https://data.example/v1"),
    token: Redacted.make(token),
    secret: Redacted.make(secret)
  }
  return { api: makeDataApi(connection, access, 200), asked, requests }
}
const answer = (operations: ReadonlyArray<SignableObject>): TransportResponse =>
  reply(200, signedBytes({ operations }, secret))
/** A service that gives at most `most` items, whatever it is asked for. */
const paged =
  (all: ReadonlyArray<SignableObject>, most: number) =>
  ({ limit, offset }: Asked): TransportResponse =>
    answer(all.slice(offset, offset + Math.min(limit, most)))

const idsOf = async (respond: Parameters<typeof serve>[0], until = from + day) => {
  const found = await Effect.runPromise(serve(respond).api.completed(asking, from, until))
  return found.map(({ id }) => Number(id))
}

describe("operations of the Data API", () => {
  it("are asked for by token and signature, of this project alone, without anybody's data", async () => {
    const { api, asked, requests } = serve(() => answer([]))
    await Effect.runPromise(api.completed(asking, from + 999, from + day))
    const [request] = requests
    assert.strictEqual(request?.url.href, "https://data.example/v1/operations/get")
    assert.isTrue(verify(request?.body ?? new Uint8Array(), [secret]))
    const { interval, project_id: projects, token: sent, tz } = asked[0] ?? assert.fail("nothing was asked")
    assert.deepEqual([sent, tz, projects], [token, "UTC", [200]])
    assert.deepEqual(interval, { from: "2026-03-20 00:00:00", to: "2026-03-21 00:00:00" })
    assert.notMatch(JSON.stringify(asked[0]), /account|customer|ip|name|description/)
  })

  it("are read to the last page, also where pages are smaller than asked for", async () => {
    const expected = rows(23).map(({ operation_id: id }) => Number(id))
    for (const most of [23, 24, 22, 10, 2]) assert.deepEqual(await idsOf(paged(rows(23), most)), expected, `by ${most}`)
    assert.deepEqual(await idsOf(paged([], 10)), [])
  })

  it("are read anew when the list moved between two pages, so that none is lost", async () => {
    const all = [...rows(20)]
    const respond = paged(all, 8)
    let calls = 0
    const ids = await idsOf((asked) => {
      const page = respond(asked)
      // The first operation ends anew and goes to the end.
      if (++calls === 1) all.push(...all.splice(0, 1))
      return page
    })
    assert.sameMembers(
      ids,
      rows(20).map(({ operation_id: id }) => Number(id))
    )
  })

  it("are read anew when two of one second changed places between two pages, so that neither is lost", async () => {
    const all = [...rows(20)]
    const respond = paged(all, 8)
    let calls = 0
    const ids = await idsOf((asked) => {
      const page = respond(asked)
      if (++calls === 1) [all[3], all[10]] = [all[10] ?? row(0), all[3] ?? row(0)]
      return page
    })
    assert.sameMembers(
      ids,
      rows(20).map(({ operation_id: id }) => Number(id))
    )
  })

  it("are no list where its pages never fit together", async () => {
    const reason = await reasonOf(
      serve(({ limit }) => answer(rows(limit).slice(0, 7))).api.completed(asking, from, from + day)
    )
    assert.strictEqual(reason._tag, "MalformedResponse")
  })

  it("of more than 180 days are asked for in pieces that nobody queues, each operation once", async () => {
    const { api, asked } = serve(() => answer([row(7)]))
    const found = await Effect.runPromise(api.completed(asking, from, from + 400 * day))
    assert.lengthOf(found, 1)
    const spans = asked.map(({ interval }) => [Date.parse(`${interval.from}Z`), Date.parse(`${interval.to}Z`)] as const)
    for (const [start, end] of spans) assert.isAtMost(end - start, 180 * day)
    assert.strictEqual(spans[0]?.[0], from)
    assert.strictEqual(spans.at(-1)?.[1], from + 400 * day)
    const starts = [...new Set(spans.map(([start]) => start))]
    const ends = [...new Set(spans.map(([, end]) => end))]
    assert.deepEqual(starts.slice(1), ends.slice(0, -1), "nothing lies between two pieces")
  })

  it("of other projects are left out, and those of no payment break nothing", async () => {
    const others = [row(1), row(2, { project_id: "201" }), row(3, { project_id: "200" }), row(4, { payment_id: null })]
    assert.deepEqual(await idsOf(paged(others, 10)), [1, 3])
    const { api } = serve(() => answer([row(1, { payment_id: "ORDER_1" }), row(2), row(1, { project_id: 201 })]))
    const own = await Effect.runPromise(api.ofPayment(asking, "list", "order_1"))
    assert.deepEqual(
      own.map(({ id, paymentId }) => [id, paymentId]),
      [["1", "order_1"]]
    )
  })

  it("may be written as texts or as numbers", async () => {
    const texts = { project_id: "200", operation_id: "9529253065607", sum_initial: { amount: "1200", currency: "EUR" } }
    const { api } = serve(() => answer([row(1, texts)]))
    const [one] = await Effect.runPromise(api.completed(asking, from, from + day))
    assert.deepInclude(one, { id: "9529253065607", sum: { amount: 1200n, currency: "EUR" } })
  })

  const refusals: ReadonlyArray<readonly [string, TransportResponse | TransportError, string]> = [
    [
      "a token that is not known",
      reply(401, JSON.stringify({ name: "Unauthorized", message: "x", code: 0, status: 401 })),
      "AuthenticationFailed"
    ],
    [
      "a request that is not understood",
      reply(400, JSON.stringify({ name: "Bad Request", message: "x", code: 0, status: 400 })),
      "Refused"
    ],
    ["too many requests", reply(429, "", { "retry-after": "10" }), "RateLimited"],
    ["trouble of the platform", reply(500, ""), "Unavailable"],
    ["a page of something else", reply(200, "<html></html>"), "MalformedResponse"],
    ["an answer that is not signed", reply(200, JSON.stringify({ operations: [] })), "MalformedResponse"],
    ["an answer signed by another key", reply(200, signedBytes({ operations: [] }, "another")), "MalformedResponse"],
    [
      "another shape",
      reply(200, signedBytes({ operations: [{ ...row(1), operation_type: 7 }] }, secret)),
      "MalformedResponse"
    ],
    ["an answer with other members", reply(200, signedBytes({ rows: [row(1)] }, secret)), "MalformedResponse"],
    ["silence", new TransportError({ phase: "sent_no_response", code: "ETIMEDOUT", kind: "timeout" }), "Unavailable"]
  ]
  for (const [what, response, expected] of refusals) {
    it(`are no empty list after ${what}`, async () => {
      const reason = await reasonOf(serve(() => response).api.completed(asking, from, from + day))
      assert.strictEqual(reason._tag, expected)
      for (const value of [secret, token]) assert.notInclude(JSON.stringify(reason), value)
    })
  }
})
