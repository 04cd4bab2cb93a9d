import { assert, describe, it } from "vitest"
import type { Settings } from "../src/settings.ts"
import { welcome } from "../src/welcome.ts"

const settings = (host: string): Settings => ({ host, port: 3000, isPortFixed: false, dataFolder: "/data" })
const running = { address: "http://127.0.0.1:3001", port: 3001 }

describe("the words at the start", () => {
  it("say the address, and the port if it is not the usual one", () => {
    const text = welcome(running, settings("127.0.0.1"), ["192.0.2.7"])
    assert.include(text, "Open http://127.0.0.1:3001\n")
    assert.include(text, "Port 3000 is taken; this is 3001.")
    assert.notInclude(text, "192.0.2.7")
    assert.notInclude(text, "this machine only")
  })

  it.each(["0.0.0.0", "::"])(
    "with HOST=%s name every address, and say that payments work on this machine only",
    (host) => {
      const text = welcome(running, settings(host), ["192.0.2.7", "198.51.100.9"])
      assert.include(text, "Open http://127.0.0.1:3001\n")
      assert.include(text, "http://192.0.2.7:3001 or http://198.51.100.9:3001.")
      assert.include(text, "Pay on this machine only")
    }
  )

  it("with an address of a network say the same about that one", () => {
    const text = welcome({ address: "http://[2001:db8::1]:3001", port: 3001 }, settings("2001:db8::1"), [])
    assert.include(text, "look at the fees on http://[2001:db8::1]:3001.")
    assert.include(text, "Pay on this machine only")
  })
})
