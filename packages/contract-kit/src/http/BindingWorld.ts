import { type Answer, dial, type Exchange, open, type Sent, send, sendRaw } from "./client.ts"
import type { Socket } from "node:net"
import { openDesk, type Desk, type DeskOptions } from "./Desk.ts"
import type { Application, HttpBinding, ListeningApplication, ServedPayments, WebHandler } from "./HttpBinding.ts"

/** A running application, with a client for it. */
export interface Server extends ListeningApplication {
  send(sent?: Sent): Promise<Answer>
  sendRaw(bytes: string): Promise<string>
  open(sent: Sent): Exchange
  dial(): Promise<Socket>
}

/** One case's own world: servers and clients that end with it. */
export interface BindingWorld extends AsyncDisposable {
  readonly binding: HttpBinding
  /** Serves a handler of the case's own. Mounted at `/payments`, without parsers, unless said otherwise. */
  serve(handler: WebHandler, application?: Partial<Application>): Promise<Server>
  /** Serves a real client of core with a provider that keeps what it is given. */
  serveDesk(options?: DeskOptions, application?: Partial<Application>): Promise<Server & { readonly desk: Desk }>
}

export const makeBindingWorld = (binding: HttpBinding): BindingWorld => {
  const opened = new AsyncDisposableStack()
  const start = async (payments: ServedPayments, application: Partial<Application>): Promise<Server> => {
    const running = await binding.listen(payments, { mountPath: "/payments", parsers: [], ...application })
    opened.defer(() => running.stop())
    const { port } = running
    return {
      port,
      get errors() {
        return running.errors
      },
      close: () => running.close(),
      stop: () => running.stop(),
      send: (sent) => send(port, sent),
      sendRaw: (bytes) => sendRaw(port, bytes),
      open: (sent) => {
        const exchange = open(port, sent)
        opened.defer(() => exchange.leave())
        return exchange
      },
      dial: async () => {
        const socket = await dial(port)
        opened.defer(() => void socket.destroy())
        return socket
      }
    }
  }
  return {
    binding,
    serve: (handler, application = {}) =>
      start({ handler, [Symbol.asyncDispose]: () => Promise.resolve() }, application),
    serveDesk: async (options = {}, application = {}) => {
      const desk = opened.use(await openDesk(options))
      return Object.assign(await start(desk.payments, application), { desk })
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync()
  }
}
