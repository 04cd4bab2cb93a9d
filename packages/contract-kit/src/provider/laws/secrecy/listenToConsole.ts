// What an adapter prints past the loggers: console and the standard streams, which every hosting keeps as logs.
import { inspect } from "node:util"

export interface ConsoleListener extends Disposable {
  /** Everything printed so far. */
  text(): string
}

const levels = ["log", "info", "warn", "error", "debug", "trace", "dir"] as const

/** Listens until it is disposed; what is printed still comes out. */
export const listenToConsole = (): ConsoleListener => {
  const lines: Array<string> = []
  const undo: Array<() => void> = []
  for (const level of levels) {
    const original = console[level]
    console[level] = (...args: ReadonlyArray<unknown>) => {
      lines.push(...args.map((one) => (typeof one === "string" ? one : inspect(one, { depth: 12 }))))
      Reflect.apply(original, console, args)
    }
    undo.push(() => {
      console[level] = original
    })
  }
  for (const stream of [process.stdout, process.stderr]) {
    const original = stream.write.bind(stream)
    stream.write = (chunk: string | Uint8Array, ...rest: ReadonlyArray<unknown>): boolean => {
      lines.push(typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8"))
      return Reflect.apply(original, undefined, [chunk, ...rest])
    }
    undo.push(() => {
      stream.write = original
    })
  }
  return {
    text: () => lines.join("\n"),
    [Symbol.dispose]: () => {
      for (const step of undo) step()
    }
  }
}
