import type { Service } from "./services.ts"

/** The ways to pay that the page offers: one of VISS MM and two of ecommpay. */
export const ways = ["viss-mm", "payment-page", "bank-link"] as const
export type Way = (typeof ways)[number]

export const banks = ["swedbank", "seb", "rietumu"] as const
export type Bank = (typeof banks)[number]

/** Names are the banks' own, in every language. */
export const bankNames: Readonly<Record<Bank, string>> = { swedbank: "Swedbank", seb: "SEB", rietumu: "Rietumu" }

/** ecommpay must be told a sum, and for a tariff only VISS MM knows it. */
export const waysFor = (service: Service): ReadonlyArray<Way> => (service.pricing === "tariff" ? ["viss-mm"] : ways)

export type WayChoice =
  | { readonly way: "viss-mm" }
  | { readonly way: "payment-page" }
  | { readonly way: "bank-link"; readonly bank: Bank }

/** Provider and its own fields for a way to pay; the compiler holds the options against the provider. */
export const providerFor = (choice: WayChoice, service: Service) => {
  switch (choice.way) {
    case "viss-mm":
      return { provider: "viss-mm", options: { serviceStep: service.serviceStep } } as const
    case "payment-page":
      return { provider: "ecommpay-lv", options: { flow: "payment_page" } } as const
    case "bank-link":
      return { provider: "ecommpay-lv", options: { flow: "gate", bank: choice.bank } } as const
  }
}
