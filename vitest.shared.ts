import { defineConfig, type ViteUserConfig } from "vitest/config"

/** Settings that every package's tests share. Results also go to a file, from which `npm test` adds up its last line. */
export const project = (name: string, test: ViteUserConfig["test"] = {}): ViteUserConfig =>
  defineConfig({
    resolve: { conditions: ["@maksa/source"] },
    ssr: { resolve: { conditions: ["@maksa/source"] } },
    test: {
      name,
      include: ["test/**/*.test.ts"],
      // Tests of one package run in one process after another: what is loaded once serves every file.
      isolate: false,
      testTimeout: 30_000,
      hookTimeout: 60_000,
      reporters: ["default", ["json", { outputFile: "test-results/results.json" }]],
      ...test
    }
  })
