import * as Result from "effect/Result"

import type { OpenedWsdl } from "./openWsdl.ts"
import { wsdlError, type WsdlError } from "./WsdlError.ts"

/** A simple type. `base` is the built-in XSD type it comes from; `allowed` its enumeration, if it has one. */
export interface LeafType {
  readonly kind: "leaf"
  readonly base: string
  readonly allowed?: ReadonlyArray<string>
}

/** A complex type: its members in the schema's order. A recursive type contains itself. */
export interface StructType {
  readonly kind: "struct"
  readonly fields: ReadonlyArray<ElementPlan>
}

/** One element as the schema declares it. `namespace` is `""` for an unqualified one. */
export interface ElementPlan {
  readonly namespace: string
  readonly name: string
  readonly many: boolean
  readonly nillable: boolean
  readonly required: boolean
  readonly type: LeafType | StructType
}

type Definitions = OpenedWsdl["definitions"]
type Schema = Definitions["schemas"][string]
type SchemaNode = Schema["children"][number]
type Planned<A> = Result.Result<A, WsdlError>

const xsd = "http://www.w3.org/2001/XMLSchema"
const noNode: ReadonlyArray<SchemaNode> = []

/** soap keeps an attribute `x` as the property `$x`, which its types mostly do not mention. */
const attribute = (node: SchemaNode, name: string): string | undefined => {
  const value: unknown = Reflect.get(node, `$${name}`)
  return typeof value === "string" ? value : undefined
}

/** Elements without children lose the property in soap's own clean-up. */
const childrenOf = (node: SchemaNode): ReadonlyArray<SchemaNode> => node.children ?? noNode

const own = <A>(record: { readonly [name: string]: A } | undefined, name: string): A | undefined =>
  record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined

const repeats = (node: SchemaNode): boolean => {
  const most = attribute(node, "maxOccurs")
  return most === "unbounded" || (most !== undefined && Number(most) > 1)
}

/**
 * Derives element plans from the schemas that the soap package read.
 *
 * **Details** Members of a `choice` become optional members in the order of the schema: the caller gives one of them.
 * Optional XML attributes and `any` are left out. Required attributes, groups and repeated sequences are refused, since
 * a message without them would be wrong.
 */
