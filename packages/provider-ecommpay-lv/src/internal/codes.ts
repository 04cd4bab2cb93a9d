// Over 300 lines because it is one table: every result code of the platform, as published in 2026.

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
}

// https://developers.ecommpay.com/en/en_platform_payment_info_codes.html
const table: Readonly<Record<string, readonly [message: string, handling: Handling]>> = {
  "0": ["Success", "ok"],
  "100": ["General decline", "contact-support"],
  "104": ["Declined by 3DS check", "retry"],
  "108": ["Customer has not returned from ACS", "retry"],
  "109": ["Declined by AVS check", "fix-request"],
  "301": ["Cancelled", "retry"],
  "303": ["Access denied", "contact-support"],
  "309": ["The amount received during conversion exceeds the limit", "fix-request"],
  "310": ["This operation is not allowed by project settings", "contact-support"],
  "314": ["Provider is not available now to perform the operation", "retry-later"],
  "318": ["Use of token_data is disabled for the project", "contact-support"],
  "319": ["There is not enough data to create an operation", "fix-request"],
  "402": ["RCS reject. Declined by Risk System", "none"],
  "501": ["Internal error", "contact-support"],
  "502": ["Validation error", "contact-support"],
  "504": ["Insufficient funds on the balance", "contact-support"],
  "601": ["Try again", "retry"],
  "602": ["Network error", "retry"],
  "603": ["Auto decline", "retry"],
  "604": ["Payout Session Terminated. UUID Expired", "retry"],
  "702": ["Malformed request", "fix-request"],
  "903": ["Exceeded allowed amount for refund", "contact-support"],
  "904": ["Exceeded allowed amount for payout", "contact-support"],
  "2003": ["Invalid JSON string", "fix-request"],
  "2004": ["Required field not provided", "fix-request"],
  "2014": ["Addendum data disallowed with COF purchase registration", "fix-request"],
  "2061": ["Avs Data Not Found", "fix-request"],
  "2123": ["Account verification is not allowed", "fix-request"],
  "2124": ["Invalid Customer ID", "fix-request"],
  "2147": ["Lock Error", "retry-later"],
  "2154": ["Customer ID is required for project", "fix-request"],
  "2261": ["Country not found", "fix-request"],
  "2426": ["Invalid Email", "fix-request"],
  "2442": ["Project ID not found", "fix-request"],
  "2466": ["Declined By Pares Settings", "retry"],
  "2467": ["3DS SDK request is not supported", "fix-request"],
  "2468": ["3DS 3RI request is not supported", "fix-request"],
  "2541": ["Unknown Payment Method", "fix-request"],
  "2606": ["Withdrawal without initial payment is not allowed", "fix-request"],
  "2609": ["Invalid day of birth", "fix-request"],
  "2610": ["Invalid Country", "fix-request"],
  "2611": ["Invalid City", "fix-request"],
  "2641": ["Invalid Bank Code or Currency", "fix-request"],
  "2642": ["Operation amount is greater than limit", "fix-request"],
  "2701": ["Rules Failed Code", "contact-support"],
  "2801": ["Bank ID not found", "fix-request"],
  "2945": ["Invalid operation type for try again request", "fix-request"],
  "2949": ["Invalid amount for try again request", "fix-request"],
  "3001": ["Invalid day of birth from UK merchant", "fix-request"],
  "3002": ["Invalid Post Code from UK merchant", "fix-request"],
  "3003": ["Invalid Surname from UK merchant", "fix-request"],
  "3004": ["Invalid Street Address from UK merchant", "fix-request"],
  "3020": ["Period of card validity is required for the project", "fix-request"],
  "3021": ["Card expired", "fix-request"],
  "3022": ["Customer is not presented in saved card request", "fix-request"],
  "3023": ["Provided currency disabled for Project ID", "contact-support"],
  "3024": ["Invalid Payment ID", "fix-request"],
  "3026": ["Internal Decline", "contact-support"],
  "3027": ["Invalid token provided", "fix-request"],
  "3028": ["Insufficient funds on merchant balance", "contact-support"],
  "3029": ["Operation with expired card is not allowed for this provider", "contact-support"],
  "3041": ["Payment ID already exists", "fix-request"],
  "3060": ["Current payment or operation status does not allow this action", "contact-support"],
  "3061": ["Transaction not found", "retry"],
  "3062": ["Payment details not received", "retry-later"],
  "3081": ["State Machine Flow Break", "contact-support"],
  "3101": ["Card not found", "fix-request"],
  "3102": ["Invalid payment constraint", "contact-support"],
  "3103": ["Payout was declined due to constraint for card type", "contact-support"],
  "3104": ["Payment Constraint Invalid Payout Amount", "fix-request"],
  "3105": ["Card country is forbidden", "fix-request"],
  "3106": ["Payment Constraint Invalid Monthly Payout", "retry-later"],
  "3107": ["Payout Constraint, card without successful purchase", "contact-support"],
  "3108": ["Payment Constraint Invalid Weekly Payout", "retry-later"],
  "3109": ["Payment Constraint Invalid 24 Hour Payout", "retry-later"],
  "3110": ["Payment Constraint Monthly payout operations number exceeded", "retry-later"],
  "3111": ["Payment Constraint Weekly payout operations number exceeded", "retry-later"],
  "3112": ["Payment Constraint 24 hour payout operations number exceeded", "retry-later"],
  "3117": ["Operation is prohibited because residual payment amount is less than one minor in USD", "fix-request"],
  "3118": ["Operation amount will be less than one minor unit after conversion by IPS", "fix-request"],
  "3119": ["Request currency does not match channel currency", "fix-request"],
  "3120": ["The payment amount should not exceed 25 USD for the MCC", "fix-request"],
  "3121": ["Invalid currency", "fix-request"],
  "3123": ["Invalid API Key", "fix-request"],
  "3124": ["Invalid certificate", "contact-support"],
  "3125": ["Incremental authorization requests are forbidden for the MCC", "fix-request"],
  "3141": ["CVV is required", "fix-request"],
  "3161": ["Invalid Holder", "fix-request"],
  "3162": ["Cardholder is required", "fix-request"],
  "3181": ["COF purchase registration ID not found", "fix-request"],
  "3182": ["Duplicate COF purchase scheduled payment ID", "fix-request"],
  "3183": ["COF purchase registration ID is invalidated due to card expiry date", "none"],
  "3184": ["COF purchase registration ID is cancelled", "contact-support"],
  "3186": ["Trigger operation ID is not found", "fix-request"],
  "3190": ["Remittance payment method mismatched", "fix-request"],
  "3191": ["Need clarification", "fix-request"],
  "3192": ["Remittance currency mismatched", "fix-request"],
  "3193": ["Remittance is not allowed for this project", "contact-support"],
  "3194": ["Recipient ID is not found", "fix-request"],
  "3195": ["Recipient ID is forbidden", "fix-request"],
  "3196": ["Remittance is not supported by payment system", "contact-support"],
  "3197": ["Remittance is not allowed for this payment method", "contact-support"],
  "3198": ["Auto decline due to long verification", "retry-later"],
  "3199": ["Operation was declined by AML checks", "contact-support"],
  "3201": ["Expected error", "contact-support"],
  "3221": ["Card token not found", "fix-request"],
  "3230": ["The operation with such merchant_refund_id already exists", "fix-request"],
  "3241": ["Customer not found", "fix-request"],
  "3242": ["Account must be defined", "fix-request"],
  "3243": ["Account must not be defined", "fix-request"],
  "3244": ["Bank id must be defined", "fix-request"],
  "3261": ["Invalid signature", "fix-request"],
  "3262": ["Empty signature", "fix-request"],
  "3281": ["Converted amount is less than one minor unit", "contact-support"],
  "3283": ["Refund amount more than init amount", "fix-request"],
  "3284": ["Refund currency mismatched or empty", "fix-request"],
  "3285": ["Cannot make refund because of timeout block for repeat refund", "contact-support"],
  "3286": ["The property amount is required", "fix-request"],
  "3287": ["The property currency is required", "fix-request"],
  "3288": ["Refund prohibited on disputed transaction", "contact-support"],
  "3289": ["The operation amount is less than fix fee of tariff", "fix-request"],
  "3291": ["Incorrect merchant account settings for operation", "fix-request"],
  "3292": ["Online gambling payouts are not available for this MCC", "contact-support"],
  "3293": ["Payout method not filled in merchant account", "contact-support"],
  "3297": [
    "The provider's daily limit for the merchant account for the total amount of transactions has been exceeded",
    "retry-later"
  ],
  "3298": ["The provider's daily limit on the total amount of transactions has been exceeded", "retry-later"],
  "3299": ["Sorry, the merchant status does not allow you to create an operation", "contact-support"],
  "3301": ["Recurring registration is expired", "fix-request"],
  "3305": ["Payment Constraint 30-days Payout operations number exceeded for MCC 7995, 9406 Domestic", "retry-later"],
  "3306": [
    "Payment Constraint 30-days Payout operations number exceeded for MCC 7995, 9406 Cross-border",
    "retry-later"
  ],
  "3307": ["Payment Constraint 30-days Payout operations number exceeded for Money transfer Domestic", "retry-later"],
  "3308": [
    "Payment Constraint 30-days Payout operations number exceeded for Money transfer Cross-border",
    "retry-later"
  ],
  "3309": [
    "Payment Constraint 30-days Payout operations number exceeded for Funds disbursement Domestic",
    "retry-later"
  ],
  "3310": [
    "Payment Constraint 30-days Payout operations number exceeded for Funds disbursement Cross-border",
    "retry-later"
  ],
  "3311": ["Payment Constraint Invalid Weekly Payout for MCC 7995, 9406 Domestic", "retry-later"],
  "3312": ["Payment Constraint Invalid Weekly Payout for MCC 7995, 9406 Cross-border", "retry-later"],
  "3313": ["Payment Constraint Invalid Weekly Payout for Money transfer Domestic", "retry-later"],
  "3314": ["Payment Constraint Invalid Weekly Payout for Money transfer Cross-border", "retry-later"],
  "3315": ["Payment Constraint Invalid Weekly Payout for Funds disbursement Domestic", "retry-later"],
  "3316": ["Payment Constraint Invalid Weekly Payout for Funds disbursement Cross-border", "retry-later"],
  "3317": ["Payment Constraint Invalid 24 Hour Payout for MCC 7995, 9406 Domestic", "retry-later"],
  "3318": ["Payment Constraint Invalid 24 Hour Payout for MCC 7995, 9406 Cross-border", "retry-later"],
  "3319": ["Payment Constraint Invalid 24 Hour Payout for Money transfer Domestic", "retry-later"],
  "3320": ["Payment Constraint Invalid 24 Hour Payout for Money transfer Cross-border", "retry-later"],
  "3321": ["Payment Constraint Invalid 24 Hour Payout for Funds disbursement Domestic", "retry-later"],
  "3322": ["Payment Constraint Invalid 24 Hour Payout for Funds disbursement Cross-border", "retry-later"],
  "3323": ["Payment Constraint Invalid 30-days Payout for MCC 7995, 9406 Domestic", "retry-later"],
  "3324": ["Payment Constraint Invalid 30-days Payout for MCC 7995, 9406 Cross-border", "retry-later"],
  "3325": ["Payment Constraint Invalid 30-days Payout for Money transfer Domestic", "retry-later"],
  "3326": ["Payment Constraint Invalid 30-days Payout for Money transfer Cross-border", "retry-later"],
  "3327": ["Payment Constraint Invalid 30-days Payout for Funds disbursement Domestic", "retry-later"],
  "3328": ["Payment Constraint Invalid 30-days Payout for Funds disbursement Cross-border", "retry-later"],
  "3329": ["Payment Constraint Weekly payout operations number exceeded for MCC 7995, 9406 Domestic", "retry-later"],
  "3330": [
    "Payment Constraint Weekly payout operations number exceeded for MCC 7995, 9406 Cross-border",
    "retry-later"
  ],
  "3331": ["Payment Constraint Weekly payout operations number exceeded for Money transfer Domestic", "retry-later"],
  "3332": [
    "Payment Constraint Weekly payout operations number exceeded for Money transfer Cross-border",
    "retry-later"
  ],
  "3333": [
    "Payment Constraint Weekly payout operations number exceeded for Funds disbursement Domestic",
    "retry-later"
  ],
  "3334": [
    "Payment Constraint Weekly payout operations number exceeded for Funds disbursement Cross-border",
    "retry-later"
  ],
  "3335": ["Payment Constraint 24 hour payout operations number exceeded for MCC 7995, 9406 Domestic", "retry-later"],
  "3336": [
    "Payment Constraint 24 hour payout operations number exceeded for MCC 7995, 9406 Cross-border",
    "retry-later"
  ],
  "3337": ["Payment Constraint 24 hour payout operations number exceeded for Money transfer Domestic", "retry-later"],
  "3338": [
    "Payment Constraint 24 hour payout operations number exceeded for Money transfer Cross-border",
    "retry-later"
  ],
  "3339": [
    "Payment Constraint 24 hour payout operations number exceeded for Funds disbursement Domestic",
    "retry-later"
  ],
  "3340": [
    "Payment Constraint 24 hour payout operations number exceeded for Funds disbursement Cross-border",
    "retry-later"
  ],
  "3341": ["Payout was declined due to card constraints", "contact-support"],
  "3355": ["Payment Constraint 24 hour operations number exceeded for same card", "retry-later"],
  "3356": ["The operation is not allowed for this card", "none"],
  "3357": ["Payment Constraint 30-days operations number exceed for same card", "retry-later"],
  "3358": ["Operation amount is less than limit", "fix-request"],
  "3360": ["Payment amount cannot exceed 50 EUR for prepaid non-reloadable card", "fix-request"],
  "3362": ["Payment Constraint Invalid 30-days Payout for MCC 7995, 9406", "retry-later"],
  "3363": ["Trace ID must be present in recurring payment and MIT", "contact-support"],
  "3400": ["AFT Payment Constraint for Commercial cards", "fix-request"],
  "3402": [
    "Payment Constraint 25000 USD Amount limit exceeded for MoneySend Funding Transaction by Consumer cards",
    "fix-request"
  ],
  "3403": [
    "Payment Constraint 50000 USD Amount limit exceeded for MoneySend Funding Transaction by Small business cards",
    "fix-request"
  ],
  "3404": ["Payment Constraint 25000 USD Amount limit exceeded for MoneySend payout by Consumer cards", "fix-request"],
  "3406": [
    "Payment Constraint 50000 USD Amount limit exceeded for MoneySend payout by Small business cards",
    "fix-request"
  ],
  "3407": ["Payment Constraint Invalid 30-days MoneySend payout for Consumer cards", "retry-later"],
  "3408": ["Payment Constraint Invalid 30-days MoneySend payout for Small business cards", "retry-later"],
  "3409": [
    "Payment Constraint 2500 USD Amount limit exceeded for MoneySend Funding Transaction by Consumer cards",
    "fix-request"
  ],
  "3410": ["Payment Constraint 2500 USD Amount limit exceeded for MoneySend payout by Consumer cards", "fix-request"],
  "3411": [
    "Payment cannot be made due to location of the sender's card issuer outside the Europe Region",
    "fix-request"
  ],
  "3412": [
    "Payment Constraint 25000 USD Amount limit exceeded for MoneySend payout by Small business cards",
    "fix-request"
  ],
  "3413": [
    "Payment Constraint 25000 USD Amount limit exceeded for MoneySend Funding Transaction by Small business cards",
    "fix-request"
  ],
  "3414": ["Payment Constraint 50000 USD Amount limit exceeded for MoneySend payout by Consumer cards", "fix-request"],
  "3415": [
    "Payment Constraint 100000 USD Amount limit exceeded for MoneySend payout by Small business cards",
    "fix-request"
  ],
  "3416": [
    "Payment Constraint 50000 USD Amount limit exceeded for MoneySend Funding Transaction by Consumer cards",
    "fix-request"
  ],
  "3417": [
    "Payment Constraint 100000 USD Amount limit exceeded for MoneySend Funding Transaction by Small business cards",
    "fix-request"
  ],
  "3418": [
    "Payment Constraint 75000 USD Amount limit exceeded for MoneySend payout by Small business cards",
    "fix-request"
  ],
  "3419": [
    "Payment Constraint 75000 USD Amount limit exceeded for MoneySend Funding Transaction by Small business cards",
    "fix-request"
  ],
  "3431": ["Money transfer is not possible for two identical cards", "fix-request"],
  "3432": ["The request must contain either the identifier of the saved card or complete card details", "fix-request"],
  "3433": [
    "The request contains complete card details for both cards. This endpoint is for making a payment using saved card data only",
    "fix-request"
  ],
  "3434": ["The sender's card expired", "fix-request"],
  "3435": ["The recipient's card expired", "fix-request"],
  "3436": ["The sender's card is invalid", "fix-request"],
  "3437": ["The recipient's card is invalid", "fix-request"],
  "3438": ["Saved sender card has no expiration date", "fix-request"],
  "3439": ["The saved card has no expiration date", "fix-request"],
  "3450": ["Payment Constraint Invalid 24 Hour AFT for Money transfer Domestic", "retry-later"],
  "3451": ["Payment Constraint Invalid Weekly AFT for Money transfer Domestic", "retry-later"],
  "3452": ["Payment Constraint Invalid 30-days AFT for Money transfer Domestic", "retry-later"],
  "3470": ["Payment was declined due to sender's card constraints", "contact-support"],
  "3471": ["Payment was declined due to recipient's card constraints", "contact-support"],
  "3472": ["Payment was declined due to constraints in the region of the recipient card", "contact-support"],
  "3480": ["Payment cannot be made due to location of the sender's card issuer outside the EEA", "fix-request"],
  "3490": ["Required fields for Debt Repayment are missing", "fix-request"],
  "3491": ["Invalid card type for Debt Repayment", "fix-request"],
  "3606": ["Payment Constraint Invalid 30-days MoneySend Funding Transaction for Consumer cards", "retry-later"],
  "3607": ["Payment Constraint Invalid 30-days MoneySend Funding Transaction for Small business cards", "retry-later"],
  "3609": ["Operation amount must be equal to the initial amount", "fix-request"],
  "3610": ["Refund unavailable for the current operation", "contact-support"],
  "3611": ["AFT reversal must be used to refund within the first 24 hours of the original AFT", "contact-support"],
  "3612": ["One or more required money transfer fields are empty", "fix-request"],
  "3613": ["Duplicate operation", "retry-later"],
  "3617": ["Not allowed mcc for pan with product code = F2", "contact-support"],
  "3618": ["Payment Constraint 10000 USD Amount limit exceeded for MoneySend payout by Consumer cards", "fix-request"],
  "3619": [
    "Payment Constraint 10000 USD Amount limit exceeded for MoneySend payout by Small business cards",
    "fix-request"
  ],
  "3620": ["Payment Constraint 125000 USD Amount limit exceeded for MoneySend payout by Consumer cards", "fix-request"],
  "3621": [
    "Payment Constraint 125000 USD Amount limit exceeded for MoneySend payout by Small business cards",
    "fix-request"
  ],
  "3622": [
    "Payment Constraint 125000 USD Amount limit exceeded for MoneySend Funding Transaction by Consumer cards",
    "fix-request"
  ],
  "3623": [
    "Payment Constraint 125000 USD Amount limit exceeded for MoneySend Funding Transaction by Small business cards",
    "fix-request"
  ],
  "3624": [
    "Payment Constraint 10000 USD Amount limit exceeded for MoneySend Funding Transaction by Consumer cards",
    "fix-request"
  ],
  "3625": [
    "Payment Constraint 10000 USD Amount limit exceeded for MoneySend Funding Transaction by Small business cards",
    "fix-request"
  ],
  "3626": ["Payment Constraint Invalid 24 Hour payout for MoneySend by Consumer cards", "retry-later"],
  "3627": ["Payment Constraint Invalid 24 Hour payout for MoneySend by Small business cards", "retry-later"],
  "3628": ["Payment Constraint Invalid 24 Hour funding for MoneySend by Consumer cards", "retry-later"],
  "3629": ["Payment Constraint Invalid 24 Hour funding for MoneySend by Small business cards", "retry-later"],
  "3630": ["Payment Constraint Invalid Weekly payout for MoneySend by Consumer cards", "retry-later"],
  "3631": ["Payment Constraint Invalid Weekly payout for MoneySend by Small business cards", "retry-later"],
  "3632": ["Payment Constraint Invalid Weekly funding for MoneySend by Consumer cards", "retry-later"],
  "3633": ["Payment Constraint Invalid Weekly funding for MoneySend by Small business cards", "retry-later"],
  "3634": ["Payment Constraint Invalid 24 Hour for Payout mcc 7995, 9406 by Consumer cards", "retry-later"],
  "3635": ["Payment Constraint Invalid Weekly for Payout mcc 7995, 9406 by Consumer cards", "retry-later"],
  "3900": ["Payment Constraint 50000 USD Amount limit exceeded for Money transfer", "fix-request"],
  "3901": ["Payment Constraint 25000 USD Amount limit exceeded for Money transfer", "fix-request"],
  "9999": ["Awaiting processing", "wait"],
  "1401": ["RCS reject. PAN is Blacklisted in RCS", "contact-support"],
  "1402": ["RCS reject. Customer is Blacklisted in RCS", "contact-support"],
  "1403": ["RCS reject. Cardholder is Blacklisted in RCS", "contact-support"],
  "1404": ["RCS reject. IIN is Blacklisted in RCS", "contact-support"],
  "1405": ["RCS reject. IP is Blacklisted in RCS", "contact-support"],
  "1406": ["RCS reject. Email is Blacklisted in RCS", "contact-support"],
  "1407": ["RCS reject. Phone is Blacklisted in RCS", "contact-support"],
  "1408": ["RCS reject. Card is compromised", "contact-support"],
  "1409": ["RCS Reject. Interval too short", "contact-support"],
  "1410": ["RCS reject. Domain is forbidden", "contact-support"],
  "1411": ["RCS reject. Country is forbidden", "contact-support"],
  "1412": ["RCS reject. Country mismatch", "contact-support"],
  "1413": ["RCS reject. Country limit exceeded", "contact-support"],
  "1414": ["RCS Reject. Country is forbidden for cross-border transaction", "contact-support"],
  "1415": ["RCS reject. Rejected by Scoring system", "contact-support"],
  "1421": ["RCS reject. Invalid amount", "contact-support"],
  "1422": ["RCS reject. Amount limit exceeded", "contact-support"],
  "1431": ["RCS reject. Allowed number of cards exceeded", "contact-support"],
  "1432": ["RCS reject. Allowed number of emails exceeded", "contact-support"],
  "1433": ["RCS reject. Count limit exceeded", "contact-support"],
  "1434": ["RCS reject. Duplicate operation", "contact-support"],
  "1435": ["RCS reject. Allowed number of users exceeded", "contact-support"],
  "1437": ["RCS reject. Allowed number of names exceeded", "contact-support"],
  "1441": ["RCS reject. Rejected by compliance restriction", "contact-support"],
  "1450": ["RCS reject. Rejected by sanctions lists", "contact-support"],
  "1451": ["RCS reject. Rejected by AML restriction", "contact-support"],
  "1452": ["RCS reject. Rejected by AML UK sanction list", "contact-support"],
  "1453": ["RCS reject. Rejected by AML US sanction list", "contact-support"],
  "1455": ["RCS reject. Rejected by AML phrase list", "contact-support"],
  "1456": ["RCS reject. Rejected by holdername format validation", "contact-support"],
  "1457": ["RCS reject. Rejected by AML EU sanction list", "contact-support"],
  "1458": ["RCS reject. Rejected by AML UN sanction list", "contact-support"],
  "1459": ["RCS reject. Rejected by AML NL sanction list", "contact-support"],
  "1460": ["RCS reject. Rejected by AML UAE sanction list", "contact-support"],
  "1461": ["RCS reject. Restricted card product code", "contact-support"],
  "1462": ["RCS reject. Restricted card type", "contact-support"],
  "1463": ["RCS reject. Cardholder name mismatch", "contact-support"],
  "1499": ["RCS reject. Machine Learning recommendation", "contact-support"],
  "10000": ["General decline", "retry"],
  "10100": ["Declined by external provider", "retry"],
  "10101": ["Decline due to amount or frequency limit", "fix-or-retry-later"],
  "10102": ["Incorrect data entered", "fix-request"],
  "10103": ["Incorrect PIN or CVV", "fix-request"],
  "10104": ["Incorrect 3DS password", "retry"],
  "10105": ["Insufficient funds on card", "retry"],
  "10106": ["Card expired", "fix-request"],
  "10107": ["Allowable PIN tries exceeded", "retry"],
  "10108": ["Maestro MO/TO operation is prohibited for this country", "fix-request"],
  "10109": [
    "COF payment registration or customer payment data saving is not approved by external provider",
    "retry-later"
  ],
  "10110": ["Subscription is canceled by customer on the issuer side", "none"],
  "10112": ["Insufficient Funds. Retry later", "retry-later"],
  "10113": ["Insufficient Funds. Do not retry", "contact-support"],
  "10114": ["Declined by 3DS Check", "retry-later"],
  "10201": ["Refer to card issuer", "contact-support"],
  "10202": ["Issuer inoperative", "retry"],
  "10203": ["Pick-up card", "none"],
  "10204": ["Restrictions for the customer card", "fix-request"],
  "10205": ["Not enrolled for 3DS", "fix-request"],
  "10206": ["Restrictions for the customer data", "contact-support"],
  "10301": ["Operation was cancelled", "retry"],
  "10401": ["Declined by PSP risk system", "fix-request"],
  "10402": ["Suspicious operation", "none"],
  "10403": ["Fraud/Security. Try again using 3DS authentication", "authenticate"],
  "10404": ["Suspected fraud. Do not try again", "contact-support"],
  "10405": ["Fraud or closed account. Do not try again", "contact-support"],
  "10501": ["Refer to acquirer", "contact-support"],
  "10502": ["Error during operation validation", "fix-request"],
  "10503": ["Incorrect acquirer settings", "contact-support"],
  "10504": ["Insufficient funds on acquirer balance", "contact-support"],
  "10505": ["PSP system is inoperative", "retry"],
  "10601": ["Try again", "retry"],
  "10602": ["Time-out", "retry"],
  "10603": ["Operation could not be authorized. Try again later", "retry"],
  "10701": ["Wrong requests sequence", "fix-request"],
  "10702": ["Invalid request", "contact-support"],
  "10703": ["Incorrect eci", "contact-support"],
  "10704": ["Card holder not found", "contact-support"],
  "10705": ["The request contains no fields of the customer object", "contact-support"],
  "10706": ["Refund unavailable for current operation", "contact-support"],
  "10707": ["Required rental information is not present", "contact-support"],
  "10708": ["Required flight details is not present", "contact-support"],
  "10709": ["Additional customer 3‑D Secure authentication required", "contact-support"],
  "10722": ["Strong Customer Authentication mandated according to PSD2", "contact-support"],
  "10801": ["External provider approved but did not process the operation", "contact-support"],
  "10805": ["Life cycle (Mastercard use only)", "fix-request"],
  "10806": ["Policy (Mastercard use only)", "contact-support"],
  "10807": ["Fraud/Security", "contact-support"],
  "10810": ["Life cycle. Do not try again", "contact-support"],
  "10811": ["Policy. Do not try again", "contact-support"],
  "10812": ["Invalid card. Do not try again", "contact-support"],
  "19999": ["Awaiting processing", "wait"],
  "20000": ["General decline", "retry"],
  "20100": ["Declined by external provider", "retry"],
  "20101": ["Decline due to amount or frequency limit", "fix-or-retry-later"],
  "20102": ["Incorrect account data entered", "fix-request"],
  "20103": ["Incorrect login or password", "fix-request"],
  "20104": ["Password attempts entry exceeded", "retry"],
  "20105": ["Insufficient funds on customer account", "retry"],
  "20106": ["Customer account is no longer available", "fix-request"],
  "20107": ["Customer account does not support requested currency", "fix-request"],
  "20109": [
    "COF payment registration or customer payment data saving is not approved by external provider",
    "retry-later"
  ],
  "20110": ["Subscription is canceled by customer on the issuer side", "none"],
  "20111": ["Operation declined by PSP because the Direct Debit mandate is inactive, cancelled, or expired", "none"],
  "20201": ["Restrictions for the customer account", "fix-request"],
  "20202": ["PSP system is unavailable", "retry"],
  "20203": ["Compromised customer account", "none"],
  "20204": ["Crediting this customer account is blocked", "fix-request"],
  "20205": ["Payment method is not available for customer country", "none"],
  "20206": ["Difficulties on the mobile operator side", "retry-later"],
  "20301": ["Account owner cancelled operation", "retry"],
  "20302": ["Unacceptable password", "fix-request"],
  "20303": ["Customer is not permitted to perform the action", "fix-request"],
  "20304": ["Incorrect amount paid", "retry"],
  "20401": ["Declined by PSP risk system", "fix-request"],
  "20402": ["Suspicious operation", "none"],
  "20450": ["The Verification of Payee cannot be performed due to technical reasons.", "retry-later"],
  "20451": ["Payout or refund cannot be processed based on the Verification of Payee result.", "contact-support"],
  "20501": ["Refer to acquirer", "contact-support"],
  "20502": ["Error during operation validation", "fix-request"],
  "20503": ["Incorrect acquirer settings", "contact-support"],
  "20504": ["Insufficient funds on acquirer balance", "contact-support"],
  "20601": ["Try again", "retry"],
  "20602": ["Time-out", "retry"],
  "20603": ["Operation could not be authorized. Try again later", "retry"],
  "20604": ["Notification is not delivered", "contact-support"],
  "20701": ["Wrong requests sequence", "fix-request"],
  "20702": ["Invalid request. Try again", "contact-support"],
  "20703": ["Invoice not found", "contact-support"],
  "20705": ["Merchant account is blocked", "contact-support"],
  "20706": ["Operation not supported by provider", "contact-support"],
  "20801": ["Payment provider approved but did not process the operation", "contact-support"],
  "20802": [
    "The payment provider did not confirm neither successful nor negative status of the payment transaction",
    "wait"
  ],
  "20812": ["The service provider did not confirm the account crediting", "retry"],
  "20899": [
    "The payment is processed on the provider side. It can take up to several days. Inform customer if needed",
    "wait"
  ],
  "29999": ["Awaiting processing", "wait"],
  "30000": ["Operation was declined by merchant", "none"],
  "30100": ["Operation was declined by merchant for an unknown reason", "none"],
  "30301": ["Merchant did not confirm operation processing", "none"],
  "30302": ["Merchant did not respond during the operation confirmation process", "none"],
  "30303": ["The amount or currency confirmed by the merchant is different from the requested one", "none"],
  "30401": ["Empty draws list", "none"]
}

/** Every code of the registry, which declines and errors share, by the code as text. */
export const resultCodes: ReadonlyMap<string, ResultCode> = new Map(
  Object.entries(table).map(([code, [message, handling]]) => [code, { message, handling }])
)

/** The registry entry of a code such as `20105`; undefined for a code that was published later. */
export const findResultCode = (code: string): ResultCode | undefined => resultCodes.get(code)
