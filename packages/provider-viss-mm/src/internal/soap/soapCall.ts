import type { Connection, TransportResponse } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"

import { Trouble } from "../errors.ts"
import { exchangeAs, statusTrouble } from "../exchange.ts"
import { type Decoded, decoder } from "./decode.ts"
import { codeLike, type SoapFault } from "./fault.ts"
import { replyLimits, type XmlReader } from "../xml/parse.ts"
import type { OperationPlan } from "./plan.ts"
import type { RefusedValue } from "../RefusedValue.ts"
import { serialiser, type SoapValue } from "./serialise.ts"
import { businessFault } from "../wire.ts"

/** Members of the operation's reply, and the bytes that they were read from. */
export interface SoapAnswer {
  readonly members: { readonly [member: string]: Decoded }
  readonly body: Uint8Array
}

/** Calls one operation. Never repeats it. */
export type SoapCall<Input extends SoapValue, A> = (input: Input) => Effect.Effect<A, Trouble | RefusedValue>

/** What the message cannot have been carried out with, by the names of SOAP 1.1 (4.4.1) and WCF. */
const contractFaults: ReadonlySet<string> = new Set([
  "ActionNotSupported",
  "Client",
  "DeserializationFailed",
  "MustUnderstand",
  "VersionMismatch"
])

/** What a fault comes to. Its texts stay behind: they may name a person's case. */
export const faultTrouble = ({ code, detail }: SoapFault): Trouble => {
  const errorCode = detail?.errorCode
  const providerCode = errorCode !== undefined && codeLike.test(errorCode) ? { providerCode: errorCode } : {}
  if (detail?.entry === businessFault) return new Trouble({ situation: "business_fault", ...providerCode })
  return new Trouble({
    situation: contractFaults.has(code) ? "contract_fault" : "service_fault",
    detail: codeLike.test(code) ? `fault ${code}` : "fault",
    ...providerCode
  })
}

/** Where messages go and how replies are read. */
export interface SoapChannel {
  readonly endpoint: URL
  readonly connection: Connection
  readonly readXml: XmlReader
}

/** Makes the caller of one operation out of its plan; everything that can be prepared is prepared here. */
export const makeSoapCall = <Input extends SoapValue, A>(
  plan: OperationPlan,
  { connection, endpoint, readXml }: SoapChannel,
  answerOf: (answer: SoapAnswer) => Result.Result<A, Trouble>
): SoapCall<Input, A> => {
  const serialise = serialiser(plan)
  const decode = decoder(plan)
  const headers = {
    "content-type": "text/xml; charset=utf-8",
    accept: "text/xml",
    soapaction: `"${plan.soapAction}"`
  }
  const read = (response: TransportResponse): Result.Result<A, Trouble> => {
    const { body, status } = response
    // WCF sends faults with 500 (SOAP 1.1, 6.2); every other status is the web server's or a proxy's, not the service's.
    const trouble = statusTrouble(response)
    if (trouble !== undefined && status !== 500) return Result.fail(trouble)
    const reply = Result.flatMap(readXml(body), decode)
    if (Result.isFailure(reply)) {
      return Result.fail(trouble ?? new Trouble({ situation: "not_understood", detail: reply.failure.message }))
    }
    if (reply.success._tag === "Fault") return Result.fail(faultTrouble(reply.success.fault))
    return trouble === undefined ? answerOf({ members: reply.success.members, body }) : Result.fail(trouble)
  }
  return (input) => {
    const envelope = serialise(input)
    if (Result.isFailure(envelope)) return Effect.fail(envelope.failure)
    const request = { method: "POST", url: endpoint, headers, body: Buffer.from(envelope.success) } as const
    return exchangeAs(connection, request, replyLimits.maxBytes, read)
  }
}
