import { type ProviderContract, type Trial, trialsOf } from "@maksa/contract-kit"
import type { Manifest } from "@maksa/core"

/**
 * Each law in the first way to order that calls for it. The ways differ in the price lines alone, which are the same text
 * in every service; over SOAP and JSON every law is tried in every way.
 */
export const inOneWay = (contract: ProviderContract, manifest: Manifest): ReadonlyArray<Trial> => {
  const isCalledFor = ({ law, order }: Trial): boolean => law.exempt?.(manifest, order) === undefined
  const all = trialsOf(contract)
  return all.filter((trial) => {
    const ways = all.filter(({ law }) => law === trial.law)
    return trial === (ways.find(isCalledFor) ?? ways[0])
  })
}
