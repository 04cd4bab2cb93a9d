import type { Reply } from "../../kernel/HttpFaults.ts"
import { BusinessError } from "../errors.ts"
import type { Settings } from "../settings.ts"
import { NumberText } from "./json.ts"

const quote = (value: unknown): string => JSON.stringify(value) ?? "null"

/** JSON in which numbers keep the text that they have. */
const write = (value: unknown): string => {
  if (value instanceof NumberText) return value.text
  if (Array.isArray(value)) return `[${value.map(write).join(",")}]`
  if (typeof value !== "object" || value === null) return quote(value)
  return `{${Object.entries(value)
    .map(([name, one]) => `${quote(name)}:${write(one)}`)
    .join(",")}}`
}

/**
 * The same as the guide prints it, with what Word made of it: a URL without quotes, typographic quotes and no comma
 * between members.
 */
const asPrinted = (json: string): string =>
  json
    .replace(/"(https?:[^"]*)"/, "$1")
    .replace(/"Number":/g, '"Number”:')
    .replace(/"StatusCode":/g, '"StatusCode”:')
    .replace(/","(PaymentProvider)/, '"\n"$1')
    .replace(/"id":/, "”id”:")

export const jsonReply = (value: unknown, isLiteral: boolean): Reply => ({
  status: 200,
  headers: { "content-type": "application/json; charset=utf-8" },
  body: isLiteral ? asPrinted(write(value)) : write(value)
})

/** The guide prints the type without its semicolon, and media type parsers of clients must not fall over it. */
export const textReply = (text: string, isLiteral: boolean): Reply => ({
  status: 200,
  headers: { "content-type": isLiteral ? "text/plain charset=utf-8" : "text/plain; charset=utf-8" },
  body: text
})

export const plainReply = (status: number, text = ""): Reply => ({
  status,
  headers: { "content-type": "text/plain; charset=utf-8" },
  body: text
})

const encode = (text: string, how: Settings["errorMessageEncoding"]): string =>
  how === "percent"
    ? encodeURIComponent(text)
    : encodeURIComponent(text)
        .replaceAll("%20", "+")
        .replaceAll(/%[0-9A-F]{2}/g, (octet) => octet.toLowerCase())

/** A handled error of MM's own rules: its code in a header, and its text URL-encoded in another. */
export const errorReply = ({ code, message }: BusinessError, settings: Settings): Reply => ({
  status: code === "SIM-109" || code === "SIM-110" ? 404 : 500,
  headers: {
    "content-type": "text/plain; charset=utf-8",
    "MM-Error": code,
    "MM-ErrorMessage": encode(message, settings.errorMessageEncoding)
  },
  body: ""
})
