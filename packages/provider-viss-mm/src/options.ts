// What an agency gives: the configuration of each service, and the options of a payment.
import type { Environment } from "@maksa/core"
import type * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"

import { rigaMidnight } from "./internal/rigaTime.ts"
import type { KeyProof } from "./internal/sts/issueRequest.ts"
import type { SamlVersion } from "./internal/sts/names.ts"
import type { HashName } from "./internal/sts/sign.ts"
import { isGuid, type StatusOperation } from "./internal/wire.ts"

/** A secret: plain, or already wrapped. It is wrapped as soon as it is read. */
export type Secret<A> = A | Redacted.Redacted<A>

/**
 * Credentials, or a function that gives those of the moment: it is asked at start, by every `check`, and at a call at most
 * once a minute. New ones are taken into use while the program runs; calls on their way end with the old ones. A function
 * that fails, or gives what cannot be used, leaves the old ones at work, and `check` tells.
 */
export type Renewable<A> = A | (() => A | Promise<A>)

/** The client certificate that the service owner issued, with its key: PEM text, or the bytes of a PFX file. */
export type VissMmCredentials =
  | { readonly pem: Secret<string | Uint8Array>; readonly passphrase?: Secret<string> }
  | { readonly pfx: Secret<Uint8Array>; readonly passphrase?: Secret<string> }

/** What every service of MM is configured with. There are no defaults for what decides where money goes. */
export interface CommonConfig {
  readonly environment: Environment
  /** Trusted authorities (PEM) instead of the system's. */
  readonly ca?: string | Uint8Array | ReadonlyArray<string | Uint8Array>
  readonly tls?: {
    /** Default TLSv1.2. */
    readonly minVersion?: "TLSv1.2" | "TLSv1.3"
    /** OpenSSL's cipher list, for old servers. */
    readonly ciphers?: string
  }
  readonly timeouts?: {
    /** Default 5,000. */
    readonly connectMillis?: number
    /** Of silence; default 30,000. */
    readonly responseMillis?: number
  }
  /** Largest supporting document; default 10 MiB. */
  readonly maxReceiptBytes?: number
  /** `stripOne`: positions go without one leading zero. Default `keep`. */
  readonly positionsLeadingZeros?: "keep" | "stripOne"
  /** How long E and R stay soft. Default: three banking days. */
  readonly finality?: { readonly bankingDays: number }
  /** Sends ExpiryDate as a date alone, for services that take no time of day; payable until the end of that day. */
  readonly dateOnlyExpiry?: boolean
}

/** Where the service's description comes from: a file, an https address (fetched with the certificate), or its text. */
export type VissMmWsdl = { readonly file: string | URL } | { readonly url: string | URL } | { readonly text: string }

/** SOAP and REST of MM behind the agency's client certificate. */
export interface VissMmConfig extends CommonConfig {
  /** This one where it is absent. */
  readonly service?: "x509"
  readonly credentials: Renewable<VissMmCredentials>
  readonly endpoints: {
    /** Address of `PaymentRequestService.svc`; it goes before the one in the WSDL. */
    readonly paymentRequestService: string | URL
    /** Address of the folder `Invoices/`. */
    readonly invoices: string | URL
  }
  /** Default: the draft that comes with this package. Give the WSDL of your environment: the real one is not public. */
  readonly wsdl?: VissMmWsdl
  /** Default: the first of `CheckPaymentRequestStatusWpt`, `CheckPaymentRequestStatus` and `CheckPaymentStatus` in the WSDL. */
  readonly statusOperation?: StatusOperation
}

/** What `MM_Cert` is made of, by which MM knows the agency. */
export type VissMmCertificate =
  /** The agency's certificate, PEM text or DER. Of a PEM with more in it (a chain, a key) only the certificate is sent. */
  | { readonly certificate: Secret<string | Uint8Array> }
  /**
   * A whole PFX file **with the private key**, which every body then carries. Only for a service that takes nothing else:
   * the guide's text asks for the certificate, its samples hold PFX files.
   */
  | { readonly dangerouslySendPfxWithPrivateKey: Secret<Uint8Array> }

/** A bearer token, or what answers a fresh one before each call. */
export type VissMmToken = Secret<string> | (() => Secret<string> | Promise<Secret<string>>)

/** How the microservice is asked for a status: `Wpt` also tells which banks were used. */
export type PaymentApiStatusOperation = Exclude<StatusOperation, "CheckPaymentStatus">

/** MM through the JSON microservice `Lvp.EservicePlatform.Backend.PaymentApi`. */
export interface VissMmPaymentApiConfig extends CommonConfig {
  readonly service: "payment-api"
  readonly credentials: Renewable<VissMmCertificate>
  readonly endpoints: {
    /** Address of the folder `/api/v1/payments/`. */
    readonly paymentApi: string | URL
  }
  /** Sent as `Authorization: Bearer`. The guide does not say how the microservice itself is protected. */
  readonly token?: VissMmToken
  /** For a microservice behind TLS that asks for a client certificate. */
  readonly clientCertificate?: Renewable<VissMmCredentials>
  /** Default `CheckPaymentRequestStatusWpt`. */
  readonly statusOperation?: PaymentApiStatusOperation
  /**
   * Where `CheckPaymentRequestStatusWpt` is: the guide's table says `paymentrequest`, its example `payments`. Default
   * `auto`: the example's, and the table's where the first is not there.
   */
  readonly wptPath?: "auto" | "payments" | "paymentrequest"
  /** Supporting documents, which PaymentApi does not serve: REST behind a client certificate of its own. */
  readonly documents?: {
    readonly credentials: Renewable<VissMmCredentials>
    /** Address of the folder `Invoices/`. */
    readonly invoices: string | URL
  }
}

