import { nodeMiddleware } from "@maksa/core/node"
import {
  type DynamicModule,
  type FactoryProvider,
  Inject,
  type MiddlewareConsumer,
  Module,
  type NestModule,
  type OnApplicationShutdown,
  RequestMethod
} from "@nestjs/common"
import type { MaksaAsyncOptions, MaksaOptions, PaymentsLike } from "./options.ts"
import { PAYMENTS } from "./tokens.ts"

const OPTIONS = Symbol("@maksa/nestjs/Options")

const fix =
  "Create the application with NestFactory.create(AppModule, { rawBody: true }), or with { bodyParser: false }."

const definition = (
  options: Omit<FactoryProvider<MaksaOptions>, "provide">,
  imports: DynamicModule["imports"] = []
) => ({
  module: MaksaModule,
  global: true,
  imports,
  providers: [
    { provide: OPTIONS, ...options },
    {
      provide: PAYMENTS,
      useFactory: ({ payments }: MaksaOptions) => (typeof payments === "function" ? payments() : payments),
      inject: [OPTIONS]
    }
  ],
  exports: [PAYMENTS]
})

/**
 * Serves Maksa's routes (webhooks, payer returns, next-action pages) in a Nest application and makes the client
 * injectable everywhere with `@InjectPayments()`.
 *
 * Create the application with `rawBody: true`: signatures are over the bytes as they were sent. A path that is none of
 * Maksa's goes on to the application's own routes. At shutdown, once the server has answered what it had taken, the client
 * is disposed of.
 */
export class MaksaModule implements NestModule, OnApplicationShutdown {
  private readonly payments: PaymentsLike
  private readonly options: MaksaOptions

  constructor(payments: PaymentsLike, options: MaksaOptions) {
    this.payments = payments
    this.options = options
  }

  static forRoot(options: MaksaOptions): DynamicModule {
    return definition({ useFactory: () => options })
  }

  static forRootAsync<const Dependencies extends ReadonlyArray<unknown>>(
    options: MaksaAsyncOptions<Dependencies>
  ): DynamicModule {
    return definition({ useFactory: options.useFactory, inject: [...(options.inject ?? [])] }, options.imports)
  }

  configure(consumer: MiddlewareConsumer): void {
    const path = `/${this.options.path ?? "payments"}`.replace(/\/{2,}/g, "/").replace(/\/$/, "")
    const middleware = nodeMiddleware((request) => this.payments.handler(request), fix)
    consumer.apply(middleware).forRoutes({ path: `${path}{/*rest}`, method: RequestMethod.ALL })
  }

  // Not `onModuleDestroy`, which comes while requests are still being answered.
  async onApplicationShutdown(): Promise<void> {
    await this.payments[Symbol.asyncDispose]()
  }
}

// Called instead of written as decorators, so that these sources run wherever types are only stripped; and with tokens
// named, so that nothing depends on `emitDecoratorMetadata`.
Inject(PAYMENTS)(MaksaModule, undefined, 0)
Inject(OPTIONS)(MaksaModule, undefined, 1)
Module({})(MaksaModule)
