import { type ArgumentsHost, Catch, Controller, type ExceptionFilter, Module, Post, Req, Res } from "@nestjs/common"
import { BaseExceptionFilter, NestFactory } from "@nestjs/core"
import type { NestExpressApplication } from "@nestjs/platform-express"
import { httpBindingContract, type ServedPayments } from "@maksa/contract-kit"
import type { IncomingMessage, ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import "reflect-metadata"
import { MaksaModule } from "../src/index.ts"

/** The application around the binding: the module, and a route of its own behind it. */
const moduleOf = (payments: ServedPayments, mountPath: string) => {
  @Controller(mountPath)
  class Own {
    @Post("own")
    async own(@Req() req: IncomingMessage & { readonly body?: unknown }, @Res() res: ServerResponse) {
      const pieces: Array<Uint8Array> = []
      // A parser before the binding has given the route something else than bytes.
      if (req.readableDidRead) pieces.push(Buffer.from(JSON.stringify(req.body)))
      else for await (const piece of req) pieces.push(piece)
      res.writeHead(200, { "x-own": "yes" }).end(Buffer.concat(pieces))
    }
  }
  @Module({ imports: [MaksaModule.forRoot({ payments, path: mountPath })], controllers: [Own] })
  class App {}
  return App
}

@Catch()
class NotingFilter implements ExceptionFilter {
  readonly seen: Array<unknown> = []
  private readonly nests: ExceptionFilter
  constructor(nests: ExceptionFilter) {
    this.nests = nests
  }
  catch(error: unknown, host: ArgumentsHost): unknown {
    this.seen.push(error)
    const { nests } = this
    return nests.catch(error, host)
  }
}

/** Nest's own errors, such as the 404 of a route that nobody has, are no errors of the binding. */
const isNests = (error: unknown) => error instanceof Error && error.constructor.name === "NotFoundException"

httpBindingContract({
  name: "Nest on Express",
  parsers: ["json", "urlencoded", "text", "raw"],
  fix: "NestFactory.create(AppModule, { rawBody: true })",
  listen: async (payments, { mountPath, parsers, requestTimeoutMillis }) => {
    const app = await NestFactory.create<NestExpressApplication>(moduleOf(payments, mountPath), {
      logger: false,
      abortOnError: false,
      bodyParser: false,
      rawBody: parsers.some(({ keepsBytes }) => keepsBytes)
    })
    for (const { kind } of parsers)
      app.useBodyParser(kind, { limit: "4mb", ...(kind === "json" ? { strict: false } : {}) })
    const filter = new NotingFilter(new BaseExceptionFilter(app.getHttpAdapter()))
    app.useGlobalFilters(filter)
    const server = app.getHttpServer()
    if (requestTimeoutMillis !== undefined) {
      // Nest makes the server without options; Node reads these when it begins to listen.
      Object.assign(server, {
        requestTimeout: requestTimeoutMillis,
        headersTimeout: requestTimeoutMillis,
        connectionsCheckingInterval: 50
      })
    }
    await app.listen(0, "127.0.0.1")
    let closed: Promise<void> | undefined
    const close = () => (closed ??= app.close())
    return {
      // A TCP server's address is an object.
      port: (server.address() as AddressInfo).port,
      get errors() {
        return filter.seen.filter((error) => !isNests(error))
      },
      close,
      stop: () => {
        const stopped = close()
        server.closeAllConnections()
        return stopped
      }
    }
  }
})
