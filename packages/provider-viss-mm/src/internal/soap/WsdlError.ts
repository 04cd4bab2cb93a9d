import * as Data from "effect/Data"

/** Why a WSDL cannot be used. */
export type WsdlProblem =
  | "unreadable"
  | "not_a_wsdl"
  | "needs_other_documents"
  | "no_fitting_port"
  | "several_fitting_ports"
  | "unknown_operation"
  | "unsupported"
  | "undefined_name"

/**
 * The service description cannot be used.
 *
 * `message` says what is missing and what to do. It names operations, types and elements of the WSDL, which is a public
 * document of the service and holds neither secrets nor personal data.
 */
export class WsdlError extends Data.TaggedError("WsdlError")<{
  readonly problem: WsdlProblem
  readonly message: string
}> {}

export const wsdlError = (problem: WsdlProblem, message: string): WsdlError => new WsdlError({ problem, message })
