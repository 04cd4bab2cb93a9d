import { type ProviderContract, providerContract, type Trial, trialsOf } from "@maksa/contract-kit"
import type { Manifest } from "@maksa/core"
import { assert, it } from "vitest"
import { contract, decliningContract, reversingContract } from "./contract.ts"

// The ways to order differ in `create`, the projects in what a success is worth. So the usual project is tried with every
// law in every way, and each other one with every law in one way; only what is about promised money, which the usual
// project never speaks of, is tried there in every way.
const isLeftOut = ({ law, order }: Trial, way: string): boolean =>
  law.once !== true && law.id !== "provisional-is-not-hard" && order.name !== way
const others = [
  { own: decliningContract, way: "by Payment Page" },
  { own: reversingContract, way: "by Gate" }
]

providerContract(contract)
for (const { own, way } of others) {
  providerContract(
    own,
    trialsOf(own).filter((trial) => !isLeftOut(trial, way))
  )
}

const manifestOf = async (own: ProviderContract): Promise<Manifest> => {
  await using driver = await own.driver()
  return own.make(driver).manifest
}

it("leaves out at one project only what is tried at the usual one", async () => {
  const usual = await manifestOf(contract)
  for (const { own, way } of others) {
    const manifest = await manifestOf(own)
    const left = trialsOf(own).filter((trial) => isLeftOut(trial, way))
    assert.isNotEmpty(left)
    for (const { law, order } of left) {
      if (law.exempt?.(manifest, order) !== undefined) continue
      assert.isUndefined(law.exempt?.(usual, order), `${law.id}, ${order.name}: ${own.name}`)
    }
  }
})
