import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"
import { startSandbox, type Sandbox } from "../src/index.ts"
import { readXml, type XmlElement } from "../src/viss-mm/xmlRead.ts"
import { settings } from "./support/control.ts"
import { httpsCall } from "./support/httpsCall.ts"
import { soapUrl } from "./support/soap.ts"

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterEach(() => sandbox.reset())
afterAll(() => sandbox.close())

const all = (root: XmlElement, name: string): ReadonlyArray<XmlElement> => [
  ...(root.name === name ? [root] : []),
  ...root.children.flatMap((child) => all(child, name))
]

const wsdl = async (query: string, host = "127.0.0.1"): Promise<XmlElement> => {
  const answer = await httpsCall(sandbox, `${soapUrl(sandbox).replace("127.0.0.1", host)}?${query}`)
  assert.equal(answer.status, 200)
  assert.match(answer.headers["content-type"] ?? "", /^text\/xml/)
  return readXml(answer.body)
}

const operations = (root: XmlElement): ReadonlyArray<string> =>
  all(root, "portType").flatMap((port) => port.children.map((operation) => operation.attributes.get("name") ?? ""))

const statusElement = (root: XmlElement): ReadonlyArray<string> => {
  const element = all(root, "element").find((one) => one.attributes.get("name") === "CheckPaymentStatus")
  return element === undefined
    ? []
    : all(element, "element")
        .slice(1)
        .map((one) => one.attributes.get("name") ?? "")
}

describe("the WSDL", () => {
  it.each(["singleWsdl", "wsdl", "WSDL", "singlewsdl="])("answers ?%s with the address in use", async (query) => {
    const root = await wsdl(query)
    assert.equal(root.name, "definitions")
    assert.equal(all(root, "address")[0]?.attributes.get("location"), soapUrl(sandbox))
    assert.deepEqual(operations(root), [
      "SavePaymentRequest",
      "CheckPaymentRequestStatus",
      "CheckPaymentStatus",
      "CheckPaymentRequestStatusWpt"
    ])
  })

  it("follows the name under which it was asked for", async () => {
    const root = await wsdl("singleWsdl", "localhost")
    assert.equal(
      all(root, "address")[0]?.attributes.get("location"),
      soapUrl(sandbox).replace("127.0.0.1", "localhost")
    )
  })

  it("has one argument for CheckPaymentStatus, and two in the profile position", async () => {
    assert.deepEqual(statusElement(await wsdl("singleWsdl")), ["paymentRequestId"])
    assert.deepEqual(statusElement(await wsdl("singleWsdl&profile=position")), ["paymentRequestId", "position"])
  })

  it("is of the other profile under the fault wrong_profile", async () => {
    sandbox.faults.add({ operation: "wsdl", kind: "wrong_profile", times: 2 })
    assert.deepEqual(statusElement(await wsdl("singleWsdl")), ["paymentRequestId", "position"])
    assert.deepEqual(statusElement(await wsdl("singleWsdl&profile=position")), ["paymentRequestId"])
    assert.deepEqual(statusElement(await wsdl("singleWsdl")), ["paymentRequestId"])
  })

  it("lists every type's members in ordinal alphabetical order, as DataContractSerializer does", async () => {
    const types = all(await wsdl("singleWsdl"), "complexType").filter((type) => type.attributes.has("name"))
    assert.isAbove(types.length, 8)
    for (const type of types) {
      const names = all(type, "element").map((one) => one.attributes.get("name") ?? "")
      assert.deepEqual(names, names.toSorted(), type.attributes.get("name"))
    }
  })

  it("names the rows of PriceList as the setting says", async () => {
    await settings(sandbox, { priceListItemName: "PriceList" })
    const list = all(await wsdl("singleWsdl"), "complexType").find(
      (type) => type.attributes.get("name") === "ArrayOfPriceListStructure"
    )
    assert.equal(list && all(list, "element")[0]?.attributes.get("name"), "PriceList")
  })

  it("is a short page without a query", async () => {
    const answer = await httpsCall(sandbox, soapUrl(sandbox))
    assert.equal(answer.status, 200)
    assert.match(answer.headers["content-type"] ?? "", /^text\/html/)
  })
})
