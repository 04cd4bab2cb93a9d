import * as Result from "effect/Result"

import type { XmlLimits, XmlNode } from "../xml/parse.ts"
import { wsdlError, type WsdlError } from "./WsdlError.ts"

const wsdl = "http://schemas.xmlsoap.org/wsdl/"

/** Versions of SOAP, each with the namespace by which a WSDL binds it. */
const bindings = {
  "1.1": "http://schemas.xmlsoap.org/wsdl/soap/",
  "1.2": "http://schemas.xmlsoap.org/wsdl/soap12/"
} as const
export type SoapVersion = keyof typeof bindings

const xsd = "http://www.w3.org/2001/XMLSchema"

/** A WSDL is larger than a reply: WCF services publish some hundred types in one file. */
export const wsdlLimits: XmlLimits = {
  maxBytes: 8 * 1024 * 1024,
  maxDepth: 64,
  maxNodes: 100_000,
  maxAttributes: 64,
  maxText: 8 * 1024 * 1024
}

/** A port that speaks the wanted SOAP, as the document names it. */
export interface SoapPort {
  readonly service: string
  readonly port: string
}

const attribute = (node: XmlNode, name: string): string | undefined =>
  node.attributes.find((candidate) => candidate.namespace === "" && candidate.name === name)?.value

const localName = (qname: string | undefined): string => qname?.split(":").at(-1)?.trim() ?? ""

const isNamed = (node: XmlNode, namespace: string, name: string): boolean =>
  node.namespace === namespace && node.name === name

const children = (node: XmlNode, namespace: string, name: string): ReadonlyArray<XmlNode> =>
  node.children.filter((child) => isNamed(child, namespace, name))

const singleFile =
  "Give the single-file form of the WSDL: a WCF service publishes it at its address followed by ?singleWsdl"

/** Nothing is fetched on behalf of a document, so a reference to another one cannot be followed. */
const otherDocument = (root: XmlNode): WsdlError | undefined => {
  if (children(root, wsdl, "import").length > 0) {
    return wsdlError("needs_other_documents", `The WSDL imports another WSDL. ${singleFile}`)
  }
  for (const types of children(root, wsdl, "types")) {
    const seen = new Set<string>()
    for (const schema of children(types, xsd, "schema")) {
      for (const child of schema.children) {
        const refers = child.name === "include" || child.name === "redefine" || child.name === "import"
        if (!refers || child.namespace !== xsd) continue
        if (child.name === "import" && attribute(child, "schemaLocation") === undefined) continue
        return wsdlError("needs_other_documents", `The WSDL takes a schema from another document. ${singleFile}`)
      }
      // The soap package keeps only the last of two schemas with one namespace: types would vanish without a word.
      const namespace = attribute(schema, "targetNamespace") ?? ""
      if (seen.has(namespace)) {
        return wsdlError("unsupported", `The WSDL has two schemas for the namespace ${namespace}. Merge them into one`)
      }
      seen.add(namespace)
    }
  }
  return undefined
}

const portsOf = (root: XmlNode, version: SoapVersion): ReadonlyArray<SoapPort> => {
  const fitting = new Set(
    children(root, wsdl, "binding")
      .filter((binding) => children(binding, bindings[version], "binding").length > 0)
      .map((binding) => attribute(binding, "name") ?? "")
  )
  return children(root, wsdl, "service").flatMap((service) =>
    children(service, wsdl, "port")
      .filter((port) => fitting.has(localName(attribute(port, "binding"))))
      .map((port) => ({ service: attribute(service, "name") ?? "", port: attribute(port, "name") ?? "" }))
  )
}

/**
 * Checks what the soap package does not: that the document is one self-contained WSDL 1.1, and which of its ports speak
 * the wanted version of SOAP.
 */
export const inspectWsdl = (root: XmlNode, version: SoapVersion): Result.Result<ReadonlyArray<SoapPort>, WsdlError> => {
  if (!isNamed(root, wsdl, "definitions")) {
    return Result.fail(
      wsdlError(
        "not_a_wsdl",
        "The document is not a WSDL 1.1. If it is a page of the server, the address may lack ?singleWsdl, or the server may not have accepted the client certificate"
      )
    )
  }
  const refused = otherDocument(root)
  if (refused !== undefined) return Result.fail(refused)
  const ports = portsOf(root, version)
  return ports.length > 0
    ? Result.succeed(ports)
    : Result.fail(
        wsdlError(
          "no_fitting_port",
          `The WSDL has no service port with a SOAP ${version} binding. Ask for the ${version === "1.1" ? "X509 service's" : "one of the service that asks for a security token"}`
        )
      )
}
