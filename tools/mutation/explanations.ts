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
    from: "compare(a, b) < 0",
    to: "<= 0",
    why: "Of two equal sums either is the greater one."
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
    from: '""',
    why: "Any word that no operation or sum has serves as the place of an absent one; it is never shown."
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
  },
  {
    file: "moneyBook.ts",
    from: "this.#unnamed !== undefined",
    to: "true",
    why: "Nothing is kept under no operation; the check is there for the type."
  },
  {
    file: "CanonicalText.ts",
    from: "i < members.length",
    why: "The item behind the last is undefined and passed over."
  },
  {
    file: "CanonicalText.ts",
    from: "member === undefined",
    why: "Never undefined; and what is not signed adds no line when it is walked."
  },
  {
    file: "CanonicalText.ts",
    from: "prefix + keyBytes > this.path.length",
    to: ">=",
    why: "Growing one byte early changes no text."
  },
  {
    file: "CanonicalText.ts",
    from: "needed > this.out.length",
    to: ">=",
    why: "Growing one byte early changes no text."
  },
  {
    file: "CanonicalText.ts",
    from: "!this.isSorted",
    to: "true",
    why: "Lines that are noted though nothing will be sorted are not read."
  },
  {
    file: "JsonNode.ts",
    from: "members.length > INSERTION_LIMIT",
    why: "Decides only how the keys are sorted, quickly for few or for many, not their order."
  },
  {
    file: "JsonNode.ts",
    from: "members.sort",
    why: "Decides only how the keys are sorted, quickly for few or for many, not their order."
  },
  {
    file: "JsonNode.ts",
    from: "i === 0",
    to: "false",
    why: "The member before the first is undefined as well."
  },
  {
    file: "JsonNode.ts",
    from: "member === undefined",
    why: "Never undefined within the bounds of the loop; the check is there for the type."
  },
  {
    file: "JsonNode.ts",
    from: "previous === undefined",
    why: "Never undefined within the bounds of the loop; the check is there for the type."
  },
  {
    file: "JsonNode.ts",
    from: "false",
    to: "true",
    why: "Beside checks that are there for the type: never reached."
  },
  {
    file: "JsonNode.ts",
    from: "order < 0",
    to: "<=",
    why: "An order of 0 has returned on the line before."
  },
  {
    file: "JsonScanner.ts",
    from: "[]",
    to: "Stryker",
    why: "Text among the members is not signed, and sorts behind them: no member is lost by it."
  },
  {
    file: "JsonScanner.ts",
    from: "false",
    to: "true",
    why: "The scan goes on at the opening quote, which nothing may follow there: it ends in not_json all the same."
  },
  {
    file: "JsonScanner.ts",
    from: "this.hasOnlyPlainKeys &&",
    why: "Once a key was not plain, asking again or setting it again changes nothing."
  },
  {
    file: "JsonScanner.ts",
    from: "byte === 0x5c",
    to: "true",
    why: "Decoding text without escapes gives the same text, more slowly."
  },
  {
    file: "JsonValue.ts",
    from: "i < end",
    to: "<=",
    why: "One byte more can only choose the slower of two readings of the same text."
  },
  {
    file: "JsonValue.ts",
    from: ">= 0x80",
    why: "No UTF-8 text beyond ASCII is without a byte over 0x80; and UTF-8 reads ASCII alike, more slowly."
  },
  {
    file: "canonicalLines.ts",
    from: "broken?.path",
    to: "broken.path",
    why: "Where the text holds half a pair a line does; the check is there for the type."
  },
  {
    file: "canonicalLines.ts",
    from: '""',
    why: "A default for what is always there, for the type alone."
  },
  {
    file: "canonicalLines.ts",
    from: "true",
    to: "false",
    why: "Sorting what is sorted changes nothing."
  },
  {
    file: "canonicalLines.ts",
    from: "keys.every(isPlainName)",
    to: "false",
    why: "Sorting all paths gives the order of sorting plain keys, more slowly."
  },
  {
    file: "canonicalLines.ts",
    from: '":"',
    to: '""',
    why: "Doubling the colons of a key that has none changes nothing."
  },
  {
    file: "canonicalLines.ts",
    from: "collector.isSorted",
    to: "false",
    why: "Sorting what is sorted changes nothing."
  },
  {
    file: "plainText.ts",
    from: "keys.length >= SORT_NATIVELY_FROM",
    why: "Decides only how the keys are sorted, quickly for few or for many, not their order."
  },
  {
    file: "plainText.ts",
    from: "keys.sort()",
    why: "Decides only how the keys are sorted, quickly for few or for many, not their order."
  },
  {
    file: "plainText.ts",
    from: "to > 0",
    to: ">=",
    why: "No key is less than the empty text that stands before the first."
  },
  {
    file: "plainText.ts",
    from: "previous < key",
    to: "<=",
    why: "The keys of an object differ."
  },
  {
    file: "plainText.ts",
    from: '""',
    why: "A default for what is always there, for the type alone."
  },
  {
    file: "plainText.ts",
    from: "knownNames",
    why: "A name that is not remembered is looked at again: the same, more slowly."
  },
  {
    file: "plainText.ts",
    from: "name.length <= MAX_KNOWN_LENGTH",
    why: "A name that is not remembered is looked at again: the same, more slowly."
  },
  {
    file: "sdkRules.ts",
    from: '""',
    why: "A default for what is always there, for the type alone; at the root the path is not read."
  },
  {
    file: "sdkRules.ts",
    from: "Number(key) - Number(other)",
    why: "A JavaScript object has its indexes in this order already."
  },
  {
    file: "sdkRules.ts",
    from: "-1",
    why: "A JavaScript object has its indexes first already."
  },
  {
    file: "sdkRules.ts",
    from: "b.keys[level]",
    why: "No line's path is the beginning of another's, so that both have a key wherever one has."
  },
  {
    file: "sdkRules.ts",
    from: "exponent < 0",
    to: "<=",
    why: "Numbers with the exponent 0 are written without one."
  },
  {
    file: "sdkRules.ts",
    from: "key < other",
    to: "<=",
    why: "Equal keys were passed over on the line before."
  },
  {
    file: "hmac.ts",
    from: "known !== undefined",
    to: "false",
    why: "A key that is not remembered is made again: the same, more slowly."
  },
  {
    file: "hmac.ts",
    from: "keys.size < MAX_KEYS",
    why: "A key that is not remembered is made again: the same, more slowly."
  },
  {
    file: "hmac.ts",
    from: "keys.set(secret, key)",
    why: "A key that is not remembered is made again: the same, more slowly."
  },
  {
    file: "hmac.ts",
    from: "BLOCK + most <= space.length",
    why: "Decides only where the message is put together."
  },
  {
    file: "hmac.ts",
    from: "16 * 1024",
    why: "Decides only where the message is put together."
  },
  {
    file: "hmac.ts",
    from: 'typeof message === "string"',
    to: "true",
    why: "Three times the length of bytes is more room than they need."
  },
  {
    file: "check.ts",
    from: '"not_json"',
    why: "A scan without a root always says its problem; the default is there for the type."
  },
  {
    file: "check.ts",
    from: '"too_large"',
    why: "Noticed by limits.test.ts, which is too slow for each mutant."
  },
  {
    file: "check.ts",
    from: "canonical === undefined",
    to: "false",
    why: "Noticed by limits.test.ts, which is too slow for each mutant."
  },
  {
    file: "check.ts",
    from: "root.kind !== OBJECT",
    to: "false",
    why: "Only an object at the root, or its general, sets the signature that is asked for next."
  },
  {
    file: "evidence.ts",
    from: '"consented"',
    why: "Left out before weighing; listed so that every claim has its line."
  },
  {
    file: "foldRepayment.ts",
    from: "says._tag ===",
    why: "The table has no line for words that move nothing, so that they lead nowhere all the same."
  },
  {
    file: "foldRepayment.ts",
    from: '"absent"',
    why: "The table has no line for words that move nothing, so that they lead nowhere all the same."
  },
  {
    file: "foldRepayment.ts",
    from: '"unknown_word"',
    why: "The table has no line for words that move nothing, so that they lead nowhere all the same."
  },
  {
    file: "foldRepayment.ts",
    from: "word === undefined",
    why: "The table has no line for words that move nothing, so that they lead nowhere all the same."
  },
  {
    file: "foldRepayment.ts",
    from: "cameBackAt !== undefined",
    to: "true",
    why: "Nothing is at most an absent time; the check is there for the type."
  },
  {
    file: "foldRepayment.ts",
    from: "[]",
    why: "A text among the words has none, and leads nowhere."
  },
  {
    file: "foldRepayment.ts",
    from: 'entry.says._tag === "done"',
    to: "true",
    why: "The other words name no sum."
  },
  {
    file: "foldRepayment.ts",
    from: "a.entry.digest",
    why: "Words are kept by digest, so two equal ones never meet."
  },
  {
    file: "moneyBook.ts",
    from: "before !== undefined",
    to: "true",
    why: "Nothing is more than an absent sum; the check is there for the type."
  },
  {
    file: "fold.ts",
    from: "false",
    to: "true",
    why: "Whose word an end is, the change that leads there says."
  },
  {
    file: "jsonString.ts",
    from: "byte >= 0x30",
    to: "true",
    why: "A byte below gives a negative number, which is no digit either."
  },
  {
    file: "jsonString.ts",
    from: "-1",
    to: "+1",
    why: "Compared only with 0xdc00: both are less."
  },
  {
    file: "jsonString.ts",
    from: "point - 0xd800",
    to: "+",
    why: "The difference is in bits that no byte of the text keeps."
  },
  {
    file: "/signature.ts",
    from: '"not_json"',
    why: "A scan without a root always says its problem; the default is there for the type."
  },
  {
    file: "/signature.ts",
    from: '"too_large"',
    why: "Noticed by limits.test.ts, which is too slow for each mutant."
  },
  {
    file: "/signature.ts",
    from: "canonical === undefined",
    to: "false",
    why: "Noticed by limits.test.ts, which is too slow for each mutant."
  },
  {
    file: "/signature.ts",
    from: "[]",
    to: "Stryker",
    why: "An exception for a path that no body has."
  },
  {
    file: "/signature.ts",
    from: "root.kind !== OBJECT",
    to: "false",
    why: "Only an object at the root, or its general, sets the signature that is asked for next."
  },
  {
    file: "keyNames.ts",
    from: "{ length: 256 }",
    why: "A list that grows when it is written has the same undefined elsewhere."
  },
  {
    file: "mac.ts",
    from: "secrets.length - 1",
    to: "+",
    why: "Behind the last secret there is none, which is passed over."
  },
  {
    file: "mac.ts",
    from: "secret === undefined",
    to: "false",
    why: "What is not text is no secret; the check is there for the type."
  },
  {
    file: "naturalOrder.ts",
    from: "a < aEnd",
    why: "Behind the end counts as byte 0 and as the end, however far behind."
  },
  {
    file: "naturalOrder.ts",
    from: "b < bEnd",
    why: "Behind the end counts as byte 0 and as the end, however far behind."
  }
]
