// Listens to everything that leaves the program beside its answers: log lines, spans, metrics, and errors in every form in
// which somebody might print them.
import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Metric from "effect/Metric"
import * as References from "effect/References"
import * as Tracer from "effect/Tracer"
import { inspect } from "node:util"

export interface Telemetry {
  /** Loggers and tracer to build an engine with. */
  readonly layer: Layer.Layer<never>
  /** Keeps an error as a program might print it. */
  error(cause: unknown): void
  /** Keeps any other text. */
  note(text: string): void
  /** Everything so far. */
  text(): string
}

const json = (value: unknown): string => {
  try {
    return JSON.stringify(value, (_key, field: unknown) => (typeof field === "bigint" ? field.toString() : field)) ?? ""
  } catch {
    return ""
  }
}

const printed = (value: unknown): string => inspect(value, { depth: 12, maxArrayLength: null, maxStringLength: null })

/** String, JSON, inspect and Cause: the ways in which errors get into logs. */
export const errorForms = (cause: unknown): string =>
  [
    String(cause),
    json(cause),
    printed(cause),
    cause instanceof Error ? (cause.stack ?? "") : "",
    Cause.pretty(Cause.fail(cause)),
    Cause.pretty(Cause.die(cause))
  ].join("\n")

const spanText = (span: Tracer.NativeSpan): string =>
  [
    span.name,
    printed([...span.attributes]),
    printed(span.events),
    span.status._tag === "Ended" && span.status.exit._tag === "Failure"
      ? `${Cause.pretty(span.status.exit.cause)}\n${printed(span.status.exit)}`
      : ""
  ].join("\n")

export const makeTelemetry = (): Telemetry => {
  const lines: Array<string> = []
  const spans: Array<Tracer.NativeSpan> = []
  const metrics = Context.make(Metric.MetricRegistry, new Map())
  const logger = Logger.make<unknown, void>((options) => {
    lines.push(Logger.formatJson.log(options), printed(options.message), Cause.pretty(options.cause))
  })
  const tracer = Tracer.make({
    span: (options) => {
      const span = new Tracer.NativeSpan(options)
      spans.push(span)
      return span
    }
  })
  return {
    layer: Layer.mergeAll(
      Logger.layer([logger]),
      // Agencies turn the quietest lines on where something is wrong, and keep them like the others.
      Layer.succeed(References.MinimumLogLevel, "All"),
      Layer.succeed(Tracer.Tracer, tracer),
      Layer.succeedContext(metrics)
    ),
    error: (cause) => {
      lines.push(errorForms(cause))
    },
    note: (text) => {
      lines.push(text)
    },
    text: () => [...lines, ...spans.map(spanText), printed(Metric.snapshotUnsafe(metrics))].join("\n")
  }
}
