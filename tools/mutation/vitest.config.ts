import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

// Runs in the copy of the repository that Stryker makes. `MAKSA_MUTATION_TESTS` names the test files, from the root.
export default defineConfig({
  root: at("../.."),
  resolve: {
    conditions: ["@maksa/source"],
    alias: [
      { find: /^fast-check$/, replacement: at("./fewerRuns.ts") },
      { find: /^fast-check\/original$/, replacement: at("../../node_modules/fast-check") }
    ]
  },
  ssr: { resolve: { conditions: ["@maksa/source"] } },
  test: { include: ["tools/mutation/all.test.ts"], testTimeout: 30_000 }
})
