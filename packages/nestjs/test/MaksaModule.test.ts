import {
  Catch,
  Controller,
  type ExceptionFilter,
  type ArgumentsHost,
  Get,
  Injectable,
  Module,
  Post,
  Req
} from "@nestjs/common"
import { assert, describe, it } from "vitest"
import { BodyConsumedError, InjectPayments, MaksaModule, PAYMENTS, type PaymentsLike } from "../src/index.ts"
import { echo, type FakePayments, paymentsWith, send, sha256, start } from "./application.ts"
import { oddBodies, zipped } from "./bodies.ts"

const appWith = (payments: PaymentsLike, path?: string) => {
  @Module({ imports: [MaksaModule.forRoot({ payments, ...(path === undefined ? {} : { path }) })] })
  class App {}
  return App
}

@Catch()
class NotingFilter implements ExceptionFilter {
  readonly seen: Array<unknown> = []
  catch(error: unknown, host: ArgumentsHost) {
    this.seen.push(error)
    host.switchToHttp().getResponse().status(500).json({ message: "noted" })
  }
}

const redirect: PaymentsLike["handler"] = (request) => {
  const headers = new Headers({ location: `https://agency.example/done${new URL(request.url).search}` })
  headers.append("set-cookie", "a=1")
  headers.append("set-cookie", "b=2")
  return Promise.resolve(new Response(null, { status: 303, headers }))
}

const unhandled: PaymentsLike["handler"] = () =>
  Promise.resolve(new Response("nothing here", { status: 404, headers: { "x-maksa": "unhandled" } }))

const refuse: PaymentsLike["handler"] = (request) =>
  request.text().then(
    () => new Response("accepted"),
    () => new Response("bad signature", { status: 403 })
  )

const failing: PaymentsLike["handler"] = () => Promise.reject(new RangeError("broken"))

describe("requests", () => {
  describe.each([
    ["rawBody: true", { rawBody: true }],
    ["bodyParser: false", { bodyParser: false }]
  ])("with %s", (_what, options) => {
    it.each(oddBodies.filter(([, body]) => body.length < 100_000))(
      "a webhook's body arrives byte for byte: %s",
      async (_odd, body, type) => {
        await using running = await start(appWith(paymentsWith(echo)), options)
        const answer = await send(running, { body, type })
        assert.strictEqual(answer.status, 200)
        assert.deepInclude(JSON.parse(answer.body), { method: "POST", length: body.length, digest: sha256(body) })
      }
    )
  })

  it("a compressed body arrives as it came when no parser runs", async () => {
    await using running = await start(appWith(paymentsWith(echo)), { bodyParser: false })
    const answer = await send(running, { body: zipped, type: "application/json" })
    assert.include(JSON.parse(answer.body), { digest: sha256(zipped) })
  })

  it("a payer's return is answered with the handler's redirect and all its cookies", async () => {
    await using running = await start(appWith(paymentsWith(redirect)))
    const answer = await send(running, { path: "/payments/return/x?token=abc&a=%20" })
    assert.strictEqual(answer.status, 303)
    assert.strictEqual(answer.headers.location, "https://agency.example/done?token=abc&a=%20")
    assert.deepEqual(answer.headers["set-cookie"], ["a=1", "b=2"])
  })

  it("the handler sees the whole path, a global prefix included, on an origin of its own", async () => {
    await using running = await start(appWith(paymentsWith(echo), "pay"), { rawBody: true }, (app) =>
      app.setGlobalPrefix("api")
    )
    for (const path of ["/api/pay/webhooks/x?b=2&a=%2F", "/api/pay/a/b/c/d", "/api/pay"]) {
      const answer = await send(running, { path })
      assert.include(JSON.parse(answer.body), { url: `http://maksa.invalid${path}` })
    }
    assert.strictEqual((await send(running, { path: "/pay/webhooks/x" })).status, 404)
  })

  it.each(["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"])("%s reaches the handler", async (method) => {
    await using running = await start(appWith(paymentsWith(echo)))
    assert.include(JSON.parse((await send(running, { method })).body), { method })
  })

  it("HEAD reaches the handler and is answered without a body", async () => {
    const methods: Array<string> = []
    const handler: PaymentsLike["handler"] = (request) => {
      methods.push(request.method)
      return Promise.resolve(new Response("12345", { headers: { "content-length": "5" } }))
    }
    await using running = await start(appWith(paymentsWith(handler)))
    const answer = await send(running, { method: "HEAD" })
    assert.deepInclude(answer, { status: 200, body: "" })
    assert.deepEqual(methods, ["HEAD"])
  })

  it("what is not the handler's own goes on to the application's controllers, parsed as ever", async () => {
    @Controller("payments")
    class Own {
      @Post("own")
      own(@Req() request: { readonly body: unknown }) {
        return request.body
      }
    }
    @Module({ imports: [MaksaModule.forRoot({ payments: paymentsWith(unhandled) })], controllers: [Own] })
    class App {}
    // Without rawBody on purpose: requests that are not Maksa's must not be disturbed.
    await using running = await start(App, {})
    const answer = await send(running, { path: "/payments/own", body: '{"a":1}', type: "application/json" })
    assert.deepInclude(answer, { status: 201, body: '{"a":1}' })
    assert.notProperty(answer.headers, "x-maksa")
    const missing = await send(running, { path: "/payments/none" })
    assert.strictEqual(missing.status, 404)
    assert.notInclude(missing.body, "nothing here")
  })
})

describe("errors", () => {
  it.each([
    ["the echo", echo],
    ["a handler that turns it into a bad signature", refuse]
  ])("a body without its raw bytes is an error that names the fix, with %s", async (_what, handler) => {
    const filter = new NotingFilter()
    await using running = await start(appWith(paymentsWith(handler)), {}, (app) => app.useGlobalFilters(filter))
    const answer = await send(running, { body: '{ "b":1 }', type: "application/json" })
    assert.deepInclude(answer, { status: 500, body: '{"message":"noted"}' })
    assert.instanceOf(filter.seen[0], BodyConsumedError)
    assert.include(String(filter.seen[0]), "NestFactory.create(AppModule, { rawBody: true })")
  })

  it("the same error is logged by Nest and its text does not reach the sender", async () => {
    const logged: Array<unknown> = []
    const logger = { log: () => {}, warn: () => {}, error: (...told: ReadonlyArray<unknown>) => logged.push(...told) }
    await using running = await start(appWith(paymentsWith(echo)), { logger })
    const answer = await send(running, { body: "a=1", type: "application/x-www-form-urlencoded" })
    assert.strictEqual(answer.status, 500)
    assert.notInclude(answer.body, "rawBody")
    assert.include(logged.map(String).join("\n"), "rawBody: true")
  })

  it("requests without a body are served although rawBody is missing", async () => {
    await using running = await start(appWith(paymentsWith(echo)), {})
    assert.strictEqual((await send(running)).status, 200)
  })

  it("an error of the handler reaches the application's exception filters", async () => {
    const filter = new NotingFilter()
    await using running = await start(appWith(paymentsWith(failing)), {}, (app) => app.useGlobalFilters(filter))
    assert.strictEqual((await send(running)).status, 500)
    assert.instanceOf(filter.seen[0], RangeError)
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
