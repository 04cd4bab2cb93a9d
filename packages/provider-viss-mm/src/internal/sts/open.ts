import * as Effect from "effect/Effect"

import type { PaymentError } from "@maksa/core"
import type { Trouble } from "../errors.ts"
import { localWsdl } from "../soap/fetchWsdl.ts"
import type { ClientCredentials } from "../credentials/credentials.ts"
import { openWsdl, type WsdlSource } from "../soap/openWsdl.ts"
import type { WsdlError } from "../soap/WsdlError.ts"
import { makeElementCutter } from "./cutElement.ts"
import type { Channel } from "./message.ts"
import { makePfasService, type PfasService } from "./PfasService.ts"
import { planPfas } from "./pfasPlans.ts"
import type { ProtectedService } from "./securedMessage.ts"
import type { PfasSettings, StsSettings } from "./configuration.ts"
import { makeSigner } from "./sign.ts"
import { signingIdentity } from "./signingIdentity.ts"
import { makeTokenService } from "./TokenService.ts"

/** What calls with security tokens share, whichever service they go to. */
export type Security = Omit<ProtectedService, "endpoint" | "appliesTo">

/** The draft that comes with this package. It is not the real WSDL, which is not public. */
const bundledPfasWsdl: WsdlSource = { path: new URL("../../../wsdl/mm-pfas-default.wsdl", import.meta.url) }

/** Prepares the token service for one certificate. Nothing is sent before the first token is needed. */
export const openSecurity = Effect.fnUntraced(function* (
  settings: StsSettings,
  credentials: Pick<ClientCredentials, "tls" | "leaf">,
  channel: Channel
): Effect.fn.Return<Security, PaymentError> {
  const identity = yield* signingIdentity(credentials)
  const [sign, cut] = yield* Effect.all([makeSigner, makeElementCutter])
  const tokens = yield* makeTokenService({ ...channel, settings, identity, sign, cut })
  return { ...channel, tokens, sign, hash: settings.hash }
})

/** Opens MM's protected services by their WSDL. */
export const openPfas = Effect.fnUntraced(function* (
  { appliesTo, endpoint, port, wsdl }: PfasSettings,
  security: Security,
  limits: { readonly maxReceiptBytes: number }
): Effect.fn.Return<PfasService, Trouble | WsdlError> {
  const opened = yield* openWsdl(yield* localWsdl(wsdl ?? bundledPfasWsdl, security.connection), "1.2")
  const plans = yield* Effect.fromResult(planPfas(opened, port))
  return makePfasService(plans, { ...security, endpoint, appliesTo }, limits)
})
