// Over 300 lines because it is one table: every result code of the platform, as published in 2026.
import type { Decline, DeclineReason, PayerStep } from "@maksa/core"

/**
 * What a code calls for: `ok` nothing; `wait` it is not final; `retry` the payer may try again; `retry-later` the same
 * after a while; `fix-request` other data; `fix-or-retry-later` either; `authenticate` the payer must be
 * authenticated; `contact-support` ask ecommpay; `none` do not try again.
 */
export type Handling =
  | "ok"
  | "wait"
  | "retry"
  | "retry-later"
  | "fix-request"
  | "fix-or-retry-later"
  | "contact-support"
  | "authenticate"
  | "none"

/** A code of the registry; `message` is its published English text, which holds no data of a payment. */
export interface ResultCode {
  readonly message: string
  readonly handling: Handling
  /** What a payment declined with this code means to the payer; absent where the code is no reason to decline. */
  readonly decline?: Decline
}

// Texts and handling: https://developers.ecommpay.com/en/en_platform_payment_info_codes.html
// ASSUMPTION(ecommpay-lv#10): the third column, our reading of the published texts.
const table: Readonly<
  Record<string, readonly [message: string, handling: Handling, reason: DeclineReason | undefined]>
> = {
  "0": ["Success", "ok", undefined],
  "100": ["General decline", "contact-support", "refused"],
  "104": ["Declined by 3DS check", "retry", "not_authenticated"],
  "108": ["Customer has not returned from ACS", "retry", "canceled"],
  "109": ["Declined by AVS check", "fix-request", "wrong_details"],
  "301": ["Cancelled", "retry", "canceled"],
  "303": ["Access denied", "contact-support", "agency_setup"],
  "309": ["The amount received during conversion exceeds the limit", "fix-request", "limit_exceeded"],
  "310": ["This operation is not allowed by project settings", "contact-support", "agency_setup"],
  "314": ["Provider is not available now to perform the operation", "retry-later", "bank_unavailable"],
  "318": ["Use of token_data is disabled for the project", "contact-support", "agency_setup"],
  "319": ["There is not enough data to create an operation", "fix-request", "agency_setup"],
  "402": ["RCS reject. Declined by Risk System", "none", "security"],
  "501": ["Internal error", "contact-support", "bank_unavailable"],
  "502": ["Validation error", "contact-support", "agency_setup"],
  "504": ["Insufficient funds on the balance", "contact-support", "agency_setup"],
  "601": ["Try again", "retry", "bank_unavailable"],
  "602": ["Network error", "retry", "bank_unavailable"],
  "603": ["Auto decline", "retry", "refused"],
  "604": ["Payout Session Terminated. UUID Expired", "retry", "timed_out"],
  "702": ["Malformed request", "fix-request", "agency_setup"],
  "903": ["Exceeded allowed amount for refund", "contact-support", "agency_setup"],
  "904": ["Exceeded allowed amount for payout", "contact-support", "agency_setup"],
  "1401": ["RCS reject. PAN is Blacklisted in RCS", "contact-support", "security"],
  "1402": ["RCS reject. Customer is Blacklisted in RCS", "contact-support", "security"],
  "1403": ["RCS reject. Cardholder is Blacklisted in RCS", "contact-support", "security"],
  "1404": ["RCS reject. IIN is Blacklisted in RCS", "contact-support", "security"],
  "1405": ["RCS reject. IP is Blacklisted in RCS", "contact-support", "security"],
  "1406": ["RCS reject. Email is Blacklisted in RCS", "contact-support", "security"],
  "1407": ["RCS reject. Phone is Blacklisted in RCS", "contact-support", "security"],
  "1408": ["RCS reject. Card is compromised", "contact-support", "security"],
  "1409": ["RCS Reject. Interval too short", "contact-support", "limit_exceeded"],
  "1410": ["RCS reject. Domain is forbidden", "contact-support", "security"],
  "1411": ["RCS reject. Country is forbidden", "contact-support", "security"],
  "1412": ["RCS reject. Country mismatch", "contact-support", "security"],
  "1413": ["RCS reject. Country limit exceeded", "contact-support", "limit_exceeded"],
  "1414": ["RCS Reject. Country is forbidden for cross-border transaction", "contact-support", "security"],
  "1415": ["RCS reject. Rejected by Scoring system", "contact-support", "security"],
  "1421": ["RCS reject. Invalid amount", "contact-support", "limit_exceeded"],
  "1422": ["RCS reject. Amount limit exceeded", "contact-support", "limit_exceeded"],
  "1431": ["RCS reject. Allowed number of cards exceeded", "contact-support", "limit_exceeded"],
  "1432": ["RCS reject. Allowed number of emails exceeded", "contact-support", "security"],
  "1433": ["RCS reject. Count limit exceeded", "contact-support", "limit_exceeded"],
  "1434": ["RCS reject. Duplicate operation", "contact-support", "security"],
  "1435": ["RCS reject. Allowed number of users exceeded", "contact-support", "security"],
  "1437": ["RCS reject. Allowed number of names exceeded", "contact-support", "security"],
  "1441": ["RCS reject. Rejected by compliance restriction", "contact-support", "security"],
  "1450": ["RCS reject. Rejected by sanctions lists", "contact-support", "security"],
  "1451": ["RCS reject. Rejected by AML restriction", "contact-support", "security"],
  "1452": ["RCS reject. Rejected by AML UK sanction list", "contact-support", "security"],
  "1453": ["RCS reject. Rejected by AML US sanction list", "contact-support", "security"],
  "1455": ["RCS reject. Rejected by AML phrase list", "contact-support", "security"],
  "1456": ["RCS reject. Rejected by holdername format validation", "contact-support", "wrong_details"],
  "1457": ["RCS reject. Rejected by AML EU sanction list", "contact-support", "security"],
  "1458": ["RCS reject. Rejected by AML UN sanction list", "contact-support", "security"],
  "1459": ["RCS reject. Rejected by AML NL sanction list", "contact-support", "security"],
  "1460": ["RCS reject. Rejected by AML UAE sanction list", "contact-support", "security"],
  "1461": ["RCS reject. Restricted card product code", "contact-support", "not_supported"],
  "1462": ["RCS reject. Restricted card type", "contact-support", "not_supported"],
  "1463": ["RCS reject. Cardholder name mismatch", "contact-support", "wrong_details"],
  "1499": ["RCS reject. Machine Learning recommendation", "contact-support", "security"],
  "2003": ["Invalid JSON string", "fix-request", "agency_setup"],
  "2004": ["Required field not provided", "fix-request", "agency_setup"],
  "2014": ["Addendum data disallowed with COF purchase registration", "fix-request", "agency_setup"],
  "2061": ["Avs Data Not Found", "fix-request", "wrong_details"],
  "2123": ["Account verification is not allowed", "fix-request", "agency_setup"],
  "2124": ["Invalid Customer ID", "fix-request", "agency_setup"],
  "2147": ["Lock Error", "retry-later", "bank_unavailable"],
  "2154": ["Customer ID is required for project", "fix-request", "agency_setup"],
  "2261": ["Country not found", "fix-request", "agency_setup"],
  "2426": ["Invalid Email", "fix-request", "wrong_details"],
  "2442": ["Project ID not found", "fix-request", "agency_setup"],
  "2466": ["Declined By Pares Settings", "retry", "not_authenticated"],
  "2467": ["3DS SDK request is not supported", "fix-request", "agency_setup"],
  "2468": ["3DS 3RI request is not supported", "fix-request", "agency_setup"],
  "2541": ["Unknown Payment Method", "fix-request", "agency_setup"],
  "2606": ["Withdrawal without initial payment is not allowed", "fix-request", "agency_setup"],
  "2609": ["Invalid day of birth", "fix-request", "wrong_details"],
  "2610": ["Invalid Country", "fix-request", "wrong_details"],
  "2611": ["Invalid City", "fix-request", "wrong_details"],
  "2641": ["Invalid Bank Code or Currency", "fix-request", "agency_setup"],
  "2642": ["Operation amount is greater than limit", "fix-request", "limit_exceeded"],
  "2701": ["Rules Failed Code", "contact-support", "security"],
  "2801": ["Bank ID not found", "fix-request", "agency_setup"],
  "2945": ["Invalid operation type for try again request", "fix-request", "agency_setup"],
  "2949": ["Invalid amount for try again request", "fix-request", "agency_setup"],
  "3001": ["Invalid day of birth from UK merchant", "fix-request", "wrong_details"],
  "3002": ["Invalid Post Code from UK merchant", "fix-request", "wrong_details"],
  "3003": ["Invalid Surname from UK merchant", "fix-request", "wrong_details"],
  "3004": ["Invalid Street Address from UK merchant", "fix-request", "wrong_details"],
  "3020": ["Period of card validity is required for the project", "fix-request", "wrong_details"],
  "3021": ["Card expired", "fix-request", "account_unusable"],
  "3022": ["Customer is not presented in saved card request", "fix-request", "agency_setup"],
  "3023": ["Provided currency disabled for Project ID", "contact-support", "agency_setup"],
  "3024": ["Invalid Payment ID", "fix-request", "agency_setup"],
  "3026": ["Internal Decline", "contact-support", "refused"],
  "3027": ["Invalid token provided", "fix-request", "agency_setup"],
  "3028": ["Insufficient funds on merchant balance", "contact-support", "agency_setup"],
  "3029": ["Operation with expired card is not allowed for this provider", "contact-support", "account_unusable"],
  "3041": ["Payment ID already exists", "fix-request", "agency_setup"],
  "3060": ["Current payment or operation status does not allow this action", "contact-support", "agency_setup"],
  "3061": ["Transaction not found", "retry", "bank_unavailable"],
  "3062": ["Payment details not received", "retry-later", "bank_unavailable"],
  "3081": ["State Machine Flow Break", "contact-support", "bank_unavailable"],
  "3101": ["Card not found", "fix-request", "wrong_details"],
  "3102": ["Invalid payment constraint", "contact-support", "agency_setup"],
  "3103": ["Payout was declined due to constraint for card type", "contact-support", "not_supported"],
  "3104": ["Payment Constraint Invalid Payout Amount", "fix-request", "limit_exceeded"],
  "3105": ["Card country is forbidden", "fix-request", "not_supported"],
  "3106": ["Payment Constraint Invalid Monthly Payout", "retry-later", "limit_exceeded"],
  "3107": ["Payout Constraint, card without successful purchase", "contact-support", "not_supported"],
  "3108": ["Payment Constraint Invalid Weekly Payout", "retry-later", "limit_exceeded"],
  "3109": ["Payment Constraint Invalid 24 Hour Payout", "retry-later", "limit_exceeded"],
  "3110": ["Payment Constraint Monthly payout operations number exceeded", "retry-later", "limit_exceeded"],
  "3111": ["Payment Constraint Weekly payout operations number exceeded", "retry-later", "limit_exceeded"],
  "3112": ["Payment Constraint 24 hour payout operations number exceeded", "retry-later", "limit_exceeded"],
  "3117": [
    "Operation is prohibited because residual payment amount is less than one minor in USD",
    "fix-request",
    "limit_exceeded"
  ],
  "3118": [
    "Operation amount will be less than one minor unit after conversion by IPS",
    "fix-request",
    "limit_exceeded"
  ],
  "3119": ["Request currency does not match channel currency", "fix-request", "agency_setup"],
  "3120": ["The payment amount should not exceed 25 USD for the MCC", "fix-request", "limit_exceeded"],
  "3121": ["Invalid currency", "fix-request", "agency_setup"],
  "3123": ["Invalid API Key", "fix-request", "agency_setup"],
  "3124": ["Invalid certificate", "contact-support", "agency_setup"],
  "3125": ["Incremental authorization requests are forbidden for the MCC", "fix-request", "agency_setup"],
  "3141": ["CVV is required", "fix-request", "wrong_details"],
  "3161": ["Invalid Holder", "fix-request", "wrong_details"],
  "3162": ["Cardholder is required", "fix-request", "wrong_details"],
  "3181": ["COF purchase registration ID not found", "fix-request", "agency_setup"],
  "3182": ["Duplicate COF purchase scheduled payment ID", "fix-request", "agency_setup"],
  "3183": ["COF purchase registration ID is invalidated due to card expiry date", "none", "account_unusable"],
  "3184": ["COF purchase registration ID is cancelled", "contact-support", "account_unusable"],
  "3186": ["Trigger operation ID is not found", "fix-request", "agency_setup"],
  "3190": ["Remittance payment method mismatched", "fix-request", "agency_setup"],
  "3191": ["Need clarification", "fix-request", "wrong_details"],
  "3192": ["Remittance currency mismatched", "fix-request", "agency_setup"],
  "3193": ["Remittance is not allowed for this project", "contact-support", "agency_setup"],
  "3194": ["Recipient ID is not found", "fix-request", "agency_setup"],
  "3195": ["Recipient ID is forbidden", "fix-request", "security"],
  "3196": ["Remittance is not supported by payment system", "contact-support", "agency_setup"],
  "3197": ["Remittance is not allowed for this payment method", "contact-support", "agency_setup"],
  "3198": ["Auto decline due to long verification", "retry-later", "timed_out"],
  "3199": ["Operation was declined by AML checks", "contact-support", "security"],
  "3201": ["Expected error", "contact-support", "bank_unavailable"],
  "3221": ["Card token not found", "fix-request", "agency_setup"],
  "3230": ["The operation with such merchant_refund_id already exists", "fix-request", "agency_setup"],
  "3241": ["Customer not found", "fix-request", "agency_setup"],
  "3242": ["Account must be defined", "fix-request", "agency_setup"],
  "3243": ["Account must not be defined", "fix-request", "agency_setup"],
  "3244": ["Bank id must be defined", "fix-request", "agency_setup"],
  "3261": ["Invalid signature", "fix-request", "agency_setup"],
  "3262": ["Empty signature", "fix-request", "agency_setup"],
  "3281": ["Converted amount is less than one minor unit", "contact-support", "limit_exceeded"],
  "3283": ["Refund amount more than init amount", "fix-request", "agency_setup"],
  "3284": ["Refund currency mismatched or empty", "fix-request", "agency_setup"],
  "3285": ["Cannot make refund because of timeout block for repeat refund", "contact-support", "agency_setup"],
  "3286": ["The property amount is required", "fix-request", "agency_setup"],
  "3287": ["The property currency is required", "fix-request", "agency_setup"],
  "3288": ["Refund prohibited on disputed transaction", "contact-support", "agency_setup"],
  "3289": ["The operation amount is less than fix fee of tariff", "fix-request", "limit_exceeded"],
  "3291": ["Incorrect merchant account settings for operation", "fix-request", "agency_setup"],
  "3292": ["Online gambling payouts are not available for this MCC", "contact-support", "agency_setup"],
  "3293": ["Payout method not filled in merchant account", "contact-support", "agency_setup"],
  "3297": [
    "The provider's daily limit for the merchant account for the total amount of transactions has been exceeded",
    "retry-later",
    "limit_exceeded"
  ],
  "3298": [
    "The provider's daily limit on the total amount of transactions has been exceeded",
    "retry-later",
    "limit_exceeded"
  ],
  "3299": ["Sorry, the merchant status does not allow you to create an operation", "contact-support", "agency_setup"],
  "3301": ["Recurring registration is expired", "fix-request", "account_unusable"],
  "3305": [
    "Payment Constraint 30-days Payout operations number exceeded for MCC 7995, 9406 Domestic",
    "retry-later",
    "limit_exceeded"
  ],
  "3306": [
    "Payment Constraint 30-days Payout operations number exceeded for MCC 7995, 9406 Cross-border",
    "retry-later",
    "limit_exceeded"
  ],
  "3307": [
    "Payment Constraint 30-days Payout operations number exceeded for Money transfer Domestic",
    "retry-later",
    "limit_exceeded"
  ],
  "3308": [
    "Payment Constraint 30-days Payout operations number exceeded for Money transfer Cross-border",
    "retry-later",
    "limit_exceeded"
  ],
  "3309": [
    "Payment Constraint 30-days Payout operations number exceeded for Funds disbursement Domestic",
    "retry-later",
    "limit_exceeded"
  ],
  "3310": [
    "Payment Constraint 30-days Payout operations number exceeded for Funds disbursement Cross-border",
    "retry-later",
    "limit_exceeded"
  ],
  "3311": ["Payment Constraint Invalid Weekly Payout for MCC 7995, 9406 Domestic", "retry-later", "limit_exceeded"],
  "3312": ["Payment Constraint Invalid Weekly Payout for MCC 7995, 9406 Cross-border", "retry-later", "limit_exceeded"],
  "3313": ["Payment Constraint Invalid Weekly Payout for Money transfer Domestic", "retry-later", "limit_exceeded"],
  "3314": ["Payment Constraint Invalid Weekly Payout for Money transfer Cross-border", "retry-later", "limit_exceeded"],
  "3315": ["Payment Constraint Invalid Weekly Payout for Funds disbursement Domestic", "retry-later", "limit_exceeded"],
  "3316": [
    "Payment Constraint Invalid Weekly Payout for Funds disbursement Cross-border",
    "retry-later",
    "limit_exceeded"
  ],
  "3317": ["Payment Constraint Invalid 24 Hour Payout for MCC 7995, 9406 Domestic", "retry-later", "limit_exceeded"],
  "3318": [
    "Payment Constraint Invalid 24 Hour Payout for MCC 7995, 9406 Cross-border",
    "retry-later",
    "limit_exceeded"
  ],
  "3319": ["Payment Constraint Invalid 24 Hour Payout for Money transfer Domestic", "retry-later", "limit_exceeded"],
  "3320": [
    "Payment Constraint Invalid 24 Hour Payout for Money transfer Cross-border",
    "retry-later",
    "limit_exceeded"
  ],
  "3321": [
    "Payment Constraint Invalid 24 Hour Payout for Funds disbursement Domestic",
    "retry-later",
    "limit_exceeded"
  ],
  "3322": [
    "Payment Constraint Invalid 24 Hour Payout for Funds disbursement Cross-border",
    "retry-later",
    "limit_exceeded"
  ],
  "3323": ["Payment Constraint Invalid 30-days Payout for MCC 7995, 9406 Domestic", "retry-later", "limit_exceeded"],
  "3324": [
    "Payment Constraint Invalid 30-days Payout for MCC 7995, 9406 Cross-border",
    "retry-later",
    "limit_exceeded"
  ],
  "3325": ["Payment Constraint Invalid 30-days Payout for Money transfer Domestic", "retry-later", "limit_exceeded"],
  "3326": [
    "Payment Constraint Invalid 30-days Payout for Money transfer Cross-border",
    "retry-later",
    "limit_exceeded"
  ],
  "3327": [
    "Payment Constraint Invalid 30-days Payout for Funds disbursement Domestic",
    "retry-later",
    "limit_exceeded"
  ],
  "3328": [
    "Payment Constraint Invalid 30-days Payout for Funds disbursement Cross-border",
    "retry-later",
    "limit_exceeded"
  ],
  "3329": [
    "Payment Constraint Weekly payout operations number exceeded for MCC 7995, 9406 Domestic",
    "retry-later",
    "limit_exceeded"
  ],
  "3330": [
    "Payment Constraint Weekly payout operations number exceeded for MCC 7995, 9406 Cross-border",
    "retry-later",
    "limit_exceeded"
  ],
  "3331": [
    "Payment Constraint Weekly payout operations number exceeded for Money transfer Domestic",
    "retry-later",
    "limit_exceeded"
  ],
  "3332": [
    "Payment Constraint Weekly payout operations number exceeded for Money transfer Cross-border",
    "retry-later",
    "limit_exceeded"
  ],
  "3333": [
    "Payment Constraint Weekly payout operations number exceeded for Funds disbursement Domestic",
    "retry-later",
    "limit_exceeded"
  ],
  "3334": [
    "Payment Constraint Weekly payout operations number exceeded for Funds disbursement Cross-border",
    "retry-later",
    "limit_exceeded"
  ],
  "3335": [
    "Payment Constraint 24 hour payout operations number exceeded for MCC 7995, 9406 Domestic",
    "retry-later",
    "limit_exceeded"
  ],
  "3336": [
    "Payment Constraint 24 hour payout operations number exceeded for MCC 7995, 9406 Cross-border",
    "retry-later",
    "limit_exceeded"
  ],
  "3337": [
    "Payment Constraint 24 hour payout operations number exceeded for Money transfer Domestic",
    "retry-later",
    "limit_exceeded"
  ],
  "3338": [
    "Payment Constraint 24 hour payout operations number exceeded for Money transfer Cross-border",
    "retry-later",
    "limit_exceeded"
  ],
  "3339": [
    "Payment Constraint 24 hour payout operations number exceeded for Funds disbursement Domestic",
    "retry-later",
    "limit_exceeded"
  ],
  "3340": [
    "Payment Constraint 24 hour payout operations number exceeded for Funds disbursement Cross-border",
    "retry-later",
    "limit_exceeded"
  ],
  "3341": ["Payout was declined due to card constraints", "contact-support", "account_unusable"],
  "3355": ["Payment Constraint 24 hour operations number exceeded for same card", "retry-later", "limit_exceeded"],
  "3356": ["The operation is not allowed for this card", "none", "account_unusable"],
  "3357": ["Payment Constraint 30-days operations number exceed for same card", "retry-later", "limit_exceeded"],
  "3358": ["Operation amount is less than limit", "fix-request", "limit_exceeded"],
  "3360": ["Payment amount cannot exceed 50 EUR for prepaid non-reloadable card", "fix-request", "limit_exceeded"],
  "3362": ["Payment Constraint Invalid 30-days Payout for MCC 7995, 9406", "retry-later", "limit_exceeded"],
  "3363": ["Trace ID must be present in recurring payment and MIT", "contact-support", "agency_setup"],
  "3400": ["AFT Payment Constraint for Commercial cards", "fix-request", "not_supported"],
  "3402": [
    "Payment Constraint 25000 USD Amount limit exceeded for MoneySend Funding Transaction by Consumer cards",
    "fix-request",
    "limit_exceeded"
  ],
  "3403": [
    "Payment Constraint 50000 USD Amount limit exceeded for MoneySend Funding Transaction by Small business cards",
    "fix-request",
    "limit_exceeded"
  ],
  "3404": [
    "Payment Constraint 25000 USD Amount limit exceeded for MoneySend payout by Consumer cards",
    "fix-request",
    "limit_exceeded"
  ],
  "3406": [
    "Payment Constraint 50000 USD Amount limit exceeded for MoneySend payout by Small business cards",
    "fix-request",
    "limit_exceeded"
  ],
  "3407": ["Payment Constraint Invalid 30-days MoneySend payout for Consumer cards", "retry-later", "limit_exceeded"],
  "3408": [
    "Payment Constraint Invalid 30-days MoneySend payout for Small business cards",
    "retry-later",
    "limit_exceeded"
  ],
  "3409": [
    "Payment Constraint 2500 USD Amount limit exceeded for MoneySend Funding Transaction by Consumer cards",
    "fix-request",
    "limit_exceeded"
  ],
  "3410": [
    "Payment Constraint 2500 USD Amount limit exceeded for MoneySend payout by Consumer cards",
    "fix-request",
    "limit_exceeded"
  ],
  "3411": [
    "Payment cannot be made due to location of the sender's card issuer outside the Europe Region",
    "fix-request",
    "not_supported"
  ],
  "3412": [
    "Payment Constraint 25000 USD Amount limit exceeded for MoneySend payout by Small business cards",
    "fix-request",
    "limit_exceeded"
  ],
  "3413": [
    "Payment Constraint 25000 USD Amount limit exceeded for MoneySend Funding Transaction by Small business cards",
    "fix-request",
    "limit_exceeded"
  ],
  "3414": [
    "Payment Constraint 50000 USD Amount limit exceeded for MoneySend payout by Consumer cards",
    "fix-request",
    "limit_exceeded"
  ],
  "3415": [
    "Payment Constraint 100000 USD Amount limit exceeded for MoneySend payout by Small business cards",
    "fix-request",
    "limit_exceeded"
  ],
  "3416": [
    "Payment Constraint 50000 USD Amount limit exceeded for MoneySend Funding Transaction by Consumer cards",
    "fix-request",
    "limit_exceeded"
  ],
  "3417": [
    "Payment Constraint 100000 USD Amount limit exceeded for MoneySend Funding Transaction by Small business cards",
    "fix-request",
    "limit_exceeded"
  ],
  "3418": [
    "Payment Constraint 75000 USD Amount limit exceeded for MoneySend payout by Small business cards",
    "fix-request",
    "limit_exceeded"
  ],
  "3419": [
    "Payment Constraint 75000 USD Amount limit exceeded for MoneySend Funding Transaction by Small business cards",
    "fix-request",
    "limit_exceeded"
  ],
  "3431": ["Money transfer is not possible for two identical cards", "fix-request", "wrong_details"],
  "3432": [
    "The request must contain either the identifier of the saved card or complete card details",
    "fix-request",
    "agency_setup"
  ],
  "3433": [
    "The request contains complete card details for both cards. This endpoint is for making a payment using saved card data only",
    "fix-request",
    "agency_setup"
  ],
  "3434": ["The sender's card expired", "fix-request", "account_unusable"],
  "3435": ["The recipient's card expired", "fix-request", "account_unusable"],
  "3436": ["The sender's card is invalid", "fix-request", "wrong_details"],
  "3437": ["The recipient's card is invalid", "fix-request", "wrong_details"],
  "3438": ["Saved sender card has no expiration date", "fix-request", "wrong_details"],
  "3439": ["The saved card has no expiration date", "fix-request", "wrong_details"],
  "3450": ["Payment Constraint Invalid 24 Hour AFT for Money transfer Domestic", "retry-later", "limit_exceeded"],
  "3451": ["Payment Constraint Invalid Weekly AFT for Money transfer Domestic", "retry-later", "limit_exceeded"],
  "3452": ["Payment Constraint Invalid 30-days AFT for Money transfer Domestic", "retry-later", "limit_exceeded"],
  "3470": ["Payment was declined due to sender's card constraints", "contact-support", "account_unusable"],
  "3471": ["Payment was declined due to recipient's card constraints", "contact-support", "account_unusable"],
  "3472": [
    "Payment was declined due to constraints in the region of the recipient card",
    "contact-support",
    "not_supported"
  ],
  "3480": [
    "Payment cannot be made due to location of the sender's card issuer outside the EEA",
    "fix-request",
    "not_supported"
  ],
  "3490": ["Required fields for Debt Repayment are missing", "fix-request", "agency_setup"],
  "3491": ["Invalid card type for Debt Repayment", "fix-request", "not_supported"],
  "3606": [
    "Payment Constraint Invalid 30-days MoneySend Funding Transaction for Consumer cards",
    "retry-later",
    "limit_exceeded"
  ],
  "3607": [
    "Payment Constraint Invalid 30-days MoneySend Funding Transaction for Small business cards",
    "retry-later",
    "limit_exceeded"
  ],
  "3609": ["Operation amount must be equal to the initial amount", "fix-request", "agency_setup"],
  "3610": ["Refund unavailable for the current operation", "contact-support", "agency_setup"],
  "3611": [
    "AFT reversal must be used to refund within the first 24 hours of the original AFT",
    "contact-support",
    "agency_setup"
  ],
  "3612": ["One or more required money transfer fields are empty", "fix-request", "agency_setup"],
  "3613": ["Duplicate operation", "retry-later", "agency_setup"],
  "3617": ["Not allowed mcc for pan with product code = F2", "contact-support", "not_supported"],
  "3618": [
    "Payment Constraint 10000 USD Amount limit exceeded for MoneySend payout by Consumer cards",
    "fix-request",
    "limit_exceeded"
  ],
  "3619": [
    "Payment Constraint 10000 USD Amount limit exceeded for MoneySend payout by Small business cards",
    "fix-request",
    "limit_exceeded"
  ],
  "3620": [
    "Payment Constraint 125000 USD Amount limit exceeded for MoneySend payout by Consumer cards",
    "fix-request",
    "limit_exceeded"
  ],
  "3621": [
    "Payment Constraint 125000 USD Amount limit exceeded for MoneySend payout by Small business cards",
    "fix-request",
    "limit_exceeded"
  ],
  "3622": [
    "Payment Constraint 125000 USD Amount limit exceeded for MoneySend Funding Transaction by Consumer cards",
    "fix-request",
    "limit_exceeded"
  ],
  "3623": [
    "Payment Constraint 125000 USD Amount limit exceeded for MoneySend Funding Transaction by Small business cards",
    "fix-request",
    "limit_exceeded"
  ],
  "3624": [
    "Payment Constraint 10000 USD Amount limit exceeded for MoneySend Funding Transaction by Consumer cards",
    "fix-request",
    "limit_exceeded"
  ],
  "3625": [
    "Payment Constraint 10000 USD Amount limit exceeded for MoneySend Funding Transaction by Small business cards",
    "fix-request",
    "limit_exceeded"
  ],
  "3626": [
    "Payment Constraint Invalid 24 Hour payout for MoneySend by Consumer cards",
    "retry-later",
    "limit_exceeded"
  ],
  "3627": [
    "Payment Constraint Invalid 24 Hour payout for MoneySend by Small business cards",
    "retry-later",
    "limit_exceeded"
  ],
  "3628": [
    "Payment Constraint Invalid 24 Hour funding for MoneySend by Consumer cards",
    "retry-later",
    "limit_exceeded"
  ],
  "3629": [
    "Payment Constraint Invalid 24 Hour funding for MoneySend by Small business cards",
    "retry-later",
    "limit_exceeded"
  ],
  "3630": ["Payment Constraint Invalid Weekly payout for MoneySend by Consumer cards", "retry-later", "limit_exceeded"],
  "3631": [
    "Payment Constraint Invalid Weekly payout for MoneySend by Small business cards",
    "retry-later",
    "limit_exceeded"
  ],
  "3632": [
    "Payment Constraint Invalid Weekly funding for MoneySend by Consumer cards",
    "retry-later",
    "limit_exceeded"
  ],
  "3633": [
    "Payment Constraint Invalid Weekly funding for MoneySend by Small business cards",
    "retry-later",
    "limit_exceeded"
  ],
  "3634": [
    "Payment Constraint Invalid 24 Hour for Payout mcc 7995, 9406 by Consumer cards",
    "retry-later",
    "limit_exceeded"
  ],
  "3635": [
    "Payment Constraint Invalid Weekly for Payout mcc 7995, 9406 by Consumer cards",
    "retry-later",
    "limit_exceeded"
  ],
  "3900": ["Payment Constraint 50000 USD Amount limit exceeded for Money transfer", "fix-request", "limit_exceeded"],
  "3901": ["Payment Constraint 25000 USD Amount limit exceeded for Money transfer", "fix-request", "limit_exceeded"],
  "9999": ["Awaiting processing", "wait", undefined],
  "10000": ["General decline", "retry", "refused"],
  "10100": ["Declined by external provider", "retry", "refused"],
  "10101": ["Decline due to amount or frequency limit", "fix-or-retry-later", "limit_exceeded"],
  "10102": ["Incorrect data entered", "fix-request", "wrong_details"],
  "10103": ["Incorrect PIN or CVV", "fix-request", "not_authenticated"],
  "10104": ["Incorrect 3DS password", "retry", "not_authenticated"],
  "10105": ["Insufficient funds on card", "retry", "insufficient_funds"],
  "10106": ["Card expired", "fix-request", "account_unusable"],
  "10107": ["Allowable PIN tries exceeded", "retry", "not_authenticated"],
  "10108": ["Maestro MO/TO operation is prohibited for this country", "fix-request", "not_supported"],
  "10109": [
    "COF payment registration or customer payment data saving is not approved by external provider",
    "retry-later",
    "refused"
  ],
  "10110": ["Subscription is canceled by customer on the issuer side", "none", "canceled"],
  "10112": ["Insufficient Funds. Retry later", "retry-later", "insufficient_funds"],
  "10113": ["Insufficient Funds. Do not retry", "contact-support", "insufficient_funds"],
  "10114": ["Declined by 3DS Check", "retry-later", "not_authenticated"],
  "10201": ["Refer to card issuer", "contact-support", "refused"],
  "10202": ["Issuer inoperative", "retry", "bank_unavailable"],
  "10203": ["Pick-up card", "none", "security"],
  "10204": ["Restrictions for the customer card", "fix-request", "account_unusable"],
  "10205": ["Not enrolled for 3DS", "fix-request", "not_authenticated"],
  "10206": ["Restrictions for the customer data", "contact-support", "account_unusable"],
  "10301": ["Operation was cancelled", "retry", "canceled"],
  "10401": ["Declined by PSP risk system", "fix-request", "security"],
  "10402": ["Suspicious operation", "none", "security"],
  "10403": ["Fraud/Security. Try again using 3DS authentication", "authenticate", "not_authenticated"],
  "10404": ["Suspected fraud. Do not try again", "contact-support", "security"],
  "10405": ["Fraud or closed account. Do not try again", "contact-support", "security"],
  "10501": ["Refer to acquirer", "contact-support", "refused"],
  "10502": ["Error during operation validation", "fix-request", "agency_setup"],
  "10503": ["Incorrect acquirer settings", "contact-support", "agency_setup"],
  "10504": ["Insufficient funds on acquirer balance", "contact-support", "agency_setup"],
  "10505": ["PSP system is inoperative", "retry", "bank_unavailable"],
  "10601": ["Try again", "retry", "bank_unavailable"],
  "10602": ["Time-out", "retry", "timed_out"],
  "10603": ["Operation could not be authorized. Try again later", "retry", "bank_unavailable"],
  "10701": ["Wrong requests sequence", "fix-request", "agency_setup"],
  "10702": ["Invalid request", "contact-support", "agency_setup"],
  "10703": ["Incorrect eci", "contact-support", "agency_setup"],
  "10704": ["Card holder not found", "contact-support", "wrong_details"],
  "10705": ["The request contains no fields of the customer object", "contact-support", "agency_setup"],
  "10706": ["Refund unavailable for current operation", "contact-support", "agency_setup"],
  "10707": ["Required rental information is not present", "contact-support", "agency_setup"],
  "10708": ["Required flight details is not present", "contact-support", "agency_setup"],
  "10709": ["Additional customer 3‑D Secure authentication required", "contact-support", "not_authenticated"],
  "10722": ["Strong Customer Authentication mandated according to PSD2", "contact-support", "not_authenticated"],
  "10801": ["External provider approved but did not process the operation", "contact-support", "money_not_arrived"],
  "10805": ["Life cycle (Mastercard use only)", "fix-request", "account_unusable"],
  "10806": ["Policy (Mastercard use only)", "contact-support", "refused"],
  "10807": ["Fraud/Security", "contact-support", "security"],
  "10810": ["Life cycle. Do not try again", "contact-support", "account_unusable"],
  "10811": ["Policy. Do not try again", "contact-support", "refused"],
  "10812": ["Invalid card. Do not try again", "contact-support", "account_unusable"],
  "19999": ["Awaiting processing", "wait", undefined],
  "20000": ["General decline", "retry", "refused"],
  "20100": ["Declined by external provider", "retry", "refused"],
  "20101": ["Decline due to amount or frequency limit", "fix-or-retry-later", "limit_exceeded"],
  "20102": ["Incorrect account data entered", "fix-request", "wrong_details"],
  "20103": ["Incorrect login or password", "fix-request", "not_authenticated"],
  "20104": ["Password attempts entry exceeded", "retry", "not_authenticated"],
  "20105": ["Insufficient funds on customer account", "retry", "insufficient_funds"],
  "20106": ["Customer account is no longer available", "fix-request", "account_unusable"],
  "20107": ["Customer account does not support requested currency", "fix-request", "account_unusable"],
  "20109": [
    "COF payment registration or customer payment data saving is not approved by external provider",
    "retry-later",
    "refused"
  ],
  "20110": ["Subscription is canceled by customer on the issuer side", "none", "canceled"],
  "20111": [
    "Operation declined by PSP because the Direct Debit mandate is inactive, cancelled, or expired",
    "none",
    "account_unusable"
  ],
  "20201": ["Restrictions for the customer account", "fix-request", "account_unusable"],
  "20202": ["PSP system is unavailable", "retry", "bank_unavailable"],
  "20203": ["Compromised customer account", "none", "security"],
  "20204": ["Crediting this customer account is blocked", "fix-request", "account_unusable"],
  "20205": ["Payment method is not available for customer country", "none", "not_supported"],
  "20206": ["Difficulties on the mobile operator side", "retry-later", "bank_unavailable"],
  "20301": ["Account owner cancelled operation", "retry", "canceled"],
  "20302": ["Unacceptable password", "fix-request", "not_authenticated"],
  "20303": ["Customer is not permitted to perform the action", "fix-request", "account_unusable"],
  "20304": ["Incorrect amount paid", "retry", "wrong_details"],
  "20401": ["Declined by PSP risk system", "fix-request", "security"],
  "20402": ["Suspicious operation", "none", "security"],
  "20450": [
    "The Verification of Payee cannot be performed due to technical reasons.",
    "retry-later",
    "bank_unavailable"
  ],
  "20451": [
    "Payout or refund cannot be processed based on the Verification of Payee result.",
    "contact-support",
    "wrong_details"
  ],
  "20501": ["Refer to acquirer", "contact-support", "refused"],
  "20502": ["Error during operation validation", "fix-request", "agency_setup"],
  "20503": ["Incorrect acquirer settings", "contact-support", "agency_setup"],
  "20504": ["Insufficient funds on acquirer balance", "contact-support", "agency_setup"],
  "20601": ["Try again", "retry", "bank_unavailable"],
  "20602": ["Time-out", "retry", "timed_out"],
  "20603": ["Operation could not be authorized. Try again later", "retry", "bank_unavailable"],
  "20604": ["Notification is not delivered", "contact-support", "agency_setup"],
  "20701": ["Wrong requests sequence", "fix-request", "agency_setup"],
  "20702": ["Invalid request. Try again", "contact-support", "agency_setup"],
  "20703": ["Invoice not found", "contact-support", "agency_setup"],
  "20705": ["Merchant account is blocked", "contact-support", "agency_setup"],
  "20706": ["Operation not supported by provider", "contact-support", "not_supported"],
  "20801": ["Payment provider approved but did not process the operation", "contact-support", "money_not_arrived"],
  "20802": [
    "The payment provider did not confirm neither successful nor negative status of the payment transaction",
    "wait",
    undefined
  ],
  "20812": ["The service provider did not confirm the account crediting", "retry", "money_not_arrived"],
  "20899": [
    "The payment is processed on the provider side. It can take up to several days. Inform customer if needed",
    "wait",
    undefined
  ],
  "29999": ["Awaiting processing", "wait", undefined],
  "30000": ["Operation was declined by merchant", "none", "refused"],
  "30100": ["Operation was declined by merchant for an unknown reason", "none", "refused"],
  "30301": ["Merchant did not confirm operation processing", "none", "refused"],
  "30302": ["Merchant did not respond during the operation confirmation process", "none", "timed_out"],
  "30303": [
    "The amount or currency confirmed by the merchant is different from the requested one",
    "none",
    "agency_setup"
  ],
  "30401": ["Empty draws list", "none", "agency_setup"]
}

