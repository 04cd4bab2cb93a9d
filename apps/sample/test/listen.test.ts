import { createServer } from "node:http"
import { assert, it } from "vitest"
import { listen } from "../src/listen.ts"

it("the next free port is taken when the usual one is in use", async () => {
  const first = createServer()
  const second = createServer()
  try {
    const port = await listen(first, { host: "127.0.0.1", port: 0, isPortFixed: true })
    const next = await listen(second, { host: "127.0.0.1", port, isPortFixed: false })
    assert.isAbove(next, port)
    assert.isAtMost(next, port + 19)
  } finally {
    first.close()
    second.close()
  }
})
