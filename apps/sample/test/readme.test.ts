// The README's first payment, taken out of it and run as a reader would.
import { type ChildProcess, spawn } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterEach, assert, beforeEach, describe, it } from "vitest"

const root = fileURLToPath(new URL("../../..", import.meta.url))
const readme = readFileSync(join(root, "README.md"), "utf8")
const section = readme.slice(readme.indexOf("## A first payment"), readme.indexOf("## Packages"))
const [program = "", page = "", settings = ""] = [...section.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code)

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once("error", reject)
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0))
    })
  })

let folder: string
let child: ChildProcess | undefined
beforeEach(() => {
  // In the repository, so that the packages are found as they are for a reader of the README.
  folder = mkdtempSync(join(root, ".first-payment-"))
})
afterEach(async () => {
  if (child !== undefined && child.exitCode === null) {
    const ended = new Promise((resolve) => child?.once("close", resolve))
    child.kill("SIGKILL")
    await ended
  }
  rmSync(folder, { recursive: true, force: true })
})

/** Runs the examples; resolves when the program prints `word`, rejects with what it said if it ends before. */
const started = async (): Promise<{ readonly url: string; readonly said: (word: string) => Promise<string> }> => {
  const port = String(await freePort())
  const own = (code: string): string => code.replaceAll("3000", port)
  // Express listens a moment after `listen` was called.
  const listening = own(program).replace(/(app\.listen\([^)]*)\)/, `$1, () => console.log("listening"))`)
  assert.notStrictEqual(listening, own(program))
  writeFileSync(join(folder, "first-payment.ts"), `${listening}\n${own(page)}`)
  // What a person does on the bank's pages is done through the sandbox's control address here.
  const control = `import { startSandbox as start } from "@maksa/sandbox"`
  const told = own(settings).replace("(await startSandbox())", "tell(await startSandbox())")
  const tell = `const tell = (sandbox: Awaited<ReturnType<typeof start>>) => (console.log("control", sandbox.ready.control), sandbox)`
  writeFileSync(join(folder, "settings.ts"), `${control}\n${tell}\n${told}`)

  child = spawn(process.execPath, ["first-payment.ts"], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] })
  const running = child
  let output = ""
  let errors = ""
  const waiting = new Set<() => void>()
  const wake = (): void => {
    for (const look of waiting) look()
  }
  running.stdout?.on("data", (chunk: Buffer) => {
    output += chunk.toString("utf8")
    wake()
  })
  running.stderr?.on("data", (chunk: Buffer) => {
    errors += chunk.toString("utf8")
  })
  running.once("close", wake)
  const said = (word: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const line = output.split("\n").find((one) => one.startsWith(word))
        if (line !== undefined) resolve(line)
        else if (running.exitCode !== null) reject(new Error(`ended with ${running.exitCode}: ${errors}`))
        else return
        waiting.delete(look)
      }
      waiting.add(look)
      look()
    })
  return { url: `http://127.0.0.1:${port}`, said }
}

describe("the README's first payment", () => {
  it("has at most 15 lines, imports included", () => {
    const lines = program.trimEnd().split("\n")
    assert.isAbove(lines.length, 5)
    assert.isAtMost(lines.length, 15)
  })

  it("runs: a payer pays, comes back to a page that says so, and the application hears of it", async () => {
    const { said, url } = await started()
    const control = (await said("control")).split(" ")[1] ?? ""
    await said("listening")
    const paying = await fetch(`${url}/pay/CASE-1`, { redirect: "manual" })
    assert.strictEqual(paying.status, 303)
    assert.strictEqual(await (await fetch(`${url}/cases/CASE-1`)).text(), "requires_action")
    // As the payer's browser: our page, then the provider's.
    const next = await fetch(paying.headers.get("location") ?? "", { redirect: "manual" })
    assert.strictEqual((await fetch(next.headers.get("location") ?? "")).status, 200)

    const { payments } = (await (await fetch(`${control}/payments`)).json()) as {
      readonly payments: ReadonlyArray<{ readonly paymentId: string }>
    } // the sandbox's contract
    for (const step of [{ action: "choose_bank", bankId: 2001 }, { action: "confirm" }]) {
      const response = await fetch(`${control}/ecommpay/payments/${payments[0]?.paymentId}/payer`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(step)
      })
      assert.isTrue(response.ok, `${step.action}: ${response.status}`)
    }
    assert.strictEqual(await said("payment.fulfil"), "payment.fulfil CASE-1")
    assert.strictEqual(await (await fetch(`${url}/cases/CASE-1`)).text(), "paid")
    const again = await fetch(`${url}/pay/CASE-1`, { redirect: "manual" })
    assert.strictEqual(again.headers.get("location"), `${url}/cases/CASE-1`)
  })
})
