// Every test of a target in one file: a worker and its imports for each mutant cost more than the tests.
const files = (process.env["MAKSA_MUTATION_TESTS"] ?? "").split(",")
for (const file of files) await import(/* @vite-ignore */ `../../${file}`)
