import { codes } from "./Codes.ts"
import { readFields, type Fields } from "./fields.ts"
import { GateRefusal } from "./GateRefusal.ts"
import type { FindProject, Project } from "./Project.ts"
import { isSignedWith } from "./Signature.ts"
import { isWireObject, readWireJson, type WireObject, type WireValue } from "./WireJson.ts"

const largestProjectId = 4_294_967_295n

/** What every request to Gate has, after parsing, project, caller and signature were checked in that order. */
export interface GateRequest {
  readonly project: Project
  readonly path: string
  /** The payment's id, in a flat request the request's. */
  readonly id: string
  readonly body: Fields
  /** The object that names project and signature: `general`, or the root of a flat request. */
  readonly general: Fields
}

export interface EnvelopeInput {
  readonly path: string
  readonly text: string
  readonly remoteAddress: string
  /** `/v2/payment/status/request` has no `general`. */
  readonly isFlat?: boolean
}

const parse = (text: string): WireValue => {
  try {
    return readWireJson(text)
  } catch {
    throw new GateRefusal(422, codes.notJson)
  }
}

/** IPv4 callers of a dual-stack listener show up as `::ffff:127.0.0.1`. */
const plainAddress = (address: string): string => address.replace(/^::ffff:/, "")

const checkSignature = (body: WireObject, general: Fields, secret: string): void => {
  if (!general.has("signature")) throw new GateRefusal(400, codes.emptySignature)
  const signature = general.raw("signature")
  if (typeof signature !== "string" || !isSignedWith(body, signature, secret)) {
    throw new GateRefusal(400, codes.invalidSignature)
  }
}

/** Leading and trailing blanks and control characters are refused by the platform's schema. */
export const isPaymentId = (text: string): boolean => text !== "" && !/^[\s\0]|[\s\0]$/.test(text)

export const openEnvelope = (input: EnvelopeInput, findProject: FindProject): GateRequest => {
  const value = parse(input.text)
  if (!isWireObject(value)) throw new GateRefusal(400, codes.fieldMissing, "general")
  const body = readFields(value, "")
  const general = input.isFlat === true ? body : body.object("general")
  const projectId = Number(general.integer("project_id", { from: 1n, to: largestProjectId }))
  const text = general.text(input.isFlat === true ? "request_id" : "payment_id")
  const project = findProject(projectId)
  const id = project?.settings.paymentIdBlanks === "trim" ? text.trim() : text
  if (!isPaymentId(id)) throw new GateRefusal(400, codes.invalidPaymentId)
  if (project === undefined) throw new GateRefusal(400, codes.unknownProject)
  const { ipWhitelist } = project.settings
  if (ipWhitelist.length > 0 && !ipWhitelist.includes(plainAddress(input.remoteAddress))) {
    throw new GateRefusal(403, codes.accessDenied)
  }
  checkSignature(value, general, project.secret)
  return { project, path: input.path, id, body, general }
}
