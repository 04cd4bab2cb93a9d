import { readFile } from "node:fs/promises"

import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import soap from "soap"

import { decoder, type SoapReply } from "../../src/internal/soap/decode.ts"
import type { MalformedMessage } from "../../src/internal/MalformedMessage.ts"
import { bundledWsdl, openWsdl } from "../../src/internal/soap/openWsdl.ts"
import { makeXmlReader, type XmlNode, type XmlReader } from "../../src/internal/xml/parse.ts"
import { operationPlan, type OperationPlan } from "../../src/internal/soap/plan.ts"

export const serviceNamespace = "http://tempuri.org/"
export const dataNamespace = "http://schemas.datacontract.org/2004/07/VRAA.VISS2.MM.Endpoint"

export const bundledPath = new URL("../../wsdl/mm-default.wsdl", import.meta.url)

/** The plan of one operation of the bundled WSDL. */
export const bundledPlan = (name: string): Promise<OperationPlan> =>
  Effect.runPromise(Effect.flatMap(openWsdl(bundledWsdl), (wsdl) => Effect.fromResult(operationPlan(wsdl, name))))

export const readXml: XmlReader = await Effect.runPromise(makeXmlReader)

/** Reads a reply as the adapter does: bytes, XML, envelope. */
export const readReply = (
  plan: OperationPlan,
  reply: string | Uint8Array
): Result.Result<SoapReply, MalformedMessage> =>
  Result.flatMap(readXml(typeof reply === "string" ? Buffer.from(reply) : reply), decoder(plan))

/** What two XML documents must share to say the same: prefixes, declarations and indentation do not count. */
export interface Infoset {
  readonly name: string
  readonly isNil: boolean
  readonly content: string | ReadonlyArray<Infoset>
}

export const infoset = (node: XmlNode): Infoset => ({
  name: `{${node.namespace}}${node.name}`,
  isNil: node.isNil,
  content: node.children.length > 0 ? node.children.map(infoset) : node.text
})

/** What the soap package itself sends for these arguments, and what it makes of the reply. */
export const bySoap = async (
  operation: string,
  input: object,
  reply: string
): Promise<{ readonly sent: string; readonly soapAction: string; readonly result: unknown }> => {
  let sent = ""
  let soapAction = ""
  const client = await soap.createClientAsync(bundledPath.pathname, {
    httpClient: {
      request: (_url, data, callback, headers) => {
        sent = String(data)
        soapAction = String(headers?.["SOAPAction"])
        callback(null, { status: 200, headers: { "content-type": "text/xml" }, data: reply }, reply)
        // soap takes the answer from the callback; its types also want a promise.
        return new Promise<never>(() => undefined)
      }
    }
  })
  const call: unknown = Reflect.get(client, `${operation}Async`)
  if (typeof call !== "function") throw new Error(`soap has no ${operation}`)
  const answer: unknown = await Reflect.apply(call, client, [input])
  return { sent, soapAction, result: Array.isArray(answer) ? answer[0] : answer }
}

export const bundledText = (): Promise<string> => readFile(bundledPath, "utf8")
