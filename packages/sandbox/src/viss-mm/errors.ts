/**
 * Business errors of the simulator. MM's own codes (PPS 4.1) are not public, so these carry the prefix `SIM-` and
 * nobody can mistake them for real ones.
 */
export const simErrors = {
  "SIM-100": "Nav norādīts maksāšanas pieprasījums",
  "SIM-101": "Nav zināms pakalpojuma solis",
  "SIM-102": "Pakalpojuma solim nav šādas cenrāža pozīcijas",
  "SIM-103": "Cenrāža pozīciju saraksts ir tukšs",
  "SIM-104": "Summai jābūt lielākai par nulli, ne vairāk kā ar diviem cipariem aiz komata",
  "SIM-105": "Daudzumam jābūt lielākam par nulli",
  "SIM-106": "Apmaksas termiņš ir pagātnē",
  "SIM-107": "Banka nav zināma vai nav atļauta",
  "SIM-108": "Saistītais maksāšanas pieprasījums nav atrasts",
  "SIM-109": "Maksāšanas pieprasījums nav atrasts",
  "SIM-110": "Maksāšanas pieprasījums pieder citam sertifikātam",
  "SIM-111": "Adrese nav norādīta vai ir kļūdaina",
  "SIM-112": "Attaisnojuma dokuments nav pieejams",
  "SIM-113": "Atteikts pēc pasūtītas kļūdas",
  "SIM-114": "Klienta sertifikāts nav derīgs"
} as const

export type SimCode = keyof typeof simErrors

/** A refusal by a business rule; leaves as a SOAP fault with detail PaymentRequestFault. */
export class BusinessError extends Error {
  readonly code: SimCode
  constructor(code: SimCode, detail?: string) {
    super(detail === undefined ? simErrors[code] : `${simErrors[code]}: ${detail}`)
    this.name = "BusinessError"
    this.code = code
  }
}

/** A value that the service's data contract cannot hold; WCF answers `a:DeserializationFailed`. */
export class DeserializationError extends Error {
  constructor(member: string) {
    super(`The value of '${member}' cannot be read.`)
    this.name = "DeserializationError"
  }
}
