import assert from "node:assert/strict"
import { unhandledHeader } from "@maksa/core"
import { casesOf } from "../BindingCase.ts"
import { signatureOf } from "../Desk.ts"
import { answering, echo, echoed, unhandled } from "../handlers.ts"

const body = '{ "own":  true }'
const json = ["content-type", "application/json"] as const

export const routes = casesOf("routes", [
  {
    id: "mounted-elsewhere",
    sentence: "Under any mount path the routes answer, and outside it the application's own pages do.",
    reason: "The addresses are registered with the provider: a route that moves is a notice that is lost.",
    check: async (world) => {
      for (const mountPath of ["/payments", "/city/fees"]) {
        const server = await world.serve(echo, { mountPath })
        const url = echoed(await server.send({ path: `${mountPath}/webhooks/x/?a=1` })).url
        assert.ok(url.endsWith(`${mountPath}/webhooks/x/?a=1`), url)
        assert.equal((await server.send({ path: `${mountPath}x/webhooks/x` })).status, 404)
        assert.equal((await server.send({ path: "/webhooks/x" })).status, 404)
      }
    }
  },
  {
    id: "behind-a-proxy",
    sentence:
      "Behind a proxy that strips a part of the public path, webhooks arrive and see the path that was mounted.",
    reason: "Agencies publish many applications under one host; the public path is not the one that the server sees.",
    check: async (world) => {
      const server = await world.serveDesk(
        { publicBaseUrl: "https://agency.example/city/fees/maksa", basePath: "/maksa" },
        { mountPath: "/maksa" }
      )
      const answer = await server.send({ path: "/maksa/webhooks/x?n=1", body, headers: [signatureOf(body)] })
      assert.equal(answer.status, 202)
      assert.equal(server.desk.inbound[0]?.url, "/webhooks/x?n=1")
      assert.equal((await server.send({ path: "/city/fees/maksa/webhooks/x" })).status, 404)
    }
  },
  {
    id: "goes-on",
    sentence: "What is not the handler's own goes on to the application, its body unread.",
    reason: "Agencies mount the binding in front of their own forms, which must get what citizens sent.",
    check: async (world) => {
      const server = await world.serve(unhandled)
      for (const isChunked of [false, true]) {
        const answer = await server.send({ path: "/payments/own", body, headers: [json], isChunked })
        assert.deepEqual([answer.status, answer.headers["x-own"], answer.text], [200, "yes", body])
      }
      assert.deepEqual(server.errors, [])
    }
  },
  {
    id: "applications-404",
    sentence: "What nobody handles is the application's own 404, without the handler's mark or text.",
    reason: "The application's page helps a lost citizen; our inside mark tells strangers what to probe.",
    check: async (world) => {
      const server = await world.serve(unhandled)
      const missing = await server.send({ path: "/payments/none" })
      const elsewhere = await server.send({ path: "/none" })
      assert.deepEqual([missing.status, elsewhere.status], [404, 404])
      assert.equal(missing.headers[unhandledHeader], undefined)
      assert.ok(!missing.text.includes("the handler knows nothing"), missing.text)
      assert.equal(missing.headers["content-type"], elsewhere.headers["content-type"])
    }
  },
  {
    id: "handlers-404",
    sentence: "The handler's own 404 is sent as it is.",
    reason: "An unknown instance or payment is core's answer, in core's words, to a provider or a front end.",
    check: async (world) => {
      const server = await world.serve(answering("no such payment", { status: 404, headers: { "x-a": "1" } }))
      const answer = await server.send()
      assert.deepEqual([answer.status, answer.text, answer.headers["x-a"]], [404, "no such payment", "1"])
    }
  }
])
