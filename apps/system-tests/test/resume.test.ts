import { Collect, type Observed, Wait } from "@maksa/core"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { assert, describe, it } from "vitest"
import { fake, type Script } from "./fakeProvider.ts"
import { harness, type Harness, order } from "./harness.ts"
import { reasonOf } from "./steps.ts"

const consentText = " Es piekrītu; maksāt\n12,00 EUR "
const asking: Observed = {
  says: {
    _tag: "action_needed",
    action: new Collect({ fields: [{ name: "iban", label: "IBAN", isRequired: true }], consentText })
  },
  trust: "proven"
}

/** The fake provider with `resume` declared; what reaches it is kept in `got`. */
const resuming =
  (got: Array<unknown>, until: Promise<void> = Promise.resolve()) =>
  (script: Script) => {
    const plain = fake(script)
    return {
      ...plain,
      manifest: { ...plain.manifest, extras: { ...plain.manifest.extras, resume: true } },
      make: Effect.map(plain.make, (adapter) => ({
        ...adapter,
        resume: (_attempt: unknown, input: unknown) => {
          got.push(input)
          const answer = [{ says: { _tag: "action_needed", action: new Wait({}) }, trust: "proven" }]
          return Effect.as(
            Effect.promise(() => until),
            answer
          )
        }
      }))
    } as unknown as ReturnType<typeof fake> // one extra more than the type of the plain fake says
  }

const post = (fields: Record<string, string>) => ({
  method: "POST",
  body: new URLSearchParams(fields).toString(),
  headers: { "content-type": "application/x-www-form-urlencoded" }
})

/** What the page says that it asked for. */
const markOf = async (h: Harness, path: string): Promise<string> =>
  /name="maksa-asked" value="([0-9a-f]+)"/.exec(await (await h.send(path)).text())?.[1] ?? ""

/** What the history of a payment has of the payer's consents, and when. */
const consentsOf = async (h: Harness, id: string) =>
  (await h.payments.history(id)).flatMap(({ channel, observedAt, says, trust }) =>
    says._tag === "consented" ? [{ ...says, channel, trust, at: DateTime.toEpochMillis(observedAt) }] : []
  )

const consented = (at: number, language: "lv" | "ru" = "lv") => ({
  _tag: "consented" as const,
  // sha256sum of the text's UTF-8 bytes
  textDigest: "46ade0fedb9f420342cecbd322b65a2901bfc98304852b8a38c9aace46e39b6d",
  language,
  channel: "return" as const,
  trust: "proven" as const,
  at
})

