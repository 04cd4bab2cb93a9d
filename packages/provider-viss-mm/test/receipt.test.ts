import * as Result from "effect/Result"
import { assert, describe, it } from "vitest"

import { readDocument } from "../src/internal/x509/receipt.ts"
import { readXml } from "./support/soap.ts"

const read = (format: "pdf" | "xml", body: string | Uint8Array, contentType?: string, status = 200) =>
  readDocument(
    format,
    {
      status,
      headers: contentType === undefined ? {} : { "content-type": contentType },
      body: typeof body === "string" ? Buffer.from(body) : body
    },
    readXml,
    10_000
  )
const pdf = `%PDF-1.7\n${"x".repeat(3000)}\n%%EOF\n`

describe("an answer of the document service", () => {
  it.each([
    ["pdf", pdf, "application/pdf"],
    ["pdf", pdf, "Application/PDF; charset=binary"],
    ["pdf", pdf, "application/octet-stream"],
    ["pdf", pdf, undefined],
    ["xml", "<a/>", "text/xml; charset=utf-8"],
    ["xml", "\uFEFF<?xml version='1.0' encoding='utf-8'?><a/>", "application/xml"],
    ["xml", "<a/>", "application/vnd.vraa+xml"],
    ["xml", "<a/>", undefined]
  ] as const)("for %s with %j as %s is a document", (format, body, contentType) => {
    const document = Result.getOrThrow(read(format, body, contentType))
    assert.strictEqual(Buffer.from(document.bytes).toString(), body)
    assert.strictEqual(document.root !== undefined, format === "xml")
  })

  it.each([
    ["pdf", pdf, "text/html", "the document is not PDF by its media type"],
    ["xml", "<a/>", "text/html; charset=utf-8", "the document is not XML by its media type"],
    ["xml", "<a>", "text/xml", "The document is not well-formed XML: unclosed tag"],
    ["xml", "<!DOCTYPE a><a/>", "text/xml", "The document has a DOCTYPE"],
    ["xml", `<a>${"x".repeat(20_000)}</a>`, "text/xml", "The document has 20007 bytes, more than 10000"]
  ] as const)("for %s with %j as %s is none: %s", (format, body, contentType, detail) => {
    const trouble = Result.getOrThrow(Result.flip(read(format, body, contentType)))
    assert.deepInclude(trouble, { situation: "not_understood", detail })
  })

  it.each([
    [404, "not_found"],
    [204, "no_content"],
    [403, "forbidden"],
    [500, "server_error"],
    [302, "redirected"]
  ] as const)("with HTTP %i is told by its status, whatever it holds", (status, situation) => {
    assert.strictEqual(Result.getOrThrow(Result.flip(read("pdf", pdf, "application/pdf", status))).situation, situation)
  })
})
