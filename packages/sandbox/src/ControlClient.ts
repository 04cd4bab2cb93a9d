import { Agent, request as httpRequest } from "node:http"
import type { Call } from "./kernel/Calls.ts"
import type { FaultRule } from "./kernel/Faults.ts"
import type { NotificationRecord } from "./kernel/Notifications.ts"

/** The control API refused a call; `message` holds its words. */
export class ControlRefusal extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.name = "ControlRefusal"
    this.status = status
  }
}

/** A plan of `POST /faults`. */
export type PlannedRule = Pick<FaultRule, "operation" | "kind"> & Partial<Omit<FaultRule, "id">>

/** The control API of a sandbox that runs anywhere, over HTTP. Every call rejects with a `ControlRefusal` unless it is answered with 2xx. */
export interface ControlClient {
  /** Any call; answers the JSON. */
  call(method: "GET" | "POST" | "PATCH" | "DELETE", path: string, body?: object): Promise<unknown>
  /** The sandbox's time, epoch milliseconds. */
  now(): Promise<number>
  /** Moves the clock; answers the new time after everything due was attempted. */
  advance(millis: number): Promise<number>
  /** Back to the start state; answers the time. */
  reset(): Promise<number>
  notifications(): Promise<ReadonlyArray<NotificationRecord>>
  calls(): Promise<ReadonlyArray<Call>>
  /** Answers the fault's id. */
  plan(rule: PlannedRule): Promise<string>
  clearFault(id: string): Promise<void>
  /** Those of these faults that are not used up. */
  clearFaults(ids: ReadonlyArray<string>): Promise<void>
}

const member = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined

/** Milliseconds as the ISO 8601 duration that `POST /clock/advance` takes. */
const duration = (millis: number): string => `PT${Math.floor(millis / 1000)}.${String(millis % 1000).padStart(3, "0")}S`

const timeOf = (answer: unknown): number => Date.parse(String(member(answer, "now")))

interface Answer {
  readonly status: number
  readonly text: string
}

const send = (agent: Agent, method: string, url: string, body: object | undefined): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = body === undefined ? "" : JSON.stringify(body)
    const headers = { "content-length": Buffer.byteLength(sent), "content-type": "application/json" }
    const request = httpRequest(url, { agent, method, headers }, (response) => {
      let text = ""
      response
        .setEncoding("utf8")
        .on("data", (chunk: string) => (text += chunk))
        .on("end", () => resolve({ status: response.statusCode ?? 0, text }))
        .on("error", reject)
    })
    request.on("error", reject).end(sent)
  })

/** @param control the address `control` of the start line. */
export const controlClient = (control: string): ControlClient => {
  // Not `fetch`, which takes several times as long: tests move the clock ten thousands of times. Idle connections keep no
  // program running.
  const agent = new Agent({ keepAlive: true })
  const call: ControlClient["call"] = async (method, path, body) => {
    const { status, text } = await send(agent, method, control + path, body)
    const answer: unknown = JSON.parse(text)
    if (status >= 200 && status < 300) return answer
    throw new ControlRefusal(status, `${method} ${path}: ${String(member(answer, "error"))}`)
  }
  return {
    call,
    now: async () => timeOf(await call("GET", "/clock")),
    advance: async (millis) => timeOf(await call("POST", "/clock/advance", { duration: duration(millis) })),
    reset: async () => timeOf(await call("POST", "/reset")),
    // Both lists are what the sandbox of this version answers; their members are types of the same package.
    notifications: async () => member(await call("GET", "/webhooks"), "webhooks") as ReadonlyArray<NotificationRecord>,
    calls: async () => member(await call("GET", "/calls"), "calls") as ReadonlyArray<Call>,
    plan: async (rule) => String(member(await call("POST", "/faults", rule), "id")),
    clearFault: async (id) => {
      await call("DELETE", `/faults/${id}`)
    },
    clearFaults: async (ids) => {
      for (const id of ids) {
        await call("DELETE", `/faults/${id}`).catch((error: unknown) => {
          if (!(error instanceof ControlRefusal) || error.status !== 404) throw error
        })
      }
    }
  }
}