describe("evidence of consent", () => {
  it("is the hash of the text, its language and the time, and outlives an erasure", async () => {
    await using h = await harness({ provider: resuming([]) })
    h.script.create = () => Effect.succeed([asking])
    const payment = await h.payments.create(order({ language: "ru" }))
    h.clock.value += 1000
    const at = h.clock.value
    const path = new URL(payment.current.actionUrl ?? "").pathname.replace("/maksa", "")
    const answer = { iban: "LV80BANK0000435195001", "maksa-consent": "1", "maksa-asked": await markOf(h, path) }
    await h.send(path, post(answer))
    assert.deepStrictEqual(await consentsOf(h, payment.id), [consented(at, "ru")])
    await h.payments.erase(payment.id)
    assert.deepStrictEqual(await consentsOf(h, payment.id), [consented(at, "ru")])
  })

  it("is kept before the answer leaves: a provider that breaks does not take it back, and nothing else changes", async () => {
    const broken = Promise.reject(new Error("broken"))
    broken.catch(() => {}) // awaited only when the provider is called
    await using h = await harness({ provider: resuming([], broken) })
    h.script.create = () => Effect.succeed([asking])
    const payment = await h.payments.create(order())
    const { resume } = h.payments as unknown as {
      readonly resume: (payment: unknown, input: object) => Promise<unknown>
    }
    const input = { fields: {}, consentText }
    for (const _ of [1, 2]) {
      h.clock.value += 1000
      assert.strictEqual(await resume(payment, input).then(String, () => "failed"), "failed")
    }
    const at = h.clock.value
    assert.deepStrictEqual(await consentsOf(h, payment.id), [consented(at - 1000), consented(at)])
    const after = await h.payments.get(payment.id)
    assert.deepStrictEqual([after.state, after.current.nextAction], [payment.state, payment.current.nextAction])
    assert.strictEqual((await h.payments.runDue()).folded, 0)
  })

  it("is not taken from a provider, nor is a person's decision", async () => {
    await using h = await harness()
    const payment = await h.payments.create(order())
    for (const says of [
      { _tag: "consented", textDigest: "00" },
      { _tag: "decided", status: "paid" }
    ] as const) {
      h.clock.value += 60_000
      h.script.status = () => Effect.succeed([{ says, trust: "proven" }])
      assert.strictEqual(await reasonOf(h.payments.refresh(payment.id)), "MalformedResponse")
    }
    const told = (await h.payments.history(payment.id)).map(({ says }) => says._tag)
    assert.notInclude(told, "consented")
    assert.notInclude(told, "decided")
    assert.notStrictEqual((await h.payments.get(payment.id)).status, "paid")
  })

  it("is not kept of a consent to another text, nor where only fields were asked", async () => {
    await using h = await harness({ provider: resuming([]) })
    const { resume } = h.payments as unknown as {
      readonly resume: (payment: unknown, input: object) => Promise<unknown>
    }
    h.script.create = () => Effect.succeed([asking])
    const payment = await h.payments.create(order())
    assert.strictEqual(await reasonOf(resume(payment, { fields: {}, consentText: consentText.trim() })), "Conflict")
    assert.deepStrictEqual(await consentsOf(h, payment.id), [])
    const onlyFields = new Collect({ fields: [{ name: "iban", label: "IBAN", isRequired: true }] })
    h.script.create = () => Effect.succeed([{ says: { _tag: "action_needed", action: onlyFields }, trust: "proven" }])
    const other = await h.payments.create(order())
    await resume(other, { fields: { iban: "LV80BANK0000435195001" } })
    assert.deepStrictEqual(await consentsOf(h, other.id), [])
  })
})

