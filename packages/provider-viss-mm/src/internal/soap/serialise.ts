import * as Result from "effect/Result"

import { listItem, type OperationPlan } from "./plan.ts"
import { RefusedValue } from "../RefusedValue.ts"
import type { ElementPlan, LeafType, StructType } from "./typePlan.ts"
import { escapeXml, isXmlText } from "../xml/xmlText.ts"

/**
 * What can be written: text (numbers and dates are text too), booleans, lists and members by name. `undefined` is left
 * out, `null` becomes `i:nil`. A list type (WCF's `ArrayOf…`) is given as a plain array, without its item's name.
 */
export type SoapValue =
  | string
  | boolean
  | null
  | undefined
  | ReadonlyArray<SoapValue>
  | { readonly [member: string]: SoapValue }

/** Writes what goes into the Body of one operation's message. */
export interface BodyWriter {
  /** Namespace declarations that the Body, or an element around it, must carry. */
  readonly declarations: string
  readonly write: Serialiser
}

/** Writes one operation's message, or a part of it. */
export type Serialiser = (input: SoapValue) => Result.Result<string, RefusedValue>

/** Appends to `refused` and returns nothing of use if the value cannot be written. */
type Writer = (value: SoapValue, path: string, refused: Array<RefusedValue>) => string

const envelope = "http://schemas.xmlsoap.org/soap/envelope/"
const xsi = "http://www.w3.org/2001/XMLSchema-instance"
/** XML Schema part 2, 3.2.3: no exponent, no infinity. */
const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/

const refuse = (refused: Array<RefusedValue>, path: string, why: string): string => {
  refused.push(new RefusedValue({ path, message: `${path} ${why}` }))
  return ""
}

const isMembers = (value: SoapValue): value is { readonly [member: string]: SoapValue } =>
  typeof value === "object" && value !== null && !Array.isArray(value)

// Array.isArray does not narrow a readonly array out of a union.
const isList = (value: SoapValue): value is ReadonlyArray<SoapValue> => Array.isArray(value)

const leafText = (type: LeafType): Writer => {
  if (type.base === "boolean") {
    return (value, path, refused) =>
      typeof value === "boolean" ? String(value) : refuse(refused, path, "must be true or false")
  }
  return (value, path, refused) => {
    if (typeof value !== "string") return refuse(refused, path, "must be given as text")
    if (type.base === "decimal" && !decimal.test(value)) {
      return refuse(refused, path, "must be a decimal number in plain notation, with a dot")
    }
    if (type.allowed !== undefined && !type.allowed.includes(value)) {
      return refuse(refused, path, `must be one of: ${type.allowed.join(", ")}`)
    }
    return isXmlText(value) ? escapeXml(value) : refuse(refused, path, "has a character that XML cannot carry")
  }
}

const single =
  (tag: string, isNillable: boolean, content: Writer): Writer =>
  (value, path, refused) => {
    if (value !== null) return `<${tag}>${content(value, path, refused)}</${tag}>`
    return isNillable ? `<${tag} i:nil="true"/>` : refuse(refused, path, "must not be null")
  }

const list =
  (item: Writer): Writer =>
  (value, path, refused) => {
    if (!isList(value)) return refuse(refused, path, "must be a list")
    return value.map((entry, index) => item(entry, `${path}[${index}]`, refused)).join("")
  }

/** Compiles the plan of an operation into a function that only concatenates. */
export const bodyWriter = (plan: OperationPlan): BodyWriter => {
  const prefixes = new Map<string, string>()
  const contents = new Map<StructType, Writer>()
  const compiled = new Map<ElementPlan, Writer>()

  const tagOf = ({ namespace, name }: ElementPlan): string => {
    if (namespace === "") return name
    const prefix = prefixes.get(namespace) ?? `n${prefixes.size}`
    prefixes.set(namespace, prefix)
    return `${prefix}:${name}`
  }

  const structContent = (type: StructType): Writer => {
    const known = contents.get(type)
    if (known !== undefined) return known
    const writers: Array<readonly [string, ElementPlan, Writer]> = []
    const names = new Set(type.fields.map((field) => field.name))
    const write: Writer = (value, path, refused) => {
      if (!isMembers(value)) return refuse(refused, path, "must have members")
      let written = ""
      for (const [name, field, writeField] of writers) {
        const member = Object.hasOwn(value, name) ? value[name] : undefined
        if (member !== undefined) written += writeField(member, `${path}.${name}`, refused)
        else if (field.required) refuse(refused, `${path}.${name}`, "is required by the WSDL")
      }
      for (const name of Object.keys(value)) {
        if (value[name] !== undefined && !names.has(name)) refuse(refused, `${path}.${name}`, "is not in the WSDL")
      }
      return written
    }
    // Entered before its members are compiled, so that a recursive type ends.
    contents.set(type, write)
    for (const field of type.fields) writers.push([field.name, field, compile(field)])
    return write
  }

  const contentOf = ({ type }: ElementPlan): Writer => (type.kind === "leaf" ? leafText(type) : structContent(type))

  const compile = (element: ElementPlan): Writer => {
    const known = compiled.get(element)
    if (known !== undefined) return known
    let own: Writer | undefined
    // A list of lists may contain itself: the place is taken before the item is compiled.
    compiled.set(element, (value, path, refused) => own?.(value, path, refused) ?? "")
    const tag = tagOf(element)
    const item = listItem(element)
    const one = single(tag, element.nillable, item === undefined ? contentOf(element) : compile(item))
    own = element.many ? list(one) : one
    compiled.set(element, own)
    return own
  }

  // The request itself always has named parameters, even where its only one is a list.
  const writeBody = single(tagOf(plan.input), plan.input.nillable, contentOf(plan.input))
  const declarations = [...prefixes].map(([namespace, prefix]) => ` xmlns:${prefix}="${escapeXml(namespace)}"`).join("")
  return {
    declarations: ` xmlns:i="${xsi}"${declarations}`,
    write: (input) => {
      const refused: Array<RefusedValue> = []
      const body = writeBody(input, plan.input.name, refused)
      const [first] = refused
      return first === undefined ? Result.succeed(body) : Result.fail(first)
    }
  }
}

/** Writes the SOAP 1.1 envelope of one operation. */
export const serialiser = (plan: OperationPlan): Serialiser => {
  const { declarations, write } = bodyWriter(plan)
  const head = `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="${envelope}"${declarations}><s:Body>`
  return (input) => Result.map(write(input), (body) => `${head}${body}</s:Body></s:Envelope>`)
}
