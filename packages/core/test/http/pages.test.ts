import { assert, describe, it } from "vitest"
import { actionPage } from "../../src/http/pages.ts"
import { LoadWidget } from "../../src/NextAction.ts"

const widget = (changes: object = {}): LoadWidget =>
  new LoadWidget({
    scriptUrl: "https://script.example/widget.js?v=1&w=2",
    host: "https://host.example",
    token: "the-token",
    parameters: { other: "off" },
    call: "PayWidget.start",
    ...changes
  })
const open = async (action: LoadWidget) => {
  const response = actionPage({ language: "lv" }, action)
  return { html: await response.text(), policy: response.headers.get("content-security-policy") ?? "" }
}

describe("the page of a provider's widget", () => {
  it("loads the script, and calls its function with host, token and parameters", async () => {
    const { html } = await open(widget())
    assert.include(html, 'src="https://script.example/widget.js?v=1&amp;w=2"')
    assert.include(html, 'PayWidget.start("https://host.example","the-token",{"other":"off"})')
  })

  it("lets run what it names itself, and talk to the widget's own addresses alone", async () => {
    const { html, policy } = await open(widget())
    const [, nonce] = /script-src 'nonce-([^']+)'(?:;|$)/.exec(policy) ?? []
    assert.isDefined(nonce)
    assert.equal(
      [...html.matchAll(/<script /g)].length,
      [...html.matchAll(new RegExp(`<script nonce="${nonce}"`, "g"))].length
    )
    for (const part of ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"]) {
      assert.include(policy, part)
    }
    assert.include(policy, "connect-src https://script.example https://host.example")
    assert.notMatch(policy, /unsafe|\*|https:(?:;|\s|$)/)
  })

  it("keeps whatever the provider gave within its literals", async () => {
    const evil = `</script><script>alert(1)</script>\u2028"'\\`
    const { html } = await open(widget({ token: evil, parameters: { [evil]: evil } }))
    assert.notInclude(html, "<script>")
    assert.equal([...html.matchAll(/<\/script>/g)].length, 2)
    const [, literals] = /PayWidget\.start\((.*)\)<\/script>/.exec(html) ?? []
    assert.deepEqual(JSON.parse(`[${literals}]`), ["https://host.example", evil, { [evil]: evil }])
  })

  it("is not made of addresses that are not web addresses, of code in place of a name, or without a function", async () => {
    for (const changes of [{ scriptUrl: "data:text/javascript,alert(1)" }, { host: "javascript:alert(1)" }]) {
      assert.notInclude((await open(widget(changes))).html, "<script")
    }
    assert.throws(() => widget({ call: "alert(1)//" }))
    const { call: _, ...plain } = widget()
    assert.notInclude((await open(new LoadWidget(plain))).html, "<script")
  })
})
