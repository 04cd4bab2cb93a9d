import * as Data from "effect/Data"

/** What is wrong with a message, in one word that tests and error tables can rely on. */
export type MalformedProblem =
  | "not_utf8"
  | "too_large"
  | "too_deep"
  | "too_many_nodes"
  | "too_many_attributes"
  | "doctype"
  | "not_well_formed"
  | "not_soap"
  | "empty_body"
  | "several_bodies"
  | "must_understand"
  | "unexpected_element"
  | "foreign_namespace"
  | "missing_element"
  | "duplicate_element"
  | "unexpected_content"

/**
 * A received XML message breaks XML, SOAP or the WSDL.
 *
 * `message` names shapes only (element names, counts, positions), never a text or an attribute value, so it may be
 * logged.
 */
export class MalformedMessage extends Data.TaggedError("MalformedMessage")<{
  readonly problem: MalformedProblem
  readonly message: string
}> {}
