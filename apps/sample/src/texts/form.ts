import type { FieldName } from "../fees/readForm.ts"
import type { Way } from "../fees/ways.ts"
import type { Language } from "../Language.ts"

/** Title and short explanation of each way to pay. */
export const wayTexts: Readonly<
  Record<Language, Readonly<Record<Way, { readonly title: string; readonly text: string }>>>
> = {
  lv: {
    "viss-mm": {
      title: "VISS MM: valsts maksājumu modulis",
      text: "Banku vai karti izvēlēsieties VISS MM lapā. Saņemsiet attaisnojuma dokumentu."
    },
    "payment-page": {
      title: "ecommpay maksājumu lapa",
      text: "Banku izvēlēsieties ecommpay lapā. Saņemsiet maksājuma apliecinājumu."
    },
    "bank-link": {
      title: "Bankas saite",
      text: "Izvēlieties banku šeit un dodieties tieši uz to. Maksājumu nodrošina ecommpay; saņemsiet maksājuma apliecinājumu."
    }
  },
  en: {
    "viss-mm": {
      title: "VISS MM: the state payment module",
      text: "You choose your bank or card on the page of VISS MM. You get a supporting document."
    },
    "payment-page": {
      title: "ecommpay Payment Page",
      text: "You choose your bank on the page of ecommpay. You get a payment confirmation."
    },
    "bank-link": {
      title: "Bank link",
      text: "Choose your bank here and go straight to it. Provided by ecommpay; you get a payment confirmation."
    }
  }
}

/** What is wrong with a field, and what belongs there. */
export const errorTexts: Readonly<Record<Language, Readonly<Record<FieldName, string>>>> = {
  lv: {
    variant: "Izvēlieties, par ko maksājat",
    quantity: "Ierakstiet lappušu skaitu kā veselu skaitli",
    firstName: "Ierakstiet vārdu",
    lastName: "Ierakstiet uzvārdu",
    email: "Ierakstiet e-pasta adresi, piemēram, vards@piemers.lv, vai atstājiet tukšu",
    way: "Izvēlieties, kā maksāt",
    bank: "Izvēlieties banku",
    code: "Personas kodam ir 11 cipari; to var arī nenorādīt"
  },
  en: {
    variant: "Choose what you pay for",
    quantity: "Enter the number of pages as a whole number",
    firstName: "Enter the first name",
    lastName: "Enter the last name",
    email: "Enter an e-mail address, such as name@example.com, or leave it empty",
    way: "Choose how to pay",
    bank: "Choose a bank",
    code: "A personal code has 11 digits; you may also leave it out"
  }
}
