// Every test of a target in one file: a worker and its imports for each mutant cost more than the tests.
import { it } from "vitest"

const files = (process.env["MAKSA_MUTATION_TESTS"] ?? "").split(",")
for (const file of files) {
  try {
    await import(/* @vite-ignore */ `../../${file}`)
  } catch (error) {
    // A mutant that breaks a test file while it loads is noticed; Stryker would count it as an error of the run.
    it(`${file} loads`, () => {
      throw error
    })
  }
}
