/** Sources in which no change may go unnoticed, and the tests that must notice. Patterns are from the root. */
export interface Target {
  readonly name: string
  readonly mutate: ReadonlyArray<string>
  readonly tests: ReadonlyArray<string>
  /** Tests of millions of cases: too slow for each mutant, and the properties beside them find the same. */
  readonly tooSlow: string
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
    tooSlow: "packages/core/test/lifecycle/permutations.test.ts"
  },
  {
    name: "signature",
    mutate: [
      "packages/provider-ecommpay-lv/src/signature.ts",
      "packages/provider-ecommpay-lv/src/internal/signature/*.ts"
    ],
    tests: ["packages/provider-ecommpay-lv/test/signature/*.test.ts"],
    tooSlow: "packages/provider-ecommpay-lv/test/signature/flips.test.ts"
  }
]

/** Where Stryker leaves what became of each mutant, from the root. */
export const resultOf = ({ name }: Pick<Target, "name">): string => `.stryker/${name}.json`
