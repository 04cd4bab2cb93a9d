import * as Effect from "effect/Effect"

import { openWsdl } from "../../src/internal/soap/openWsdl.ts"
import { operationPlan, type OperationPlan } from "../../src/internal/soap/plan.ts"

export interface WsdlParts {
  /** Content of the schema with the target namespace `urn:t` (prefix `t`; `x` is XML Schema). */
  readonly schema: string
  readonly schemaAttributes?: string
  /** Before the types. */
  readonly head?: string
  readonly otherSchemas?: string
  readonly messages?: string
  readonly style?: string
  readonly use?: string
  readonly ports?: string
  readonly soapNamespace?: string
}

/** A WSDL of one operation, `Ask`, whose request and reply are the elements `Ask` and `AskResponse` of the schema. */
export const wsdlText = (parts: WsdlParts): string => `<?xml version="1.0" encoding="utf-8"?>
<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:s="${parts.soapNamespace ?? "http://schemas.xmlsoap.org/wsdl/soap/"}"
  xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t" name="T">
  ${parts.head ?? ""}
  <w:types><x:schema targetNamespace="urn:t" elementFormDefault="qualified" ${parts.schemaAttributes ?? ""}>
  ${parts.schema}</x:schema>${parts.otherSchemas ?? ""}</w:types>
  ${
    parts.messages ??
    `<w:message name="In"><w:part name="p" element="t:Ask"/></w:message>
  <w:message name="Out"><w:part name="p" element="t:AskResponse"/></w:message>`
  }
  <w:portType name="P"><w:operation name="Ask"><w:input message="t:In"/><w:output message="t:Out"/></w:operation></w:portType>
  <w:binding name="B" type="t:P"><s:binding transport="http://schemas.xmlsoap.org/soap/http" style="${parts.style ?? "document"}"/>
    <w:operation name="Ask"><s:operation soapAction="urn:t/Ask"/>
      <w:input><s:body use="${parts.use ?? "literal"}"/></w:input><w:output><s:body use="${parts.use ?? "literal"}"/></w:output>
    </w:operation></w:binding>
  <w:service name="S">${parts.ports ?? `<w:port name="Port" binding="t:B"><s:address location="https://127.0.0.1/ask"/></w:port>`}</w:service>
</w:definitions>`

/** A reply element that every WSDL of a test can end with. */
export const plainReply = `<x:element name="AskResponse"><x:complexType><x:sequence>
  <x:element name="AskResult" type="x:string" minOccurs="0" nillable="true"/></x:sequence></x:complexType></x:element>`

/** A request element with the given members. */
export const request = (members: string): string =>
  `<x:element name="Ask"><x:complexType><x:sequence>${members}</x:sequence></x:complexType></x:element>`

/** The plan of `Ask`. */
export const planAsk = (parts: WsdlParts): Effect.Effect<OperationPlan, unknown> =>
  Effect.flatMap(openWsdl({ text: wsdlText(parts) }), (wsdl) => Effect.fromResult(operationPlan(wsdl, "Ask")))