/** The platform's security token service (PFAS Auth). */
export interface StsConfig {
  /** Its address for certificates, which ends in `.../trust/13/certificatemixed`. */
  readonly url: string | URL
  /** Default `bearer`. `holder_of_key` signs each call with a key that comes with the token. */
  readonly keyProof?: KeyProof
  /** Default 2.0. */
  readonly samlVersion?: SamlVersion
  /** Of signatures. Default `sha256`; `sha1` for services with WCF's algorithm suite `Basic256`. */
  readonly hash?: HashName
}

/** MM's services that ask for a security token: status and supporting documents. */
export interface PfasConfig {
  readonly url: string | URL
  /** What the token service calls them. It is not public, so there is no default. */
  readonly appliesTo: string
  /** Default: the draft that comes with this package. Give the WSDL of your environment. */
  readonly wsdl?: VissMmWsdl
  /** Needed only if the WSDL has several ports with SOAP 1.2. */
  readonly port?: string
}

/** `sync`: the payer goes on to MM's page at once. `async`: the payer pays later, from the portal's document list. */
export type PortalMode = "sync" | "async"

/** The portal's Request Service, through which payment requests go. */
export interface RequestServiceConfig {
  readonly url: string | URL
  /** URN of the agency's service at the portal, such as `URN:IVIS:100001:EP-EP00-v1-0`. */
  readonly eServiceId: string
  /** URN of the schema type of `PaymentsDataStructure`. It is not public, so there is no default. */
  readonly messageType: string
  /** URN of the payment module. Default: the published one. */
  readonly destination?: string
  /** What the token service calls the Request Service. Default: the published name. */
  readonly appliesTo?: string
}

/** MM as a service of the portal latvija.lv: requests by IVIS messages, status and documents behind security tokens. */
export interface VissMmPortalConfig extends CommonConfig {
  readonly service: "portal"
  readonly mode: PortalMode
  /** The key also signs messages and must be RSA. */
  readonly credentials: Renewable<VissMmCredentials>
  readonly sts: StsConfig
  readonly pfas: PfasConfig
  readonly requestService: RequestServiceConfig
  /** `async`: what payers are told of where to pay. Default: `latvija.lv`. */
  readonly documentList?: {
    readonly place?: string
    /** https; http only in the sandbox. */
    readonly url?: string
  }
}

/** How the payer's page looks, for people who need it larger or in strong contrast. */
export interface Presentation {
  /** Percent. */
  readonly fontSize?: 100 | 125 | 150
  readonly contrast?: "black-on-yellow" | "yellow-on-black"
}

/** What `create` at MM needs beyond the common fields. */
export interface VissMmPaymentOptions {
  /** Number of the service step in the public service catalogue; it fixes payee, account and price list. */
  readonly serviceStep: string
  /** Means of payment to offer (SWIFT codes as MM spells them); all of them if absent. */
  readonly allowedBanks?: ReadonlyArray<string>
  /** The bank with which the payer has signed in; MM offers it first. */
  readonly bankSwiftCode?: string
  /** True: MM makes no supporting document, so `receipt` stays `NotReady` and nothing confirms the sum. */
  readonly noInvoice?: boolean
  /** The payment request that this one continues. */
  readonly parentPaymentRequestId?: string
  /** Issue date of the supporting document, `YYYY-MM-DD` in Riga. */
  readonly invoiceIssueDate?: string
  readonly presentation?: Presentation
}

// ASSUMPTION(viss-mm#1): the guide gives no lengths; a step has five characters in every sample, a bank code eight to nine.
const ServiceStep = Schema.NonEmptyString.check(Schema.isMaxLength(40))
const BankCode = Schema.String.check(Schema.isPattern(/^[A-Za-z0-9]{1,20}$/))
const Guid = Schema.String.check(Schema.makeFilter((text) => isGuid(text) || "must be a GUID"))
const CalendarDate = Schema.String.check(
  Schema.makeFilter((text) => rigaMidnight(text) !== undefined || "must be a date, YYYY-MM-DD")
)

/** Decodes `options` of `create`. Messages name paths and expectations, never values. */
export const options: Schema.Codec<VissMmPaymentOptions, unknown> = Schema.Struct({
  serviceStep: ServiceStep,
  allowedBanks: Schema.optionalKey(Schema.NonEmptyArray(BankCode)),
  bankSwiftCode: Schema.optionalKey(BankCode),
  noInvoice: Schema.optionalKey(Schema.Boolean),
  parentPaymentRequestId: Schema.optionalKey(Guid),
  invoiceIssueDate: Schema.optionalKey(CalendarDate),
  presentation: Schema.optionalKey(
    Schema.Struct({
      fontSize: Schema.optionalKey(Schema.Literals([100, 125, 150])),
      contrast: Schema.optionalKey(Schema.Literals(["black-on-yellow", "yellow-on-black"]))
    })
  )
})
