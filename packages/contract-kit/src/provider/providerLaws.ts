import type { Law } from "./Law.ts"
import { brokenReply } from "./laws/create/brokenReply.ts"
import { busyDeclinesNobody } from "./laws/create/busyDeclinesNobody.ts"
import { firstContact } from "./laws/create/firstContact.ts"
import { limitsOnBothSides } from "./laws/create/limitsOnBothSides.ts"
import { lostReplyIsNeverResent } from "./laws/create/lostReply.ts"
import { oneKeyOnePayment } from "./laws/create/oneKeyOnePayment.ts"
import { purposeArrives } from "./laws/create/purposeArrives.ts"
import { refusalDeclines } from "./laws/create/refusalDeclines.ts"
import { repeatedCreate } from "./laws/create/repeatedCreate.ts"
import { undeclaredPricing } from "./laws/create/undeclaredPricing.ts"
import { delivers } from "./laws/driver/delivers.ts"
import { keepsTime } from "./laws/driver/keepsTime.ts"
import { showsCalls } from "./laws/driver/showsCalls.ts"
import { startsAnew } from "./laws/driver/startsAnew.ts"
import { banks } from "./laws/extras/banks.ts"
import { check } from "./laws/extras/check.ts"
import { issueInvoice } from "./laws/extras/issueInvoice.ts"
import { list } from "./laws/extras/list.ts"
import { payout } from "./laws/extras/payout.ts"
import { lostRepayments } from "./laws/repayments/lost.ts"
import { repaymentsAreTold } from "./laws/repayments/told.ts"
import { reconcileUnites } from "./laws/extras/reconcile.ts"
import { refund } from "./laws/extras/refund.ts"
import { amountEvidence } from "./laws/money/amountEvidence.ts"
import { everyCentArrives } from "./laws/money/everyCentArrives.ts"
import { quantityCounts } from "./laws/money/quantityCounts.ts"
import { reversalAfterPaid } from "./laws/money/reversalAfterPaid.ts"
import { reversalInSilence } from "./laws/money/reversalInSilence.ts"
import { secondMoney } from "./laws/money/secondMoney.ts"
import { staleAttempt } from "./laws/money/staleAttempt.ts"
import { truthAgreement } from "./laws/money/truthAgreement.ts"
import { wrongCurrency } from "./laws/money/wrongCurrency.ts"
import { wrongSum } from "./laws/money/wrongSum.ts"
import { acknowledgeAfterCommit } from "./laws/notices/acknowledgeAfterCommit.ts"
import { anyOrderOfNotices } from "./laws/notices/anyOrderOfNotices.ts"
import { duplicateNotice } from "./laws/notices/duplicateNotice.ts"
import { forgedNotice } from "./laws/notices/forgedNotice.ts"
import { hintMovesNoMoney } from "./laws/notices/hintMovesNoMoney.ts"
import { hostileMemory } from "./laws/notices/hostileMemory.ts"
import { hostileNotice } from "./laws/notices/hostileNotice.ts"
import { noticeFindsTheLost } from "./laws/notices/noticeFindsTheLost.ts"
import { returnMovesNoMoney } from "./laws/notices/returnMovesNoMoney.ts"
import { timeOfTheFact } from "./laws/notices/timeOfTheFact.ts"
import { consentEcho } from "./laws/payer/consentEcho.ts"
import { languages } from "./laws/payer/languages.ts"
import { nextActions } from "./laws/payer/nextActions.ts"
import { builtForThisPort } from "./laws/port/builtForThisPort.ts"
import { calledByItsId } from "./laws/port/calledByItsId.ts"
import { capabilities } from "./laws/port/capabilities.ts"
import { documentedFacts } from "./laws/port/documentedFacts.ts"
import { ordersCover } from "./laws/port/ordersCover.ts"
import { outcomes } from "./laws/port/outcomes.ts"
import { brokenDocument } from "./laws/receipts/brokenDocument.ts"
import { receiptBelongs } from "./laws/receipts/receiptBelongs.ts"
import { nothingLeaks } from "./laws/secrecy/nothingLeaks.ts"
import { absence } from "./laws/state/absence.ts"
import { actedPayer } from "./laws/state/actedPayer.ts"
import { coalescedQuestions } from "./laws/state/coalescedQuestions.ts"
import { deadline } from "./laws/state/deadline.ts"
import { eachChannel } from "./laws/state/eachChannel.ts"
import { earliestQuery } from "./laws/state/earliestQuery.ts"
import { lateMoney } from "./laws/state/lateMoney.ts"
import { lateNews } from "./laws/state/lateNews.ts"
import { lostNotices } from "./laws/state/lostNotices.ts"
import { provisionalIsNotHard } from "./laws/state/provisionalIsNotHard.ts"
import { replayEqualsState } from "./laws/state/replayEqualsState.ts"
import { softWindows } from "./laws/state/softWindows.ts"
import { unknownWord } from "./laws/state/unknownWord.ts"
import { withdrawal } from "./laws/state/withdrawal.ts"
import { anotherPayment } from "./laws/trouble/anotherPayment.ts"
import { brokenStatus } from "./laws/trouble/brokenStatus.ts"
import { credentials } from "./laws/trouble/credentials.ts"

/** A group of laws, as the documentation shows them. */
export interface LawArea {
  readonly name: string
  readonly laws: ReadonlyArray<Law>
}

/** Every law by area; what others build on comes first, and what is quick before what is slow. */
export const lawAreas: ReadonlyArray<LawArea> = [
  {
    name: "Port and manifest",
    laws: [builtForThisPort, calledByItsId, documentedFacts, ordersCover, capabilities, outcomes]
  },
  { name: "The driver", laws: [startsAnew, keepsTime, delivers, showsCalls] },
  {
    name: "Starting a payment",
    laws: [
      firstContact,
      oneKeyOnePayment,
      limitsOnBothSides,
      purposeArrives,
      undeclaredPricing,
      refusalDeclines,
      repeatedCreate,
      busyDeclinesNobody,
      lostReplyIsNeverResent,
      brokenReply
    ]
  },
  { name: "The payer", laws: [nextActions, actedPayer, languages, consentEcho, returnMovesNoMoney] },
  {
    name: "Notices",
    laws: [
      duplicateNotice,
      hintMovesNoMoney,
      forgedNotice,
      acknowledgeAfterCommit,
      noticeFindsTheLost,
      hostileNotice,
      hostileMemory,
      timeOfTheFact,
      anyOrderOfNotices
    ]
  },
  {
    name: "Money",
    laws: [
      truthAgreement,
      everyCentArrives,
      quantityCounts,
      amountEvidence,
      wrongSum,
      wrongCurrency,
      staleAttempt,
      secondMoney,
      reversalAfterPaid,
      reversalInSilence
    ]
  },
  {
    name: "State and time",
    laws: [
      unknownWord,
      lateMoney,
      provisionalIsNotHard,
      withdrawal,
      deadline,
      coalescedQuestions,
      earliestQuery,
      replayEqualsState,
      absence,
      lostNotices,
      eachChannel,
      lateNews,
      softWindows
    ]
  },
  { name: "Receipts", laws: [receiptBelongs, brokenDocument] },
  {
    name: "Further capabilities",
    laws: [banks, check, refund, payout, repaymentsAreTold, lostRepayments, list, reconcileUnites, issueInvoice]
  },
  { name: "Trouble", laws: [credentials, brokenStatus, anotherPayment] },
  { name: "Secrecy", laws: [nothingLeaks] }
]

/** Every law of a provider, in the order in which they are tried. */
export const providerLaws: ReadonlyArray<Law> = lawAreas.flatMap(({ laws }) => laws)
