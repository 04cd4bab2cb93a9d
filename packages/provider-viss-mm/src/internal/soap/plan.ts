import * as Result from "effect/Result"

import type { OpenedWsdl } from "./openWsdl.ts"
import { makeElementPlanner, type ElementPlan } from "./typePlan.ts"
import { wsdlError, type WsdlError } from "./WsdlError.ts"

/** Everything needed to call one operation, document/literal. */
export interface OperationPlan {
  readonly name: string
  readonly soapAction: string
  /** `soap:address` of the WSDL; an endpoint that the agency configures goes before it. */
  readonly location: string
  readonly input: ElementPlan
  readonly output: ElementPlan
}

/** Which port of the WSDL to use; needed only if several speak the version of SOAP that was asked for. */
export interface PlanOptions {
  readonly port?: string
}

type Port = OpenedWsdl["definitions"]["services"][string]["ports"][string]
type Method = Port["binding"]["methods"][string]

const choosePort = (wsdl: OpenedWsdl, name: string | undefined): Result.Result<Port, WsdlError> => {
  const names = wsdl.ports.map(({ port }) => port).join(", ")
  const fitting = name === undefined ? wsdl.ports : wsdl.ports.filter(({ port }) => port === name)
  const [chosen, ...others] = fitting
  if (chosen === undefined) {
    return Result.fail(
      wsdlError("no_fitting_port", `The WSDL has no SOAP ${wsdl.version} port of that name. It has: ${names}`)
    )
  }
  if (others.length > 0) {
    return Result.fail(
      wsdlError("several_fitting_ports", `The WSDL has several SOAP ${wsdl.version} ports, name one of them: ${names}`)
    )
  }
  const port = wsdl.definitions.services[chosen.service]?.ports[chosen.port]
  return port === undefined
    ? Result.fail(wsdlError("unsupported", `The port ${chosen.port} has a binding that is not SOAP over HTTP`))
    : Result.succeed(port)
}

const planMethod = (
  name: string,
  method: Method,
  port: Port,
  elementNamed: ReturnType<typeof makeElementPlanner>
): Result.Result<OperationPlan, WsdlError> =>
  Result.gen(function* () {
    const isEncoded = method.inputSoap?.use === "encoded" || method.outputSoap?.use === "encoded"
    if (method.style === "rpc" || isEncoded) {
      return yield* Result.fail(wsdlError("unsupported", `The operation ${name} is not document/literal`))
    }
    const { input, output } = method
    // What is no global element has parts with types; the soap package then leaves `targetNamespace` unset.
    if (input?.targetNamespace === undefined || output?.targetNamespace === undefined) {
      return yield* Result.fail(
        wsdlError("unsupported", `The operation ${name} lacks a request or a reply that is one declared element`)
      )
    }
    return {
      name,
      soapAction: method.soapAction,
      location: port.location,
      input: yield* elementNamed(input.targetNamespace, input.$name ?? ""),
      output: yield* elementNamed(output.targetNamespace, output.$name ?? "")
    }
  })

/** Derives the plan of every operation of the WSDL's port, once; calls then need the WSDL no more. */
export const operationPlans = (
  wsdl: OpenedWsdl,
  options: PlanOptions = {}
): Result.Result<ReadonlyMap<string, OperationPlan>, WsdlError> =>
  Result.gen(function* () {
    const port = yield* choosePort(wsdl, options.port)
    const elementNamed = makeElementPlanner(wsdl.definitions)
    const plans = new Map<string, OperationPlan>()
    for (const [name, method] of Object.entries(port.binding.methods)) {
      plans.set(name, yield* planMethod(name, method, port, elementNamed))
    }
    return plans
  })

/**
 * Derives the plan of one operation. An operation that the adapter does not call may then be of any shape.
 *
 * Fails with `unknown_operation`, naming those that the WSDL has.
 */
export const operationPlan = (
  wsdl: OpenedWsdl,
  name: string,
  options: PlanOptions = {}
): Result.Result<OperationPlan, WsdlError> =>
  Result.gen(function* () {
    const port = yield* choosePort(wsdl, options.port)
    const methods = port.binding.methods
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined
    if (method === undefined) {
      return yield* Result.fail(
        wsdlError(
          "unknown_operation",
          `The WSDL has no operation ${name}. It has: ${Object.keys(methods).join(", ")}. Check that it is the WSDL of ${wsdl.version === "1.1" ? "PaymentRequestService" : "the service that asks for a security token"}`
        )
      )
    }
    return yield* planMethod(name, method, port, makeElementPlanner(wsdl.definitions))
  })

/** The item of a type that only wraps a list (WCF's `ArrayOf…`), or `undefined`. */
export const listItem = (plan: ElementPlan): ElementPlan | undefined => {
  if (plan.type.kind === "leaf" || plan.type.fields.length !== 1) return undefined
  const item = plan.type.fields[0]
  return item?.many === true ? item : undefined
}
