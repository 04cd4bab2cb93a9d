// Every URL that we give out is built from the configured public base URL and tokens, never from a request's Host header.
import { sha256 } from "./ledger.ts"
import type { Runtime } from "./Runtime.ts"

// 128 bits, derived from the attempt's id under the store's secret: nothing to keep, nothing to guess.
const token = (runtime: Runtime, purpose: "payer-token" | "webhook-token", attemptId: string): string =>
  runtime.store.keyedDigest(purpose, attemptId).slice(0, 32)

export const tokenDigest = (token: string): string => sha256("token", token)

export const payerToken = (runtime: Runtime, attemptId: string): string => token(runtime, "payer-token", attemptId)
/** Known to the provider's server only: the payer's browser never sees it. */
export const webhookToken = (runtime: Runtime, attemptId: string): string => token(runtime, "webhook-token", attemptId)

export const returnUrl = (runtime: Runtime, instance: string, attemptId: string): string =>
  `${runtime.publicBaseUrl}/return/${instance}/${payerToken(runtime, attemptId)}`

/** Signed messages name their attempt themselves, and their URL may pass through the payer's browser: no token there. */
export const webhookUrl = (runtime: Runtime, instance: string, attemptId: string): string =>
  runtime.instances.get(instance)?.provider.manifest.webhook === "signed"
    ? `${runtime.publicBaseUrl}/webhooks/${instance}`
    : `${runtime.publicBaseUrl}/webhooks/${instance}/${webhookToken(runtime, attemptId)}`

export const nextUrl = (runtime: Runtime, attemptId: string): string =>
  `${runtime.publicBaseUrl}/next/${payerToken(runtime, attemptId)}`
