// The microservice's answers: pure, by member names in whatever case.
import * as Result from "effect/Result"

import { Trouble } from "../errors.ts"
import type { Json, JsonMembers, JsonValue } from "./json.ts"
import { splitProviders } from "../wire.ts"
import type { PositionStatus, Saved, StatusAnswer } from "../service.ts"

export type Read<A> = Result.Result<A, Trouble>

export const unfit = (detail: string): Read<never> => Result.fail(new Trouble({ situation: "not_understood", detail }))

const isMembers = (value: JsonValue): value is JsonMembers => value instanceof Map

/** Text that is not blank; a number where MM might write one as well. */
export const textOf = (members: JsonMembers, name: string): string | undefined => {
  const value = members.get(name.toLowerCase())
  if (typeof value === "string") return value.trim() === "" ? undefined : value
  return typeof value === "object" && value !== null && "_tag" in value ? value.digits : undefined
}

const utf8 = new TextDecoder("utf-8", { fatal: true })

const readJson = (body: Uint8Array, json: Json): Read<JsonValue> =>
  Result.mapError(json.read(body), ({ message }) => new Trouble({ situation: "not_understood", detail: message }))

const readMembers = (body: Uint8Array, json: Json): Read<JsonMembers> =>
  Result.flatMap(readJson(body, json), (value) =>
    isMembers(value) ? Result.succeed(value) : unfit("the answer is not a JSON object")
  )

/** Rows of a list. */
export const readRows = (body: Uint8Array, json: Json): Read<ReadonlyArray<JsonMembers>> =>
  Result.flatMap(readJson(body, json), (value) => {
    // Array.isArray does not narrow a readonly array out of a union.
    const rows: ReadonlyArray<JsonValue> | undefined = Array.isArray(value) ? value : undefined
    return rows?.every(isMembers) === true ? Result.succeed(rows) : unfit("the answer is not a list of JSON objects")
  })

/** `savepaymentrequest`. */
export const readSaved = (evidence: Uint8Array, json: Json): Read<Saved> =>
  Result.flatMap(readMembers(evidence, json), (members) => {
    const id = textOf(members, "PaymentRequestId")?.trim()
    const url = textOf(members, "PaymentRequestUrl")?.trim()
    return id === undefined
      ? unfit("the reply has no PaymentRequestId that is a GUID")
      : Result.succeed({ id, ...(url === undefined ? {} : { url }), evidence })
  })

/** A word, and not a page or another message: any HTTP 200 has some text. */
const wordLike = /^[^\s<>{}[\]]{1,16}$/

/**
 * `checkpaymentrequeststatus`: a letter as plain text, or as a JSON text, which ASP.NET makes of it where JSON is
 * negotiated. What the word means is for `mapping.ts` to say.
 */
export const readPlainStatus = (evidence: Uint8Array): Read<StatusAnswer> => {
  const text = Result.getOrElse(
    Result.try(() => utf8.decode(evidence).trim()),
    () => ""
  )
  const word = /^"(.*)"$/.exec(text)?.[1] ?? text
  if (word.trim() === "") return unfit("the reply has no status")
  return wordLike.test(word) ? Result.succeed({ word, paidVia: [], evidence }) : unfit("the status is not a word")
}

/** `checkpaymentrequeststatuswpt`. */
export const readWptStatus = (evidence: Uint8Array, json: Json): Read<StatusAnswer> =>
  Result.flatMap(readMembers(evidence, json), (members) => {
    const word = textOf(members, "RequestStatus")
    return word === undefined
      ? unfit("the reply has no status")
      : Result.succeed({ word, paidVia: splitProviders(textOf(members, "PaymentProviders")), evidence })
  })

/** `checkpaymentstatus`. */
export const readPositionStatus = (body: Uint8Array, json: Json): Read<PositionStatus> =>
  Result.flatMap(readMembers(body, json), (members) => {
    const word = textOf(members, "RequestStatus")
    const paidVia = textOf(members, "PaymentProvider")?.trim()
    return word === undefined
      ? unfit("the reply has no status")
      : Result.succeed({ word, ...(paidVia === undefined ? {} : { paidVia }) })
  })

/** `createinvoice`: the number of the row that MM made for the document. */
export const readInvoice = (body: Uint8Array, json: Json): Read<{ readonly documentId: string }> =>
  Result.flatMap(readMembers(body, json), (members) => {
    const documentId = textOf(members, "id")?.trim()
    return documentId !== undefined && /^[\w-]{1,64}$/.test(documentId)
      ? Result.succeed({ documentId })
      : unfit("the reply has no id of a document")
  })
