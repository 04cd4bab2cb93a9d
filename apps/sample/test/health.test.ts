import { once } from "node:events"
import { createServer } from "node:http"
import type { CheckResult } from "@maksa/core"
import express from "express"
import { assert, it } from "vitest"
import { listen } from "../src/listen.ts"
import { mountHealth } from "../src/web/routes/health.ts"

const fine: CheckResult = { name: "certificate", isOk: true, message: "valid" }
const ending: CheckResult = { ...fine, isWarning: true, message: "The client certificate expires in 30 days." }
const ended: CheckResult = { ...fine, isOk: false, message: "The client certificate has expired." }

it.each<readonly [what: string, first: CheckResult, second: CheckResult, status: string, code: number]>([
  ["has long to go", fine, fine, "ok", 200],
  ["ends soon", fine, ending, "warning", 200],
  ["has ended", ending, ended, "failing", 503]
])("health is told while a certificate %s", async (_what, first, second, status, code) => {
  const app = express()
  const check = async (instance: string) => [instance === "viss-mm" ? second : first]
  mountHealth(app, { payments: { list: async () => [], check }, runId: "run" })
  const server = createServer(app)
  try {
    const port = await listen(server, { host: "127.0.0.1", port: 0, isPortFixed: true })
    const response = await fetch(`http://127.0.0.1:${port}/healthz`)
    assert.equal(response.status, code)
    assert.deepInclude(await response.json(), {
      status,
      instances: { "viss-mm": [second], "ecommpay-lv": [first] }
    })
  } finally {
    server.closeAllConnections()
    server.close()
    await once(server, "close")
  }
})
