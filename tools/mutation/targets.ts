/** Sources in which no change may go unnoticed, and the tests that must notice. Patterns are from the root. */
export interface Target {
  readonly name: string
  readonly mutate: ReadonlyArray<string>
  /** In the order in which they run: what notices most, soonest, comes first. */
  readonly tests: ReadonlyArray<string>
  /** Tests of millions of cases or bytes: too slow for each mutant, and the tests beside them find the same. */
  readonly tooSlow: ReadonlyArray<string>
  /** How large fast-check's values are; `small` is its default. */
  readonly size: "xsmall" | "small"
}

export const targets: ReadonlyArray<Target> = [
  {
    name: "core",
    mutate: ["packages/core/src/Money.ts", "packages/core/src/PriceLine.ts", "packages/core/src/lifecycle/*.ts"],
    tests: [
      "packages/core/test/lifecycle/*.test.ts",
      "packages/core/test/Money.test.ts",
      "packages/core/test/PriceLine.test.ts"
    ],
    tooSlow: ["packages/core/test/lifecycle/permutations.test.ts"],
    size: "small"
  },
  {
    name: "signature",
    mutate: [
      "packages/provider-ecommpay-lv/src/signature.ts",
      "packages/provider-ecommpay-lv/src/internal/signature/*.ts"
    ],
    tests: [
      "packages/provider-ecommpay-lv/test/signature/[!p]*.test.ts",
      "packages/provider-ecommpay-lv/test/signature/plainText.test.ts",
      "packages/provider-ecommpay-lv/test/signature/properties.test.ts"
    ],
    tooSlow: [
      "packages/provider-ecommpay-lv/test/signature/flips.test.ts",
      "packages/provider-ecommpay-lv/test/signature/limits.test.ts"
    ],
    size: "xsmall"
  }
]

/** Where Stryker leaves what became of each mutant, from the root. */
export const resultOf = ({ name }: Pick<Target, "name">): string => `.stryker/${name}.json`
