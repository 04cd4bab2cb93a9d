import { readdir, readFile, stat, writeFile } from "node:fs/promises"
import { createServer } from "node:net"
import { join } from "node:path"
import { afterEach, assert, beforeEach, describe, it } from "vitest"
import { readSettings } from "../src/settings.ts"
import { startProgram, type StartedProgram } from "./support/startedProgram.ts"
import { temporaryFolder } from "./support/temporarySample.ts"
import { createVisitor, goodFields, orderAs } from "./support/visitor.ts"

let data: Awaited<ReturnType<typeof temporaryFolder>>
let programs: Array<StartedProgram>

beforeEach(async () => {
  data = await temporaryFolder()
  programs = []
})
afterEach(async () => {
  for (const program of programs) program.process.kill("SIGKILL")
  await Promise.all(programs.map((program) => program.ended))
  await data.remove()
})

const start = (environment: Readonly<Record<string, string>> = {}): StartedProgram => {
  const program = startProgram({ PORT: "0", MAKSA_DATA: data.path, ...environment })
  programs.push(program)
  return program
}

/** A port that another program holds. */
const takenPort = async (): Promise<{ readonly port: number; release(): void }> => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  return { port: typeof address === "object" && address !== null ? address.port : 0, release: () => server.close() }
}

describe("the started sample", () => {
  it("says where to go and what to do, answers there, and ends cleanly when told to", async () => {
    const program = start()
    const address = await program.address
    assert.include(program.output(), "Choose a fee")
    assert.include(program.output(), `${address}/clerk`)
    assert.include(await (await fetch(`${address}/en`)).text(), "Pay a fee")
    program.process.kill("SIGTERM")
    assert.equal(await program.ended, 0)
    assert.equal(program.errors(), "")
  })

  it("tells its health, per provider and store", async () => {
    const address = await start().address
    const response = await fetch(`${address}/healthz`)
    // The answer is the sample's own JSON.
    const health = (await response.json()) as {
      status: string
      store: string
      instances: Record<string, ReadonlyArray<{ isOk: boolean }>>
    }
    assert.equal(response.status, 200)
    assert.equal(health.status, "ok")
    assert.equal(health.store, "ok")
    assert.deepEqual(Object.keys(health.instances).toSorted(), ["ecommpay-lv", "viss-mm"])
    for (const checks of Object.values(health.instances))
      assert.isTrue(checks.length > 0 && checks.every((one) => one.isOk))
  })

  it("says that a port which was asked for is taken, and by what to choose another", async () => {
    const taken = await takenPort()
    try {
      const program = start({ PORT: String(taken.port) })
      assert.equal(await program.ended, 1)
      assert.include(program.errors(), `Port ${taken.port} is taken`)
      assert.include(program.errors(), `PORT=${taken.port + 1}`)
      assert.notInclude(program.errors(), "    at ")
    } finally {
      taken.release()
    }
  })

  it("says what is wrong with PORT and with a folder that cannot be used", async () => {
    const program = start({ PORT: "http" })
    assert.equal(await program.ended, 1)
    assert.include(program.errors(), "PORT must be a whole number")
    const file = join(data.path, "file")
    await writeFile(file, "")
    const other = start({ MAKSA_DATA: join(file, "inside") })
    assert.equal(await other.ended, 1)
    assert.include(other.errors(), "MAKSA_DATA")
  })

  it("keeps its secret to itself and makes it once", async () => {
    const first = start()
    await first.address
    const secret = join(data.path, "secret")
    const before = await readFile(secret, "utf8")
    assert.equal((await stat(secret)).mode & 0o777, 0o600)
    first.process.kill("SIGTERM")
    await first.ended
    await start().address
    assert.equal(await readFile(secret, "utf8"), before)
  })

  it("refuses a second run on the same data and names the first, but not after the first was killed", async () => {
    const first = start()
    const address = await first.address
    const second = start()
    assert.equal(await second.ended, 1)
    assert.include(second.errors(), `already running at ${address}`)
    first.process.kill("SIGKILL")
    await first.ended
    assert.match(await start().address, /^http:\/\/127\.0\.0\.1:\d+$/)
  })

  it("shows payments of an earlier run as they were, and says that their providers have forgotten them", async () => {
    const first = start()
    const payer = createVisitor(await first.address)
    const { reference } = await orderAs(payer)
    assert.equal((await payer.post("/en/clerk/clock", { by: "P1D" })).status, 303)
    const code = { ...goodFields, code: "000000-00000" }
    await orderAs(payer, code)
    first.process.kill("SIGINT")
    assert.equal(await first.ended, 0)

    const later = createVisitor(await start().address)
    for (const [name, value] of payer.cookies) later.cookies.set(name, value)
    const page = await (await later.get(`/en/orders/${reference}`)).text()
    assert.include(page, 'data-status="requires_action"')
    assert.include(page, "no longer know it")
    assert.notInclude(page, 'data-action="continue"')
    assert.include(page, 'data-action="again"')
    const clerk = await (await later.get("/en/clerk")).text()
    assert.include(clerk, reference)
    // The turned clock is kept: nothing that is stored lies in the future.
    const shown = Date.parse(
      /demonstration[\s\S]*?datetime="([^"]+)"/i.exec(clerk.slice(clerk.indexOf('id="clock"')))?.[1] ?? ""
    )
    assert.isAbove(shown, Date.now() + 23 * 3_600_000)
    for (const name of await readdir(data.path)) {
      if (name === "certificates") continue
      assert.isFalse((await readFile(join(data.path, name))).includes("00000000000"), name)
      assert.isFalse((await readFile(join(data.path, name))).includes("000000-00000"), name)
    }
  })
})

describe("the settings", () => {
  it("are port 3000 or the next free one on loopback, unless they say otherwise", () => {
    assert.include(readSettings({ PORT: "", HOST: "" }), { host: "127.0.0.1", port: 3000, isPortFixed: false })
    assert.include(readSettings({ PORT: "8080", HOST: "0.0.0.0" }), { host: "0.0.0.0", port: 8080, isPortFixed: true })
  })

  it("refuse what is no port", () => {
    for (const PORT of ["65536", "-1", "3000.5", "abc"]) assert.throws(() => readSettings({ PORT }), /PORT must be/)
  })
})
