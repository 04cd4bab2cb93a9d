import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { get } from "node:https"
import { createServer, type Server } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterEach, assert, describe, it } from "vitest"
import { at } from "./support/control.ts"

const cli = fileURLToPath(new URL("../src/cli.ts", import.meta.url))

interface Run {
  readonly child: ChildProcess
  stdout(): string
  stderr(): string
  /** The first line of standard output. */
  firstLine(): Promise<string>
  readonly ended: Promise<number | null>
}

let runs: Array<Run> = []
let cleanUp: Array<() => void> = []
afterEach(async () => {
  for (const run of runs) run.child.kill("SIGTERM")
  await Promise.all(runs.map((run) => run.ended))
  for (const clean of cleanUp) clean()
  runs = []
  cleanUp = []
})

const start = (...args: ReadonlyArray<string>): Run => {
  const child = spawn(process.execPath, ["--conditions=@maksa/source", cli, ...args], {
    stdio: ["ignore", "pipe", "pipe"]
  })
  let stdout = ""
  let stderr = ""
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    stdout += part
  })
  child.stderr.setEncoding("utf8").on("data", (part: string) => {
    stderr += part
  })
  const ended = once(child, "close").then(() => child.exitCode)
  const run: Run = {
    child,
    stdout: () => stdout,
    stderr: () => stderr,
    ended,
    firstLine: async () => {
      while (!stdout.includes("\n")) {
        const more = await Promise.race([once(child.stdout, "data"), ended])
        if (typeof more === "number" || more === null) break
      }
      return stdout.split("\n")[0] ?? ""
    }
  }
  runs.push(run)
  return run
}

