// What is Nest's own; everything that each binding promises is in contract.test.ts.
import { Controller, Get, Injectable, Module } from "@nestjs/common"
import { assert, describe, it } from "vitest"
import { InjectPayments, MaksaModule, PAYMENTS, type PaymentsLike } from "../src/index.ts"
import { echo, type FakePayments, paymentsWith, send, sha256, start } from "./application.ts"

const appWith = (payments: PaymentsLike, path?: string) => {
  @Module({ imports: [MaksaModule.forRoot({ payments, ...(path === undefined ? {} : { path }) })] })
  class App {}
  return App
}

describe("requests", () => {
  it("arrive byte for byte behind Nest's own parsers, created as the documentation says", async () => {
    await using running = await start(appWith(paymentsWith(echo)))
    const body = '{ "b":1,  "a":2, "a":2 }'
    const answer = await send(running, { body, type: "application/json" })
    assert.include(JSON.parse(answer.body), { length: body.length, digest: sha256(body) })
  })

  it("show the handler the whole path, a global prefix included, on an origin of its own", async () => {
    await using running = await start(appWith(paymentsWith(echo), "pay"), { rawBody: true }, (app) =>
      app.setGlobalPrefix("api")
    )
    for (const path of ["/api/pay/webhooks/x?b=2&a=%2F", "/api/pay/a/b/c/d", "/api/pay"]) {
      const answer = await send(running, { path })
      assert.include(JSON.parse(answer.body), { url: `http://maksa.invalid${path}` })
    }
    assert.strictEqual((await send(running, { path: "/pay/webhooks/x" })).status, 404)
  })
})

describe("a body that Nest's own parser has destroyed", () => {
  it("is an error that Nest logs and whose text does not reach the sender", async () => {
    const logged: Array<unknown> = []
    const logger = { log: () => {}, warn: () => {}, error: (...told: ReadonlyArray<unknown>) => logged.push(...told) }
    await using running = await start(appWith(paymentsWith(echo)), { logger })
    const answer = await send(running, { body: "a=1", type: "application/x-www-form-urlencoded" })
    assert.strictEqual(answer.status, 500)
    assert.notInclude(answer.body, "rawBody")
    assert.include(logged.map(String).join("\n"), "rawBody: true")
  })
})

interface AppPayments extends FakePayments {
  readonly name: string
}

describe("injection", () => {
  @Injectable()
  class Fees {
    readonly payments: AppPayments
    constructor(@InjectPayments() payments: AppPayments) {
      this.payments = payments
    }
  }

  @Controller("name")
  class NameController {
    private readonly fees: Fees
    constructor(@InjectPayments() payments: AppPayments) {
      this.fees = new Fees(payments)
    }
    @Get()
    name() {
      return this.fees.payments.name
    }
  }

  @Module({ providers: [Fees], controllers: [NameController], exports: [Fees] })
  class FeesModule {}

  it("gives the client to services and controllers of other modules", async () => {
    const payments = { ...paymentsWith(echo), name: "the client" }
    @Module({ imports: [FeesModule, MaksaModule.forRoot({ payments })] })
    class App {}
    await using running = await start(App)
    assert.strictEqual(running.app.get(Fees, { strict: false }).payments, payments)
    assert.strictEqual(running.app.get<PaymentsLike>(PAYMENTS, { strict: false }), payments)
    assert.strictEqual((await send(running, { path: "/name" })).body, "the client")
  })

  it("makes the client once, when the application starts, where a function is given", async () => {
    let made = 0
    const client = paymentsWith(echo)
    const payments = () => {
      made++
      return Promise.resolve(client)
    }
    @Module({ imports: [FeesModule, MaksaModule.forRoot({ payments })] })
    class App {}
    assert.strictEqual(made, 0)
    await using running = await start(App)
    assert.strictEqual((await send(running)).status, 200)
    assert.strictEqual(running.app.get<PaymentsLike>(PAYMENTS, { strict: false }), client)
    assert.strictEqual(made, 1)
  })

  it("takes its options from a factory with dependencies", async () => {
    @Injectable()
    class Configuration {
      readonly path = "/fees"
    }
    @Module({ providers: [Configuration], exports: [Configuration] })
    class ConfigurationModule {}
    const client = paymentsWith(echo)
    @Module({
      imports: [
        MaksaModule.forRootAsync({
          imports: [ConfigurationModule],
          inject: [Configuration],
          useFactory: async (configuration: Configuration) => ({
            payments: () => Promise.resolve(client),
            path: configuration.path
          })
        })
      ]
    })
    class App {}
    await using running = await start(App)
    assert.strictEqual((await send(running, { path: "/fees/webhooks/x" })).status, 200)
    assert.strictEqual((await send(running, { path: "/payments/webhooks/x" })).status, 404)
  })

  it("an application whose client cannot be made does not start", async () => {
    @Module({ imports: [MaksaModule.forRoot({ payments: () => Promise.reject(new Error("no certificate")) })] })
    class App {}
    const failure = await start(App).then(
      () => undefined,
      (error: unknown) => error
    )
    assert.include(String(failure), "no certificate")
  })
})

describe("shutdown", () => {
  it("disposes of the client once, after what was being served has been answered", async () => {
    const arrived = Promise.withResolvers<void>()
    const release = Promise.withResolvers<void>()
    const payments: FakePayments = paymentsWith(async () => {
      arrived.resolve()
      await release.promise
      payments.events.push("answered")
      return new Response("done")
    })
    const { app, port } = await start(appWith(payments))
    const answer = send({ port })
    await arrived.promise
    const closed = app.close()
    release.resolve()
    assert.deepInclude(await answer, { status: 200, body: "done" })
    await closed
    assert.deepEqual(payments.events, ["answered", "disposed"])
  })
})