const stepOfHandling: Readonly<Record<Handling, PayerStep>> = {
  ok: "try_again",
  wait: "try_later",
  retry: "try_again",
  "retry-later": "try_later",
  "fix-request": "change_details",
  "fix-or-retry-later": "use_another_way",
  "contact-support": "ask_agency",
  authenticate: "try_again",
  none: "use_another_way"
}
// The registry speaks to merchants: "change the request" is nothing that a payer could do about an account, a limit or a setting.
const stepOfReason: Readonly<Partial<Record<DeclineReason, PayerStep>>> = {
  account_unusable: "use_another_way",
  agency_setup: "ask_agency",
  insufficient_funds: "use_another_way",
  limit_exceeded: "use_another_way",
  not_supported: "use_another_way",
  security: "use_another_way"
}

/** Every code of the registry, which declines and errors share, by the code as text. */
export const resultCodes: ReadonlyMap<string, ResultCode> = new Map(
  Object.entries(table).map(([code, [message, handling, reason]]) => [
    code,
    reason === undefined
      ? { message, handling }
      : { message, handling, decline: { reason, next: stepOfReason[reason] ?? stepOfHandling[handling] } }
  ])
)

/** The registry entry of a code such as `20105`; undefined for a code that was published later. */
export const findResultCode = (code: string): ResultCode | undefined => resultCodes.get(code)
