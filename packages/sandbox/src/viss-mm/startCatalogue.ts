import type { Bank, ServiceStep } from "./catalogue.ts"

/**
 * Codes seen in the guide's samples and general knowledge of Latvian BICs (an open set; the guide's `LVHABA22` is a
 * scrambled `HABALV22`).
 */
export const startBanks: ReadonlyArray<Bank> = [
  { swiftCode: "DEMO0000", name: "Demo banka" },
  { swiftCode: "HABALV22", name: "Swedbank" },
  { swiftCode: "UNLALV2X", name: "SEB banka" },
  { swiftCode: "PARXLV22", name: "Citadele banka" },
  { swiftCode: "RIKOLV2X", name: "Luminor Bank" },
  { swiftCode: "FIRSTDATA", name: "Maksājumu karte" }
]

const agency = { payee: "Parauga valsts aģentūra", iban: "LV67TREL9220123456000" } as const
const municipality = { payee: "Paraugu novada pašvaldība", iban: "LV33TREL9220123457000" } as const
const school = { payee: "Paraugu novada mūzikas skola", iban: "LV96TREL9220123458000" } as const

/** Every step and position of the guide's samples, then some for people to look at. Payees and prices are invented. */
export const startServices: ReadonlyArray<ServiceStep> = [
  {
    step: "02Y70",
    name: { lv: "Izziņas sagatavošana", en: "Preparation of a certificate" },
    ...agency,
    positions: [
      { code: "53", title: { lv: "Izziņa", en: "Certificate" }, unitPrice: "7.11" },
      { code: "54", title: { lv: "Papildu pakalpojumi", en: "Additional services" }, unitPrice: "1.00" }
    ]
  },
  {
    step: "DEM11",
    name: { lv: "Demonstrācijas pakalpojums", en: "Demonstration service" },
    ...agency,
    positions: [
      { code: "1", title: { lv: "Kartes lapa", en: "Map sheet" }, unitPrice: "2.50" },
      { code: "2", title: { lv: "Piegāde", en: "Delivery" }, unitPrice: "1.00" }
    ]
  },
  {
    step: "03G10",
    name: { lv: "Datu izsniegšana", en: "Supply of data" },
    ...agency,
    positions: [{ code: "2346", title: { lv: "Datu vienība", en: "Data unit" }, unitPrice: "0.85" }]
  },
  {
    step: "00001",
    name: { lv: "Vispārīgs pakalpojums", en: "General service" },
    ...agency,
    positions: [
      { code: "1", title: { lv: "Pakalpojuma maksa", en: "Service fee" }, unitPrice: "5.00" },
      { code: "2", title: { lv: "Kopija", en: "Copy" }, unitPrice: "0.35" }
    ]
  },
  {
    step: "1L0Y0",
    name: { lv: "Reģistra ieraksta izmaiņas", en: "Change of a register entry" },
    ...agency,
    positions: [{ code: "172", title: { lv: "Valsts nodeva", en: "State fee" }, unitPrice: "14.23" }]
  },
  {
    step: "PN010",
    name: { lv: "Kapu apbedījuma vietas uzturēšana", en: "Upkeep of a burial plot" },
    ...municipality,
    positions: [{ code: "10", title: { lv: "Uzturēšana gadā", en: "Upkeep for a year" }, unitPrice: "18.00" }]
  },
  {
    step: "PN020",
    name: { lv: "Tirdzniecības vietas noma", en: "Rent of a market place" },
    ...municipality,
    positions: [
      { code: "20", title: { lv: "Viens kvadrātmetrs dienā", en: "One square metre a day" }, unitPrice: "0.72" },
      { code: "21", title: { lv: "Elektrības pieslēgums dienā", en: "Power connection a day" }, unitPrice: "3.40" }
    ]
  },
  {
    step: "PN030",
    name: { lv: "Būvatļaujas nodeva", en: "Building permit fee" },
    ...municipality,
    positions: [
      { code: "30", title: { lv: "Būvatļauja", en: "Building permit" }, unitPrice: "71.14" },
      { code: "31", title: { lv: "Dokumentu kopija, lappuse", en: "Copy of a document, page" }, unitPrice: "0.14" }
    ]
  },
  {
    step: "PN040",
    name: { lv: "Mūzikas skolas līdzfinansējums", en: "Music school contribution" },
    ...school,
    positions: [{ code: "40", title: { lv: "Mācību mēnesis", en: "Month of lessons" }, unitPrice: "21.34" }]
  }
]
