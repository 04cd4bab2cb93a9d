import type { FactoryProvider, ModuleMetadata } from "@nestjs/common"

/** What this binding needs of the client that `createPayments(...)` gives. */
export interface PaymentsLike {
  handler(request: Request): Promise<Response>
  [Symbol.asyncDispose](): PromiseLike<void>
}

export interface MaksaOptions {
  /** The client, or a function that makes it when the application starts. The module disposes of it at shutdown. */
  readonly payments: PaymentsLike | (() => Promise<PaymentsLike>)
  /**
   * Under which path the routes are served; `/payments` unless said otherwise. A global prefix goes before it, as before
   * every route of Nest; both together must be what the client's `publicBaseUrl` ends with.
   */
  readonly path?: string
}

export interface MaksaAsyncOptions<Dependencies extends ReadonlyArray<unknown>> {
  /** Modules that export what `inject` names. */
  readonly imports?: NonNullable<ModuleMetadata["imports"]>
  /** Tokens of what `useFactory` takes, in its order. */
  readonly inject?: NonNullable<FactoryProvider["inject"]>
  readonly useFactory: (...dependencies: Dependencies) => MaksaOptions | Promise<MaksaOptions>
}
