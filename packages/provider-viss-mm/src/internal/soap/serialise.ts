import * as Result from "effect/Result"

import { listItem, type OperationPlan } from "./plan.ts"
import { RefusedValue } from "../RefusedValue.ts"
import type { ElementPlan, LeafType, StructType } from "./typePlan.ts"
import { escapeXml, isXmlText } from "../xml/xmlText.ts"

/**
 * What can be written: text (numbers and dates are text too), booleans, lists and members by name. `undefined` is left
 * out, or nil where the WSDL demands the member and lets it be nil; `null` becomes `i:nil`. A list type (WCF's
 * `ArrayOf…`) is given as a plain array, without its item's name.
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

/** Why a value cannot be written, and where in the message, from the inside out: paths are made for these alone. */
interface Refusal {
  readonly path: string
  readonly why: string
}

type Writer = (value: SoapValue) => string | Refusal

const envelope = "http://schemas.xmlsoap.org/soap/envelope/"
const xsi = "http://www.w3.org/2001/XMLSchema-instance"
/** XML Schema part 2, 3.2.3: no exponent, no infinity. */
const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/

const refuse = (why: string): Refusal => ({ path: "", why })

const within = (step: string, { path, why }: Refusal): Refusal => ({ path: `${step}${path}`, why })

const isMembers = (value: SoapValue): value is { readonly [member: string]: SoapValue } =>
  typeof value === "object" && value !== null && !Array.isArray(value)

// Array.isArray does not narrow a readonly array out of a union.
const isList = (value: SoapValue): value is ReadonlyArray<SoapValue> => Array.isArray(value)

const leafText = ({ allowed, base }: LeafType): Writer => {
  if (base === "boolean") {
    return (value) => (typeof value === "boolean" ? String(value) : refuse("must be true or false"))
  }
  return (value) => {
    if (typeof value !== "string") return refuse("must be given as text")
    if (base === "decimal" && !decimal.test(value)) {
      return refuse("must be a decimal number in plain notation, with a dot")
    }
    if (allowed !== undefined && !allowed.includes(value)) {
      return refuse(`must be one of: ${allowed.join(", ")}`)
    }
    return isXmlText(value) ? escapeXml(value) : refuse("has a character that XML cannot carry")
  }
}

const single = (tag: string, isNillable: boolean, content: Writer): Writer => {
  const [opening, closing, nil] = [`<${tag}>`, `</${tag}>`, `<${tag} i:nil="true"/>`]
  return (value) => {
    if (value === null) return isNillable ? nil : refuse("must not be null")
    const written = content(value)
    return typeof written === "string" ? `${opening}${written}${closing}` : written
  }
}

const list =
  (item: Writer): Writer =>
  (value) => {
    if (!isList(value)) return refuse("must be a list")
    let all = ""
    for (const [index, entry] of value.entries()) {
      const written = item(entry)
      if (typeof written !== "string") return within(`[${index}]`, written)
      all += written
    }
    return all
  }

/**
 * What stands for a member that was not given. The guide's PHP sample (2.3) gives null for five members that it has no use
 * for and leaves others out, as PHP demands where a WSDL requires the former.
 */
const absentOf = ({ many, nillable, required }: ElementPlan): null | undefined =>
  required && nillable && !many ? null : undefined

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
    const members: Array<{
      readonly name: string
      readonly isRequired: boolean
      readonly absent: null | undefined
      readonly write: Writer
    }> = []
    const names = new Set(type.fields.map((field) => field.name))
    const write: Writer = (value) => {
      if (!isMembers(value)) return refuse("must have members")
      let all = ""
      for (const member of members) {
        const own = Object.hasOwn(value, member.name) ? value[member.name] : undefined
        const given = own === undefined ? member.absent : own
        if (given === undefined) {
          if (member.isRequired) return within(`.${member.name}`, refuse("is required by the WSDL"))
          continue
        }
        const written = member.write(given)
        if (typeof written !== "string") return within(`.${member.name}`, written)
        all += written
      }
      for (const name of Object.keys(value)) {
        if (value[name] !== undefined && !names.has(name)) return within(`.${name}`, refuse("is not in the WSDL"))
      }
      return all
    }
    // Entered before its members are compiled, so that a recursive type ends.
    contents.set(type, write)
    for (const field of type.fields) {
      members.push({
        name: field.name,
        isRequired: field.required,
        absent: absentOf(field),
        write: compile(field)
      })
    }
    return write
  }

  const contentOf = ({ type }: ElementPlan): Writer => (type.kind === "leaf" ? leafText(type) : structContent(type))

  const compile = (element: ElementPlan): Writer => {
    const known = compiled.get(element)
    if (known !== undefined) return known
    let own: Writer | undefined
    // A list of lists may contain itself: the place is taken before the item is compiled.
    compiled.set(element, (value) => own?.(value) ?? "")
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
      const body = writeBody(input)
      if (typeof body === "string") return Result.succeed(body)
      const path = `${plan.input.name}${body.path}`
      return Result.fail(new RefusedValue({ path, message: `${path} ${body.why}` }))
    }
  }
}

/** Writes the SOAP 1.1 envelope of one operation. */
export const serialiser = (plan: OperationPlan): Serialiser => {
  const { declarations, write } = bodyWriter(plan)
  const head = `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="${envelope}"${declarations}><s:Body>`
  return (input) => Result.map(write(input), (body) => `${head}${body}</s:Body></s:Envelope>`)
}
