import { type Money, toDecimal } from "@maksa/core"
import type { Facts } from "./facts.ts"
import { finalityText } from "./finalityText.ts"
import type { Texts } from "./texts.ts"

const namespace = "urn:maksa:confirmation:1"

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;"
}
const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character)

type Attributes = Readonly<Record<string, string | undefined>>

const tag = (name: string, attributes: Attributes): string =>
  Object.entries(attributes).reduce(
    (head, [key, value]) => (value === undefined ? head : `${head} ${key}="${escape(value)}"`),
    name
  )

const element = (name: string, text: string, attributes: Attributes = {}): string =>
  `<${tag(name, attributes)}>${escape(text)}</${name}>`

const group = (name: string, children: ReadonlyArray<string>, attributes: Attributes = {}): string =>
  [`<${tag(name, attributes)}>`, ...children.map((child) => child.replace(/^/gm, "  ")), `</${name}>`].join("\n")

const optional = (name: string, text: string | undefined): ReadonlyArray<string> =>
  text === undefined ? [] : [element(name, text)]

const sum = (name: string, value: Money | undefined): ReadonlyArray<string> =>
  value === undefined ? [] : [element(name, toDecimal(value), { currency: value.currency })]

const time = (epochMillis: number): string => new Date(epochMillis).toISOString()

/** The confirmation as XML, in the order that `xsd/confirmation-1.xsd` fixes. Times are UTC, amounts decimal text. */
export const toXml = (facts: Facts, texts: Texts): Uint8Array => {
  const { agency } = facts
  const lines = facts.lines.map((line) =>
    group(
      "line",
      [
        ...optional("description", line.description),
        ...optional("position", line.position),
        ...optional("quantity", line.quantity),
        ...sum("amount", line.amount)
      ],
      { kind: line.kind }
    )
  )
  const document = group(
    "confirmation",
    [
      element("number", facts.number),
      element("title", texts.title),
      element("notice", texts.notice),
      element("paymentId", facts.paymentId),
      element("issuedAt", time(facts.issuedAt)),
      group("issuer", [
        element("name", agency.name),
        ...optional("registrationNumber", agency.registrationNumber),
        ...optional("address", agency.address),
        ...optional("email", agency.email)
      ]),
      ...sum("amount", facts.amount),
      ...sum("requested", facts.requested),
      ...sum("received", facts.received),
      ...sum("returned", facts.returned),
      element("merchantReference", facts.merchantReference),
      element("purpose", facts.purpose),
      ...(lines.length === 0 ? [] : [group("lines", lines)]),
      group("provider", [
        element("instance", facts.instance),
        element("name", facts.providerName),
        ...optional("paidVia", facts.paidVia),
        ...optional("reference", facts.providerReference)
      ]),
      element("paidAt", time(facts.paidAt), { source: facts.paidAtSource }),
      element("basis", facts.basis),
      element("finality", finalityText(facts, texts), {
        level: facts.finality,
        notBefore: facts.softUntil === undefined ? undefined : time(facts.softUntil)
      })
    ],
    {
      xmlns: namespace,
      language: facts.language,
      environment: facts.environment,
      specimen: facts.environment === "live" ? "false" : "true"
    }
  )
  return new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8"?>\n${document}\n`)
}
