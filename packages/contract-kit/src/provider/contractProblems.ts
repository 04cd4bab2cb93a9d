// What is missing in a contract or a driver, before anything is tried: whoever writes JavaScript, or casts, learns it here.
import type { ProviderContract } from "./ProviderContract.ts"
import type { ProviderFacts, SandboxDriver } from "./SandboxDriver.ts"

/** What a member must be, and what it is for. */
type Need = readonly [kind: "function" | "object" | "string", path: string, purpose: string]

const ofContract: ReadonlyArray<Need> = [
  ["string", "name", "what reports call the adapter"],
  ["function", "driver", "opens the simulator and answers its driver"],
  ["function", "make", "answers the provider, configured for the simulator"],
  ["object", "scenarios", "the orders to try"],
  ["function", "scenarios.personal", "answers an order with every personal field that the provider takes"],
  ["function", "secrets", "answers the secrets of the configuration, which the kit searches for"]
]

const facts: Readonly<Record<Exclude<keyof ProviderFacts, "displayName" | "clockToleranceSeconds">, true>> = {
  overturnSeconds: true,
  tellsOfWork: true,
  earliestQuerySeconds: true,
  watch: true,
  absenceProvesAfter: true,
  limits: true,
  receiptFormats: true
}

const ofDriver: ReadonlyArray<Need> = [
  ["string", "name", "what reports call the simulator"],
  ["object", "facts", "what the provider's document says"],
  ["function", "now", "the simulator's clock"],
  ["function", "advance", "moves the clock and delivers what is due"],
  ["function", "reset", "back to the start"],
  ["function", "act", "what a payer does"],
  ["function", "turn", "what happens at the provider"],
  ["function", "truth", "the provider's books"],
  ["function", "notices.hold", "keeps messages back"],
  ["function", "notices.release", "sends messages again"],
  ["function", "notices.list", "every message"],
  ["function", "notices.forge", "a message broken in one way"],
  ["function", "notices.isRetriedAfter", "whether the provider sends again"],
  ["function", "faults.kinds", "what can go wrong"],
  ["function", "faults.plan", "lets something go wrong"],
  ["function", "faults.clear", "ends what was planned"],
  ["function", "calls", "calls that reached the provider"]
]

const at = (value: unknown, path: string): unknown =>
  path
    .split(".")
    .reduce<unknown>(
      (whole, name) =>
        typeof whole === "object" && whole !== null ? (Reflect.get(whole, name) as unknown) : undefined,
      value
    )

const missing = (value: unknown, needs: ReadonlyArray<Need>): ReadonlyArray<string> =>
  needs.flatMap(([kind, path, purpose]) => {
    const member = at(value, path)
    return typeof member === kind && member !== null
      ? []
      : [`\`${path}\` must be ${kind === "object" ? "an object" : `a ${kind}`}: ${purpose}.`]
  })

/** Says, one sentence each, what a contract lacks; nothing where it can be tried. */
export const contractProblems = (contract: unknown): ReadonlyArray<string> => {
  if (typeof contract !== "object" || contract === null) {
    return ["A contract is what `defineProviderContract({ name, driver, make, scenarios, secrets })` answers."]
  }
  const orders = at(contract, "scenarios.orders")
  const hasOrders = Array.isArray(orders) && orders.length > 0
  return [
    ...missing(contract, ofContract),
    ...(hasOrders ? [] : ["`scenarios.orders` must hold at least one order: without one no law is tried."])
  ]
}

/** Says, one sentence each, what a driver lacks. */
export const driverProblems = (driver: unknown): ReadonlyArray<string> => {
  if (typeof driver !== "object" || driver === null) return ["`driver` of the contract must answer a `SandboxDriver`."]
  const unknown = Object.keys(facts).filter((name) => at(driver, `facts.${name}`) === undefined)
  return [
    ...missing(driver, ofDriver),
    ...unknown.map((name) => `\`facts.${name}\` is missing: write it from the provider's document.`),
    ...(Symbol.asyncDispose in driver ? [] : ["`[Symbol.asyncDispose]` must be a function: ends the simulator."])
  ]
}

const refuse = (what: string, problems: ReadonlyArray<string>): void => {
  if (problems.length > 0) throw new TypeError([`${what} cannot be tried:`, ...problems].join("\n- "))
}

/** Throws a `TypeError` that lists everything that is missing. */
export const requireContract = (contract: ProviderContract): void => {
  const name = at(contract, "name")
  refuse(`The contract ${typeof name === "string" ? name : "without a name"}`, contractProblems(contract))
}

/** Opens the simulator. Rejects with a `TypeError` that lists what the driver lacks. */
export const openDriver = async (contract: ProviderContract): Promise<SandboxDriver> => {
  const driver = await contract.driver()
  refuse(`The driver of ${contract.name}`, driverProblems(driver))
  return driver
}