describe("resume", () => {
  it("sends what was asked and the consent text character for character, and nothing that was not asked", async () => {
    const got: Array<unknown> = []
    await using h = await harness({ provider: resuming(got) })
    h.script.create = () => Effect.succeed([asking])
    const payment = await h.payments.create(order())
    const path = new URL(payment.current.actionUrl ?? "").pathname.replace("/maksa", "")
    h.clock.value += 1000
    const mark = await markOf(h, path)
    const answer = { iban: "LV80BANK0000435195001", extra: "x", "maksa-consent": "1", "maksa-asked": mark }
    const response = await h.send(path, post(answer))
    assert.deepStrictEqual([response.status, response.headers.get("location")], [303, payment.current.actionUrl])
    assert.deepStrictEqual(got, [{ fields: { iban: "LV80BANK0000435195001" }, consentText }])
    assert.strictEqual((await h.payments.get(payment.id)).current.nextAction?._tag, "wait")
    assert.notInclude(JSON.stringify(await h.payments.history(payment.id)), "LV80BANK")
  })

  it("is sent once, though the payer presses the button twice", async () => {
    const got: Array<unknown> = []
    const { promise, resolve } = Promise.withResolvers<void>()
    await using h = await harness({ provider: resuming(got, promise) })
    h.script.create = () => Effect.succeed([asking])
    const payment = await h.payments.create(order())
    const path = new URL(payment.current.actionUrl ?? "").pathname.replace("/maksa", "")
    h.clock.value += 1000
    const answer = { iban: "LV80BANK0000435195001", "maksa-consent": "1", "maksa-asked": await markOf(h, path) }
    const [first, second] = [h.send(path, post(answer)), h.send(path, post(answer))]
    await Promise.race([first, second])
    resolve()
    assert.deepStrictEqual([(await first).status, (await second).status, got.length], [303, 303, 1])
    const rows = await h.store.transact((tx) => tx.observationsOf(payment.id))
    assert.deepStrictEqual(
      rows.map(({ channel }) => channel),
      ["reply", "return", "reply"]
    )
  })

  it("may lead on to the bank: the page's policy allows redirects of its form", async () => {
    await using h = await harness({ provider: resuming([]) })
    h.script.create = () => Effect.succeed([asking])
    const payment = await h.payments.create(order())
    const page = await h.send(new URL(payment.current.actionUrl ?? "").pathname.replace("/maksa", ""))
    assert.include(page.headers.get("content-security-policy"), "form-action https: http:;")
  })

  it("does not pass a consent on to another text than the one that was shown", async () => {
    const got: Array<unknown> = []
    await using h = await harness({ provider: resuming(got) })
    h.script.create = () => Effect.succeed([asking])
    const payment = await h.payments.create(order())
    const path = new URL(payment.current.actionUrl ?? "").pathname.replace("/maksa", "")
    const mark = await markOf(h, path)
    const other = new Collect({
      fields: [{ name: "iban", label: "IBAN", isRequired: true }],
      consentText: "Es piekrītu; maksāt 1200,00 EUR"
    })
    h.script.status = () => Effect.succeed([{ says: { _tag: "action_needed", action: other }, trust: "proven" }])
    h.clock.value += 60_000
    await h.payments.refresh(payment.id)
    await h.send(path, post({ iban: "LV80BANK0000435195001", "maksa-consent": "1", "maksa-asked": mark }))
    const { resume } = h.payments as unknown as {
      readonly resume: (payment: unknown, input: object) => Promise<unknown>
    }
    for (const input of [{ fields: {}, consentText }, { fields: {} }]) {
      assert.strictEqual(await reasonOf(resume(payment, input)), "Conflict")
    }
    assert.deepStrictEqual(got, [])
    const answer = { iban: "LV80BANK0000435195001", "maksa-consent": "1", "maksa-asked": await markOf(h, path) }
    await h.send(path, post(answer))
    assert.strictEqual(got.length, 1)
  })

  it("goes nowhere without the consent that was asked for", async () => {
    const got: Array<unknown> = []
    await using h = await harness({ provider: resuming(got) })
    h.script.create = () => Effect.succeed([asking])
    const payment = await h.payments.create(order())
    const path = new URL(payment.current.actionUrl ?? "").pathname.replace("/maksa", "")
    await h.send(path, post({ iban: "LV80BANK0000435195001", "maksa-asked": await markOf(h, path) }))
    assert.deepStrictEqual(got, [])
    assert.strictEqual((await h.payments.get(payment.id)).current.nextAction?._tag, "collect")
  })

  it("exists on the client because a provider declares it, and is a conflict when nothing is asked", async () => {
    const got: Array<unknown> = []
    await using h = await harness({ provider: resuming(got) })
    const payment = await h.payments.create(order())
    const client = h.payments as unknown as { resume(payment: unknown, input: object): Promise<unknown> }
    const reason = await client.resume(payment, { fields: {} }).then(
      () => "none",
      (cause: unknown) => (cause as { readonly reason: { readonly _tag: string } }).reason._tag
    )
    assert.deepStrictEqual([reason, got.length], ["Conflict", 0])
  })

  it("keeps the provider's reply although the caller stopped waiting for it", async () => {
    const got: Array<unknown> = []
    const { promise, resolve } = Promise.withResolvers<void>()
    await using h = await harness({ provider: resuming(got, promise) })
    h.script.create = () => Effect.succeed([asking])
    const payment = await h.payments.create(order())
    h.clock.value += 1000
    const caller = new AbortController()
    // see `resuming`: the client has one verb more than its type says
    const { resume } = h.payments as unknown as {
      readonly resume: (...args: ReadonlyArray<unknown>) => Promise<unknown>
    }
    const input = { fields: { iban: "LV80BANK0000435195001" }, consentText }
    const call = resume(payment, input, { signal: caller.signal })
    for (let i = 0; got.length === 0 && i < 1000; i++) await new Promise((next) => setImmediate(next))
    caller.abort()
    assert.strictEqual(await call.then(String, (cause: Error) => cause.name), "AbortError")
    resolve()
    await h.payments.close()
    const kept = await h.store.transact((tx) => tx.observationsOf(payment.id))
    assert.deepStrictEqual(
      kept.map(({ channel }) => channel),
      ["reply", "return", "reply"]
    )
  })
})
