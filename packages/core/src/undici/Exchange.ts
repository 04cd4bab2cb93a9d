import type { Dispatcher } from "undici"
import type { TransportError, TransportPhase } from "../HttpTransport.ts"
import { Ended, failure } from "./failure.ts"

/** Stops and lets go on what comes from the server. */
export type Flow = Pick<Dispatcher.DispatchController, "pause" | "resume">

/** Who wants the answer. After `end` or `fail` nothing comes any more. */
export interface Receiver {
  head(status: number, headers: Record<string, string>, flow: Flow, abandon: () => void): void
  part(bytes: Uint8Array): void
  end(): void
  fail(error: TransportError): void
}

const joined = (given: Readonly<Record<string, string | Array<string> | undefined>>): Record<string, string> => {
  const headers: Record<string, string> = {}
  // undici gives the names in lower case.
  for (const name in given) {
    const value = given[name]
    if (value !== undefined) headers[name] = typeof value === "string" ? value : value.join(", ")
  }
  return headers
}

/**
 * One exchange as undici tells it. `UND_ERR_SOCKET` occurs before and after the response head, so the phase is how far
 * undici got and not the code.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #receiver: Receiver
  readonly #limits: { readonly maxBytes: number; readonly maxMillis: number }
  #size = 0
  #phase: TransportPhase = "not_sent"
  #controller: Dispatcher.DispatchController | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #ended: Ended | undefined
  #isOver = false

  constructor(receiver: Receiver, limits: { readonly maxBytes: number; readonly maxMillis: number }) {
    this.#receiver = receiver
    this.#limits = limits
  }

  /** Nobody waits any more: the connection is given up, because its answer would be taken for the next one's. */
  abandon(): void {
    this.#end("MAKSA_ABANDONED")
  }

  /** Comes when a connection stands, before the first byte is written to it. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#phase = "sent_no_response"
    this.#controller = controller
    if (this.#ended !== undefined) controller.abort(this.#ended)
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | Array<string> | undefined>>
  ): void {
    // 1xx heads come before the answer's own.
    if (status < 200) return
    this.#phase = "response_incomplete"
    // Most answers come whole with their head and are over by then: a timer for each costs as much as reading it.
    queueMicrotask(() => this.#watch())
    this.#receiver.head(status, joined(headers), controller, () => this.abandon())
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    this.#size += chunk.byteLength
    if (this.#size > this.#limits.maxBytes) this.#end("MAKSA_TOO_LARGE")
    else this.#receiver.part(chunk)
  }

  onResponseEnd(): void {
    this.#over()
    this.#receiver.end()
  }

  onResponseError(_controller: Dispatcher.DispatchController, cause: unknown): void {
    this.#over()
    this.#receiver.fail(failure(this.#phase, this.#ended ?? cause))
  }

  /** A sender that drips bytes does not hold the call for ever. */
  #watch(): void {
    if (!this.#isOver) this.#timer = setTimeout(() => this.#end("MAKSA_TOO_SLOW"), this.#limits.maxMillis)
  }

  #over(): void {
    this.#isOver = true
    clearTimeout(this.#timer)
  }

  #end(code: string): void {
    if (this.#isOver) return
    this.#ended ??= new Ended(code)
    this.#controller?.abort(this.#ended)
  }
}
