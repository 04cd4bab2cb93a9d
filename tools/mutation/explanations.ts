/** Why a mutant that no test noticed is no hole, found by its file and by what stood there. */
export interface Explanation {
  readonly file: string
  /** A part of the original code. */
  readonly from: string
  /** A part of the replacement, where one place has several. */
  readonly to?: string
  readonly why: string
}

export const explanations: ReadonlyArray<Explanation> = [
  {
    file: "Money.ts",
    from: '""',
    why: "The default for a group that the pattern always gives; it is there for the type alone."
  },
  {
    file: "Money.ts",
    from: "value.minorUnits < 0n",
    to: "value.minorUnits <= 0n",
    why: "The absolute value of nothing is nothing, whichever branch gives it."
  },
  {
    file: "combine.ts",
    from: "compare(undone, received) > 0",
    to: ">= 0",
    why: "Where both are equal, both branches give the same sum."
  },
  {
    file: "combine.ts",
    from: "received === undefined",
    to: "false",
    why: "What went back is counted only of attempts that brought money, so without received money nothing is undone."
  },
  {
    file: "evidence.ts",
    from: "facts.submittedAt !== undefined",
    why: "Without a time the comparison is with NaN and false; the check is there for the type."
  },
  {
    file: "fold.ts",
    from: "a.digest < b.digest",
    why: "Entries are kept by digest, so two equal ones never meet."
  },
  {
    file: "fold.ts",
    from: "a.digest > b.digest",
    why: "Digests differ, and a sort moves an entry only on a negative answer: a zero leaves the pair as right as a one."
  },
  {
    file: "fold.ts",
    from: '""',
    why: "Any word that no operation or sum has serves as the place of an absent one; it is never shown."
  },
  {
    file: "fold.ts",
    from: 'evidence !== "mismatched"',
    why: "Money without a sum is never mismatched, and with a sum the book knows one unless the currency is foreign."
  },
  {
    file: "fold.ts",
    from: '"mismatched"',
    why: "See the line above: money without a sum is never mismatched."
  },
  {
    file: "fold.ts",
    from: "says.amount === undefined",
    why: "A named sum that is not mismatched is in the book, so the last condition is false already."
  },
  {
    file: "fold.ts",
    from: 'evidence === "settled"',
    why: "Money settles a paid attempt only, and a missing part has led out of paid before."
  },
  {
    file: "fold.ts",
    from: '"settled"',
    why: "See the line above: what is settled was not underpaid."
  },
  {
    file: "fold.ts",
    from: "total === undefined",
    why: "Set only where the book knows no sum; kept beside it so that the answer can be read alone."
  },
  {
    file: "fold.ts",
    from: '"created"',
    why: "Whoever asks for an action moves the attempt on, so no action is open in this state; listed for the reader."
  },
  {
    file: "fold.ts",
    from: '"submitted"',
    why: "Whoever asks for an action moves the attempt on, so no action is open in this state; listed for the reader."
  },
  {
    file: "fold.ts",
    from: '"processing"',
    why: "Whoever asks for an action moves the attempt on, so no action is open in this state; listed for the reader."
  },
  {
    file: "moneyBook.ts",
    from: "known !== undefined",
    why: "No sum is less than an unknown one; the check is there for the type."
  },
  {
    file: "moneyBook.ts",
    from: "named > all - others",
    why: "Where both are equal, both branches give the same sum."
  },
  {
    file: "moneyBook.ts",
    from: "amount > (this.#undone",
    why: "Writing the same sum again changes nothing."
  }
]