const temporary = (): string => {
  const directory = mkdtempSync(join(tmpdir(), "maksa-start-line-"))
  cleanUp.push(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

const takePort = async (): Promise<{ server: Server; port: number }> => {
  const server = createServer()
  cleanUp.push(() => server.close())
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("no port")
  return { server, port: address.port }
}

const httpsGet = async (url: string, directory: string): Promise<{ readonly status: number }> => {
  const pem = readFileSync(join(directory, "client-a.pem"))
  const ca = readFileSync(join(directory, "ca.pem"))
  const request = get(url, { ca, key: pem, cert: pem, passphrase: "demo", agent: false })
  const [response] = await once(request, "response")
  response.resume()
  return { status: response.statusCode }
}

describe("the start line", () => {
  it("is the only thing on standard output, is ready to be used, and holds what the contract fixes", async () => {
    const started = performance.now()
    const run = start("--json", "--pki", temporary(), "--seed", "7")
    const line: unknown = JSON.parse(await run.firstLine())
    assert.isBelow(performance.now() - started, 10_000)

    assert.equal(at(line, "ready"), true)
    assert.equal(at(line, "version"), 1)
    assert.match(String(at(line, "control")), /^http:\/\/127\.0\.0\.1:\d+$/)
    assert.match(
      String(at(line, "vissMm", "wsdl")),
      /^https:\/\/127\.0\.0\.1:\d+\/services\/VRAA\.VISS2\.MM\.Endpoint\/v1\.0\/WCFX509\/PaymentRequestService\.svc\?singleWsdl$/
    )
    assert.match(
      String(at(line, "vissMm", "invoices")),
      /^https:\/\/127\.0\.0\.1:\d+\/services\/VRAA\.VISS2\.MM\.Endpoint\/v1\.0\/RESTX509\/Invoices\/$/
    )
    assert.match(String(at(line, "vissMm", "ui")), /^http:\/\/127\.0\.0\.1:\d+\/MM\/WebUI2\/Payments\/$/)
    assert.match(String(at(line, "ecommpay", "paymentPage")), /^http:\/\/127\.0\.0\.1:\d+\/payment$/)
    assert.match(String(at(line, "ecommpay", "gate")), /^http:\/\/127\.0\.0\.1:\d+$/)
    assert.equal(at(line, "ecommpay", "projects", 0, "projectId"), 200)
    assert.equal(at(line, "ecommpay", "projects", 1, "projectId"), 201)
    assert.match(String(at(line, "bank")), /^http:\/\/127\.0\.0\.1:\d+\/bank\/$/)
    assert.isTrue(existsSync(String(at(line, "pki", "ca"))))
    for (const name of ["a", "b", "expired", "unknownCa"]) {
      for (const file of ["pem", "pfx", "legacyPfx"])
        assert.isTrue(existsSync(String(at(line, "pki", "clients", name, file))))
      assert.isString(at(line, "pki", "clients", name, "passphrase"))
    }
    const clock = await fetch(`${String(at(line, "control"))}/clock`)
    assert.equal(clock.status, 200)
    assert.lengthOf(run.stdout().trimEnd().split("\n"), 1)
  })

  it.each(["SIGTERM", "SIGINT"] as const)(
    "is followed by a clean end on %s, which removes the temporary certificates",
    async (signal) => {
      const run = start("--json")
      const line: unknown = JSON.parse(await run.firstLine())
      const ca = String(at(line, "pki", "ca"))
      assert.isTrue(existsSync(ca))
      run.child.kill(signal)
      assert.equal(await run.ended, 0)
      assert.isFalse(existsSync(ca))
    }
  )

  it("names certificates in the folder that was given; a second start uses them again", async () => {
    const directory = temporary()
    const startOnce = async (): Promise<ReadonlyArray<string>> => {
      const run = start("--json", "--pki", directory)
      const line: unknown = JSON.parse(await run.firstLine())
      const { status } = await httpsGet(String(at(line, "vissMm", "wsdl")), directory)
      assert.equal(status, 200)
      run.child.kill("SIGTERM")
      await run.ended
      return ["ca.pem", "client-a.pem", "client-b.pfx"].map((name) => readFileSync(join(directory, name), "base64"))
    }
    const first = await startOnce()
    assert.deepEqual(await startOnce(), first)
    writeFileSync(join(directory, "ca.pem"), "not a certificate")
    const third = await startOnce()
    assert.notEqual(third[0], first[0])
  })

  it("starts the clock where it was told, and gives the same ids for the same seed", async () => {
    const lines = await Promise.all(
      [1, 2].map(() => start("--json", "--seed", "42", "--clock", "2030-01-01T00:00:00Z").firstLine())
    )
    const [one, two] = lines.map((line): unknown => JSON.parse(line))
    const secret = at(one, "ecommpay", "projects", 0, "secret")
    assert.isString(secret)
    assert.equal(secret, at(two, "ecommpay", "projects", 0, "secret"))
    const clock: unknown = await (await fetch(`${String(at(one, "control"))}/clock`)).json()
    assert.match(String(at(clock, "now")), /^2030-01-01T00:00/)
  })

  it("says ready: false and exits with an error when a port is taken", async () => {
    const { port } = await takePort()
    const run = start("--json", "--port-base", String(port))
    assert.equal(await run.ended, 1)
    const line: unknown = JSON.parse(run.stdout())
    assert.equal(at(line, "ready"), false)
    assert.include(String(at(line, "error")), "EADDRINUSE")
  })

  it.each([
    ["--port-base", "abc"],
    ["--seed", "-1"],
    ["--clock", "tomorrow"],
    ["--unknown", "1"]
  ])("says ready: false for %s %s", async (name, value) => {
    const run = start("--json", `${name}=${value}`)
    assert.equal(await run.ended, 1)
    const line: unknown = JSON.parse(run.stdout())
    assert.equal(at(line, "ready"), false)
    assert.isString(at(line, "error"))
  })

  it("is written for people on standard error without --json", async () => {
    const run = start()
    while (!run.stderr().includes("ready; Ctrl+C")) await once(run.child.stderr ?? assert.fail(), "data")
    assert.equal(run.stdout(), "")
  })
})
