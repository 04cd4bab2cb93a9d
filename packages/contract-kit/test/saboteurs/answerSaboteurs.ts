// Bindings that spoil what goes out.
import type { ServerResponse } from "node:http"
import { type Call, lazily, right } from "../http/referenceBinding.ts"
import { type BindingSaboteur, saboteur } from "./BindingSaboteur.ts"

type Respond = (response: Response, call: Call) => Promise<void>

const again = (response: Response, more: ResponseInit): Response =>
  new Response(response.body, { status: response.status, headers: response.headers, ...more })

/** A respond step that changes the answer first. */
const changing = (change: (response: Response, call: Call) => Response | Promise<Response>): { respond: Respond } => ({
  respond: async (response, call) => right.respond(await change(response, call), call)
})

const without = (name: string) =>
  changing((response) => {
    const headers = new Headers(response.headers)
    headers.delete(name)
    return again(response, { headers })
  })

const writeAll = async (response: Response, res: ServerResponse, isWaiting: boolean): Promise<void> => {
  res.writeHead(response.status)
  for await (const piece of response.body ?? []) {
    if (!res.write(piece) && isWaiting) await new Promise((resolve) => res.once("drain", resolve))
  }
  res.end()
}

const failed = new WeakSet()

export const answerSaboteurs: ReadonlyArray<BindingSaboteur> = [
  saboteur("answers-404-itself", "Sends the handler's 404 for routes that are the application's.", "applications-404", {
    goesOn: () => false
  }),
  saboteur("gives-every-404-away", "Takes every 404 of the handler for a route that is not its own.", "handlers-404", {
    goesOn: (response) => response.status === 404
  }),
  saboteur(
    "names-its-own-type",
    "Sends acknowledgements as HTML.",
    "acknowledgement-unchanged",
    changing((response) => {
      const headers = new Headers(response.headers)
      headers.set("content-type", "text/html; charset=utf-8")
      return again(response, { headers })
    })
  ),
  saboteur(
    "swallows-503",
    "Answers 200 where the handler says that it could not.",
    "try-again-unchanged",
    changing((response) => (response.status === 503 ? again(response, { status: 200 }) : response))
  ),
  saboteur(
    "welcomes-forgeries",
    "Answers 200 to what the handler refused.",
    "forgery-refused",
    changing((response) => (response.status === 401 ? again(response, { status: 200 }) : response))
  ),
  saboteur(
    "knows-few-statuses",
    "Rounds statuses to the ones that it knows.",
    "statuses",
    changing((response) =>
      [200, 303, 401, 404, 413, 415, 500, 503].includes(response.status) ? response : again(response, { status: 500 })
    )
  ),
  saboteur("hides-the-encoding", "Does not tell the handler that a body is compressed.", "compressed-refused", {
    headers: (req) => {
      const headers = right.headers(req)
      headers.delete("content-encoding")
      return headers
    }
  }),
  saboteur("answers-first", "Answers before the handler does.", "waits-for-the-handler", {
    call: async (request, call) => {
      const body = new Uint8Array(await request.arrayBuffer())
      const whole = request.method === "POST" ? new Request(request, { method: "POST", body }) : request
      void right.call(whole, call).catch(() => {})
      return new Response(null, { status: 202 })
    }
  }),
  saboteur("answers-head-with-a-body", "Sends the body after a HEAD.", "head-without-body", {
    respond: async (response, call) => {
      if (call.req.method !== "HEAD") return right.respond(response, call)
      const head = [...response.headers].map(([name, value]) => `${name}: ${value}\r\n`).join("")
      call.req.socket.end(`HTTP/1.1 ${response.status} x\r\n${head}\r\n${await response.text()}`)
    }
  }),
  saboteur("joins-cookies", "Sends several cookies as one header.", "cookies", {
    respond: (response, call) => {
      const headers = new Headers(response.headers)
      headers.delete("set-cookie")
      const cookies = response.headers.getSetCookie()
      if (cookies.length > 0) call.res.setHeader("set-cookie", cookies.join(", "))
      return right.respond(again(response, { headers }), call)
    }
  }),
  saboteur(
    "tidies-redirects",
    "Writes the address of a redirect in its own way.",
    "redirect-unchanged",
    changing((response) => {
      const headers = new Headers(response.headers)
      const location = headers.get("location")
      if (location !== null) headers.set("location", decodeURIComponent(location))
      return again(response, { headers })
    })
  ),
  saboteur(
    "drops-the-policy",
    "Drops the Content-Security-Policy of pages.",
    "payers-pages",
    without("content-security-policy")
  ),
  saboteur(
    "sends-text",
    "Makes text of every answer.",
    "binary-answer",
    changing(async (response) =>
      response.body === null
        ? response
        : new Response(await response.text(), { status: response.status, headers: response.headers })
    )
  ),
  saboteur(
    "collects-answers",
    "Collects an answer before it sends it.",
    "streamed-answer",
    changing(async (response) =>
      response.body === null
        ? response
        : new Response(await response.arrayBuffer(), { status: response.status, headers: response.headers })
    )
  ),
  saboteur("writes-ahead", "Writes an answer faster than it is read.", "readers-pace", {
    respond: (response, call) => writeAll(response, call.res, false)
  }),
  saboteur("produces-for-nobody", "Goes on with an answer after its reader has left.", "readers-pace", {
    respond: async (response, call) => {
      const { res } = call
      const gone = new Promise<void>((resolve) => res.once("close", resolve))
      res.writeHead(response.status)
      for await (const piece of response.body ?? []) {
        if (!res.write(piece) && !res.closed)
          await Promise.race([gone, new Promise<void>((resolve) => res.once("drain", resolve))])
      }
      res.end()
    }
  }),
  saboteur("hides-that-it-broke-off", "Ends an answer that breaks off as if it were complete.", "broken-off-answer", {
    respond: async (response, call) => writeAll(response, call.res, true).catch(() => void call.res.end())
  }),
  saboteur("shows-the-stack", "Answers an error with its stack.", "error-without-details", {
    fail: (error, { res }) => void res.writeHead(500).end(error instanceof Error ? error.stack : "")
  }),
  saboteur("hides-errors", "Tells the application of no error.", "error-told", { tell: () => {} }),
  saboteur("stops-after-an-error", "Serves nobody after an error.", "serves-on", {
    fail: (error, call) => {
      failed.add(call.application)
      right.fail(error, call)
    },
    enter: (call) => {
      if (!failed.has(call.application)) return right.enter(call)
      call.res.writeHead(503).end()
      return false
    }
  }),
  saboteur(
    "completes-half-a-body",
    "Ends the body of a client that left as if it were whole.",
    "client-leaves-sending",
    {
      body: (call) => {
        if (call.req.isParsed) return right.body(call)
        const reader = lazily(call.req).getReader()
        return new ReadableStream({
          pull: async (controller) => {
            const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }) as const)
            if (done) controller.close()
            else controller.enqueue(value)
          }
        })
      }
    }
  ),
  saboteur("stops-with-the-client", "Gives the handler up when the client leaves.", "client-leaves-waiting", {
    call: async (request, call) => {
      const body = request.method === "POST" ? await request.arrayBuffer() : undefined
      // Whatever the handler does next with its request fails.
      const guarded = new Proxy(body === undefined ? request : new Request(request, { method: "POST", body }), {
        get: (target, name) => {
          if (name === "url" && call.signal.aborted) throw new Error("The client left.")
          const value: unknown = Reflect.get(target, name)
          return typeof value === "function" ? value.bind(target) : value
        }
      })
      return right.call(guarded, call)
    }
  }),
  saboteur("drops-who-hangs-up", "Begins with a notice later, and only if its sender still waits.", "client-hangs-up", {
    enter: async (call) => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      return call.signal.aborted ? false : right.enter(call)
    }
  }),
  saboteur(
    "aborts-what-is-answered",
    "Aborts the signal of every request at its end.",
    "signal-of-an-answered-request",
    {
      leave: (_call, client) => client.abort()
    }
  ),
  saboteur("cuts-at-shutdown", "Cuts every connection at shutdown.", "shutdown", { close: (stop) => stop() })
]