export const makeElementPlanner = (
  definitions: Definitions
): ((namespace: string, name: string) => Planned<ElementPlan>) => {
  /** By qualified name, and by declaration for those without a name. */
  const structs = new Map<string | SchemaNode, StructType>()

  /** Entered before the members are read, so that a type may contain itself. */
  const struct = (key: string | SchemaNode, node: SchemaNode, schema: Schema): Planned<StructType> => {
    const known = structs.get(key)
    if (known !== undefined) return Result.succeed(known)
    const fields: Array<ElementPlan> = []
    const type: StructType = { kind: "struct", fields }
    structs.set(key, type)
    return Result.map(members(node, schema, false), (found) => {
      fields.push(...found)
      return type
    })
  }

  const resolve = (node: SchemaNode, schema: Schema, qname: string): readonly [namespace: string, name: string] => {
    const colon = qname.indexOf(":")
    const target: string = schema.$targetNamespace ?? ""
    if (colon < 0) {
      const isOwn = own(schema.types, qname) ?? own(schema.complexTypes, qname) ?? own(schema.elements, qname)
      return [isOwn === undefined ? xsd : target, qname]
    }
    const prefix = qname.slice(0, colon)
    const namespace =
      own(node.xmlns, prefix) ??
      own(node.schemaXmlns, prefix) ??
      own(schema.xmlns, prefix) ??
      own(definitions.xmlns, prefix)
    return [typeof namespace === "string" ? namespace : "", qname.slice(colon + 1)]
  }

  const simple = (node: SchemaNode, schema: Schema): Planned<LeafType> =>
    Result.gen(function* () {
      const restriction = childrenOf(node).find((child) => child.name === "restriction" || child.name === "extension")
      // A list or a union is text to us.
      const base = restriction === undefined ? undefined : attribute(restriction, "base")
      if (restriction === undefined || base === undefined) return { kind: "leaf", base: "string" } satisfies LeafType
      const [namespace, name] = resolve(restriction, schema, base)
      const parent = yield* typeNamed(namespace, name)
      if (parent.kind !== "leaf") {
        return yield* Result.fail(wsdlError("unsupported", `The WSDL derives a simple type from the structure ${name}`))
      }
      const allowed = childrenOf(restriction)
        .filter((child) => child.name === "enumeration")
        .map((child) => attribute(child, "value") ?? "")
      return allowed.length > 0 ? { ...parent, allowed } : parent
    })

  const typeNamed = (namespace: string, name: string): Planned<LeafType | StructType> =>
    Result.gen(function* () {
      if (namespace === xsd) return { kind: "leaf", base: name } satisfies LeafType
      const schema = own(definitions.schemas, namespace)
      const simpleType = own(schema?.types, name)
      if (schema !== undefined && simpleType !== undefined) return yield* simple(simpleType, schema)
      const key = `{${namespace}}${name}`
      const complexType = own(schema?.complexTypes, name)
      if (schema === undefined || complexType === undefined) {
        return yield* Result.fail(
          wsdlError(
            "undefined_name",
            `The WSDL uses the type ${key}, which it does not define. Ask the service for its complete single-file WSDL`
          )
        )
      }
      const simpleContent = childrenOf(complexType).find((child) => child.name === "simpleContent")
      if (simpleContent !== undefined) return yield* simple(simpleContent, schema)
      return yield* struct(key, complexType, schema)
    })

  const members = (node: SchemaNode, schema: Schema, optional: boolean): Planned<ReadonlyArray<ElementPlan>> =>
    Result.gen(function* () {
      const found: Array<ElementPlan> = []
      for (const child of childrenOf(node)) {
        switch (child.name) {
          case "element":
            found.push(yield* element(child, schema, optional))
            break
          case "sequence":
          case "all":
          case "choice":
            if (repeats(child)) {
              return yield* Result.fail(
                wsdlError("unsupported", `The WSDL repeats a whole ${child.name}, which this adapter cannot write`)
              )
            }
            found.push(
              ...(yield* members(
                child,
                schema,
                optional || child.name === "choice" || attribute(child, "minOccurs") === "0"
              ))
            )
            break
          case "complexContent":
          case "restriction":
            found.push(...(yield* members(child, schema, optional)))
            break
          case "extension": {
            const [namespace, name] = resolve(child, schema, attribute(child, "base") ?? "")
            const base = yield* typeNamed(namespace, name)
            if (base.kind === "struct") found.push(...base.fields)
            found.push(...(yield* members(child, schema, optional)))
            break
          }
          case "annotation":
          case "documentation":
          case "any":
          case "anyAttribute":
            break
          case "attribute":
            if (attribute(child, "use") !== "required") break
            return yield* Result.fail(wsdlError("unsupported", "The WSDL requires an XML attribute in a message"))
          default:
            return yield* Result.fail(
              wsdlError("unsupported", `The WSDL uses xsd:${child.name ?? "?"}, which this adapter cannot read`)
            )
        }
      }
      return found
    })

  const inlineType = (node: SchemaNode, schema: Schema): Planned<LeafType | StructType> => {
    const inline = childrenOf(node).find((child) => child.name === "complexType" || child.name === "simpleType")
    if (inline?.name === "simpleType") return simple(inline, schema)
    if (inline === undefined) return Result.succeed({ kind: "leaf", base: "anyType" })
    return struct(inline, inline, schema)
  }

  const element = (node: SchemaNode, schema: Schema, optional: boolean): Planned<ElementPlan> =>
    Result.gen(function* () {
      const occurrence = {
        many: repeats(node),
        required: !optional && attribute(node, "minOccurs") !== "0"
      }
      const reference = attribute(node, "ref")
      if (reference !== undefined) {
        return { ...(yield* globalElement(...resolve(node, schema, reference))), ...occurrence }
      }
      const typeName = attribute(node, "type")
      const type =
        typeName === undefined ? yield* inlineType(node, schema) : yield* typeNamed(...resolve(node, schema, typeName))
      const form = attribute(node, "form") ?? schema.$elementFormDefault
      return {
        namespace: form === "qualified" ? schema.$targetNamespace : "",
        name: attribute(node, "name") ?? "",
        nillable: attribute(node, "nillable") === "true" || attribute(node, "nillable") === "1",
        type,
        ...occurrence
      } satisfies ElementPlan
    })

  const globalElement = (namespace: string, name: string): Planned<ElementPlan> => {
    const schema = own(definitions.schemas, namespace)
    const node = own(schema?.elements, name)
    if (schema === undefined || node === undefined) {
      return Result.fail(
        wsdlError(
          "undefined_name",
          `The WSDL uses the element {${namespace}}${name}, which it does not define. Ask the service for its complete single-file WSDL`
        )
      )
    }
    // A global element belongs to its schema's namespace whatever elementFormDefault says (XML Schema part 1, 3.3.2).
    return Result.map(element(node, schema, false), (plan) => ({ ...plan, namespace, required: true, many: false }))
  }

  return globalElement
}
