import { HttpTransport, type PaymentError, TransportError } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Scope from "effect/Scope"
import { assert, describe, it } from "vitest"
import { type EcommpayLvConfig, ecommpayLv, manifest } from "../src/index.ts"
import { readSettings } from "../src/internal/configuration.ts"
import { failureOf } from "./support/openAdapter.ts"

const config: EcommpayLvConfig = {
  environment: "live",
  projectId: 200,
  secrets: ["CANARY-key"],
  fundsConfirmation: "decline"
}
const endpoints = { paymentPage: "https://page.example/payment", gate: "https://gate.example" }

const sandboxEndpoints = { paymentPage: "http://127.0.0.1:1/payment", gate: "http://127.0.0.1:2" }
const dataApi = { token: "CANARY-token", secret: "CANARY-key of the token" }

const transport = HttpTransport.of({
  connect: () => Effect.fail(new TransportError({ phase: "not_sent", code: "EBADCA", kind: "tls" }))
})

/** What `make` says of a configuration that callers without types may give. */
const problem = (input: unknown): Promise<PaymentError> =>
  failureOf(
    ecommpayLv(input as EcommpayLvConfig).make.pipe(
      Effect.provideService(HttpTransport, transport),
      Effect.provideService(Scope.Scope, Effect.runSync(Scope.make()))
    )
  )
const fieldOf = async (input: unknown): Promise<string | undefined> => {
  const { reason } = await problem(input)
  return reason._tag === "NotConfigured" ? reason.field : assert.fail(reason._tag)
}
const settingsOf = (input: unknown) => Result.getOrThrow(readSettings(input))

describe("the configuration", () => {
  const wrong: ReadonlyArray<readonly [input: unknown, field: string]> = [
    [{ ...config, environment: undefined }, "environment"],
    [{ ...config, environment: "production" }, "environment"],
    [{ ...config, projectId: "200" }, "projectId"],
    [{ ...config, projectId: 0 }, "projectId"],
    [{ ...config, projectId: 1.5 }, "projectId"],
    [{ ...config, secrets: "CANARY-key" }, "secrets"],
    [{ ...config, secrets: [] }, "secrets"],
    [{ ...config, secrets: ["a", "b", "c"] }, "secrets"],
    [{ ...config, fundsConfirmation: "on" }, "fundsConfirmation"],
    [{ ...config, flow: "iframe" }, "flow"],
    [{ ...config, timeouts: { connectMillis: 0 } }, "timeouts.connectMillis"],
    [{ ...config, ca: [] }, "ca"],
    [{ ...config, endpoints: { gate: endpoints.gate } }, "endpoints.paymentPage"],
    [{ ...config, endpoints: { ...endpoints, gate: "http://gate.example" } }, "endpoints.gate"],
    [{ ...config, endpoints: { ...endpoints, gate: "https://user@gate.example" } }, "endpoints.gate"],
    [{ ...config, endpoints: { ...endpoints, paymentPage: "page.example" } }, "endpoints.paymentPage"],
    [{ ...config, environment: "sandbox" }, "endpoints"],
    [
      { ...config, environment: "sandbox", endpoints: { ...endpoints, gate: "https://api.ecommpay.com" } },
      "endpoints.gate"
    ],
    [{ ...config, environment: "sandbox", endpoints: { ...endpoints, gate: "ftp://gate.example" } }, "endpoints.gate"],
    [{ ...config, secret: "CANARY-key" }, "secret"],
    [{ ...config, dataApi: { token: "CANARY-token" } }, "dataApi.secret"],
    [{ ...config, dataApi: { token: "", secret: "CANARY-key" } }, "dataApi.token"],
    [{ ...config, environment: "sandbox", endpoints: sandboxEndpoints, dataApi }, "endpoints.dataApi"],
    [
      {
        ...config,
        environment: "sandbox",
        endpoints: { ...sandboxEndpoints, dataApi: "https://data.ecommpay.com/v1" },
        dataApi
      },
      "endpoints.dataApi"
    ]
  ]
  for (const [input, field] of wrong) {
    it(`that is wrong is refused by its field: ${field}`, async () => {
      assert.match(`${await fieldOf(input)}`, new RegExp(`^${field.replace(".", "\\.")}`))
      assert.notInclude(JSON.stringify(await problem(input)), "CANARY")
    })
  }

  it("that lacks a field is refused by its name", async () => {
    for (const field of ["environment", "projectId", "secrets", "fundsConfirmation"]) {
      const { [field as "projectId"]: _left, ...rest } = config
      assert.equal(await fieldOf(rest), field)
    }
  })

  it("that is missing altogether does not throw before it is made", async () => {
    for (const input of [undefined, null, 17, "config"]) {
      assert.equal((await problem(input)).reason._tag, "NotConfigured")
    }
  })

  it("with an empty key is refused without showing the other one", async () => {
    for (const secrets of [[""], ["CANARY-key", ""], [Redacted.make("")], [17]]) {
      const error = await problem({ ...config, secrets })
      assert.match(error.message, /secrets/)
      assert.notInclude(error.message, "CANARY")
    }
  })

  it("whose certificates cannot be read is refused by that field", async () => {
    const broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"
    for (const ca of [["no certificate"], [broken], [new Uint8Array([1, 2, 3])]]) {
      assert.equal(await fieldOf({ ...config, ca }), "ca")
    }
  })

  it("that the transport refuses is refused when it is made", async () => {
    assert.match((await problem(config)).message, /EBADCA/)
  })

  it("reaches the provider by default, but for a sandbox", () => {
    for (const environment of ["live", "test"]) {
      const settings = settingsOf({ ...config, environment })
      assert.equal(settings.paymentPage.href, "https://paymentpage.ecommpay.com/payment")
      assert.equal(settings.gate.href, "https://api.ecommpay.com/")
    }
    const sandbox = settingsOf({ ...config, environment: "sandbox", endpoints: sandboxEndpoints })
    assert.equal(sandbox.gate.href, "http://127.0.0.1:2/")
  })
})

describe("the list", () => {
  it("is declared where there is access to the Data API, and nowhere else", () => {
    assert.strictEqual(ecommpayLv(config).manifest.extras.list, false)
    assert.deepEqual(ecommpayLv({ ...config, dataApi }).manifest.extras.list, { by: "end" })
    assert.strictEqual(settingsOf({ ...config, dataApi }).dataApi?.url.href, "https://data.ecommpay.com/v1")
    assert.notInclude(JSON.stringify(settingsOf({ ...config, dataApi })), "CANARY")
  })
})

describe("how firm paid is", () => {
  it("depends on whether the project waits for the money", () => {
    const paidSeconds = (fundsConfirmation: EcommpayLvConfig["fundsConfirmation"]): number =>
      ecommpayLv({ ...config, fundsConfirmation }).manifest.softSeconds.paid
    assert.equal(paidSeconds("off"), 7 * 86_400)
    assert.equal(paidSeconds("decline"), 3600)
    assert.equal(paidSeconds("reversal"), 3600)
    assert.equal(manifest.softSeconds.paid, 7 * 86_400)
    assert.equal(ecommpayLv({ ...config, fundsConfirmation: "off" }).manifest.softSeconds.declined, 14 * 86_400)
  })
})
