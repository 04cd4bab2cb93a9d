// What payers are told, by key and language, so that no page ever shows a provider's text.
import type { DeclineReason, PayerStep } from "./Decline.ts"
import type { Language } from "./http/texts.ts"
import type { PaymentErrorReason } from "./PaymentError.ts"

/** Names one sentence for payers: why an attempt came to nothing, what to do next, or that our call failed. */
export type PayerMessageKey = `decline.${DeclineReason}` | `next.${PayerStep}` | `error.${PaymentErrorReason["_tag"]}`

type Sentences = Readonly<Record<PayerMessageKey, string>>

const lvLater = "Pašlaik maksājumu nevar apstrādāt. Lūdzu, mēģiniet vēlāk."
const lvAgency = "Maksājumu nevar veikt. Lūdzu, sazinieties ar iestādi."
const enLater = "The payment cannot be processed at the moment. Please try again later."
const enAgency = "The payment cannot be made. Please contact the agency."
const ruLater = "Сейчас платёж обработать нельзя. Пожалуйста, попробуйте позже."
const ruAgency = "Платёж провести нельзя. Пожалуйста, обратитесь в учреждение."

const sentences: Readonly<Record<Language, Sentences>> = {
  lv: {
    "decline.account_unusable": "No šī konta banka maksāt neļauj.",
    "decline.agency_setup": "Maksājumu nevarēja veikt iestādes vai maksājumu pakalpojuma iestatījumu dēļ.",
    "decline.bank_unavailable": "Banka vai maksājumu pakalpojums nebija pieejams.",
    "decline.canceled": "Maksājums tika atcelts.",
    "decline.insufficient_funds": "Kontā nepietiek naudas.",
    "decline.limit_exceeded": "Maksājums pārsniedz bankas vai konta limitu.",
    "decline.money_not_arrived": "Nauda no bankas netika saņemta.",
    "decline.not_authenticated": "Banka nevarēja pārliecināties, ka maksājat jūs.",
    "decline.not_supported": "Šādā veidā šo maksājumu veikt nevar.",
    "decline.refused": "Maksājumu neapstiprināja.",
    "decline.security": "Maksājumu neapstiprināja.",
    "decline.timed_out": "Maksājumu nepabeidza laikā.",
    "decline.wrong_details": "Norādītie dati nebija pareizi.",
    "next.ask_agency": "Lūdzu, sazinieties ar iestādi.",
    "next.change_details": "Pārbaudiet datus un mēģiniet vēlreiz.",
    "next.try_again": "Varat mēģināt vēlreiz.",
    "next.try_later": "Mēģiniet vēlreiz vēlāk.",
    "next.use_another_way": "Maksājiet no cita konta vai citā veidā.",
    "error.InvalidRequest": "Maksājumu ar šiem datiem nevar veikt. Lūdzu, pārbaudiet tos.",
    "error.NotConfigured": lvAgency,
    "error.AuthenticationFailed": lvAgency,
    "error.Refused": "Maksājumu nepieņēma. Mēģiniet citā veidā vai sazinieties ar iestādi.",
    "error.NotFound": "Šāda maksājuma nav.",
    "error.NotReady": "Rezultāts vēl nav zināms. Lūdzu, pagaidiet.",
    "error.Conflict": "Maksājums pa to laiku ir mainījies. Lūdzu, atveriet lapu no jauna.",
    "error.RateLimited": lvLater,
    "error.Unavailable": lvLater,
    "error.OutcomeUnknown": "Noskaidrojam, vai maksājums ir sākts. Lūdzu, nemaksājiet vēlreiz.",
    "error.MalformedResponse": lvLater,
    "error.Unsupported": "Šādā veidā šo maksājumu veikt nevar."
  },
  en: {
    "decline.account_unusable": "The bank does not allow paying from this account.",
    "decline.agency_setup": "The payment could not be made because of the agency's or the payment service's settings.",
    "decline.bank_unavailable": "The bank or the payment service was not available.",
    "decline.canceled": "The payment was cancelled.",
    "decline.insufficient_funds": "There is not enough money in the account.",
    "decline.limit_exceeded": "The payment is beyond a limit of the bank or the account.",
    "decline.money_not_arrived": "The money did not arrive from the bank.",
    "decline.not_authenticated": "The bank could not make sure that it is you who pays.",
    "decline.not_supported": "This payment cannot be made in this way.",
    "decline.refused": "The payment was not approved.",
    "decline.security": "The payment was not approved.",
    "decline.timed_out": "The payment was not completed in time.",
    "decline.wrong_details": "The details given were not right.",
    "next.ask_agency": "Please contact the agency.",
    "next.change_details": "Check the details and try again.",
    "next.try_again": "You can try again.",
    "next.try_later": "Try again later.",
    "next.use_another_way": "Pay from another account or in another way.",
    "error.InvalidRequest": "The payment cannot be made with these details. Please check them.",
    "error.NotConfigured": enAgency,
    "error.AuthenticationFailed": enAgency,
    "error.Refused": "The payment was not accepted. Try another way or contact the agency.",
    "error.NotFound": "There is no such payment.",
    "error.NotReady": "The result is not known yet. Please wait.",
    "error.Conflict": "The payment has changed in the meantime. Please open the page again.",
    "error.RateLimited": enLater,
    "error.Unavailable": enLater,
    "error.OutcomeUnknown": "We are finding out whether the payment was started. Please do not pay again.",
    "error.MalformedResponse": enLater,
    "error.Unsupported": "This payment cannot be made in this way."
  },
  ru: {
    "decline.account_unusable": "Банк не разрешает платить с этого счёта.",
    "decline.agency_setup": "Платёж не удалось провести из-за настроек учреждения или платёжной службы.",
    "decline.bank_unavailable": "Банк или платёжная служба были недоступны.",
    "decline.canceled": "Платёж отменён.",
    "decline.insufficient_funds": "На счёте недостаточно денег.",
    "decline.limit_exceeded": "Платёж превышает лимит банка или счёта.",
    "decline.money_not_arrived": "Деньги из банка не поступили.",
    "decline.not_authenticated": "Банк не смог убедиться, что платите вы.",
    "decline.not_supported": "Этим способом такой платёж провести нельзя.",
    "decline.refused": "Платёж не одобрен.",
    "decline.security": "Платёж не одобрен.",
    "decline.timed_out": "Платёж не был завершён вовремя.",
    "decline.wrong_details": "Указанные данные неверны.",
    "next.ask_agency": "Пожалуйста, обратитесь в учреждение.",
    "next.change_details": "Проверьте данные и попробуйте ещё раз.",
    "next.try_again": "Можно попробовать ещё раз.",
    "next.try_later": "Попробуйте ещё раз позже.",
    "next.use_another_way": "Заплатите с другого счёта или другим способом.",
    "error.InvalidRequest": "Платёж с этими данными провести нельзя. Пожалуйста, проверьте их.",
    "error.NotConfigured": ruAgency,
    "error.AuthenticationFailed": ruAgency,
    "error.Refused": "Платёж не принят. Попробуйте другой способ или обратитесь в учреждение.",
    "error.NotFound": "Такого платежа нет.",
    "error.NotReady": "Результат ещё неизвестен. Пожалуйста, подождите.",
    "error.Conflict": "Платёж за это время изменился. Пожалуйста, откройте страницу снова.",
    "error.RateLimited": ruLater,
    "error.Unavailable": ruLater,
    "error.OutcomeUnknown": "Мы выясняем, начат ли платёж. Пожалуйста, не платите ещё раз.",
    "error.MalformedResponse": ruLater,
    "error.Unsupported": "Этим способом такой платёж провести нельзя."
  }
}

/** The sentence for payers that a key names. */
export const payerMessage = (key: PayerMessageKey, language: Language): string => sentences[language][key]

/** Every key that has a sentence, in the order of the table. */
export const payerMessageKeys: ReadonlyArray<PayerMessageKey> = Object.keys(sentences.lv).filter(
  (key): key is PayerMessageKey => Object.hasOwn(sentences.lv, key)
)
