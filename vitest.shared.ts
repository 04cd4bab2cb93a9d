import { defineConfig, type ViteUserConfig } from "vitest/config"

/** Settings that every package's tests share. Results also go to a file, from which `npm test` adds up its last line. */
export const project = (name: string, test: ViteUserConfig["test"] = {}): ViteUserConfig =>
  defineConfig({
    resolve: { conditions: ["@maksa/source"] },
    ssr: { resolve: { conditions: ["@maksa/source"] } },
    test: {
      name,
      include: ["test/**/*.test.ts"],
      testTimeout: 30_000,
      hookTimeout: 60_000,
      reporters: ["default", ["json", { outputFile: "test-results/results.json" }]],
      ...test
    }
  })
