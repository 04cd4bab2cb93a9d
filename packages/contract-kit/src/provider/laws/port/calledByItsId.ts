import assert from "node:assert/strict"
import type { Law } from "../../Law.ts"

export const calledByItsId: Law = {
  id: "called-by-its-id",
  sentence: "An adapter that nobody renamed is called as its manifest says, and is not tried with citizens' money.",
  reason: "Records, routes and webhook addresses name the adapter for years.",
  duty: "Give `instance` the manifest's `id`, in lower case with hyphens; applications rename it with `named`.",
  about: ["id"],
  once: true,
  check: async ({ manifest, provider }) => {
    assert.match(manifest.id, /^[a-z0-9]+(?:-[a-z0-9]+)*$/, "`id` has lower-case letters, digits and single hyphens")
    assert.equal(provider.instance, manifest.id, "a provider that nobody renamed is called as the manifest's `id`")
    assert.notEqual(provider.environment, "live", "a contract is never tried with citizens' money")
  }
}
