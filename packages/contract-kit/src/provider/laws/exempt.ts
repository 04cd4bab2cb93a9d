// Why a manifest does not call for a law, in words that name the field.
import type { ExtraName, Manifest } from "@maksa/core"
import type { Law } from "../Law.ts"

type Exempt = Pick<Law, "exempt" | "exemptWhen">

export const unlessExtra = (extra: ExtraName): Exempt => ({
  exempt: ({ extras }) => (extras[extra] === false ? `the manifest does not declare \`extras.${extra}\`` : undefined),
  exemptWhen: `\`extras.${extra}\` is false`
})

export const unlessOutcome = (...outcomes: ReadonlyArray<Manifest["outcomes"][number]>): Exempt => {
  const names = outcomes.map((one) => `\`${one}\``).join(" and ")
  return {
    exempt: (manifest) =>
      outcomes.every((one) => manifest.outcomes.includes(one))
        ? undefined
        : `the manifest's \`outcomes\` have not ${names}`,
    exemptWhen: `\`outcomes\` have not ${names}`
  }
}

/** `create` prepares an order without a call: there is no reply to spoil. */
export const unlessCalling: Exempt = {
  exempt: (manifest, order) =>
    order.firstContact === "payer"
      ? `the manifest's \`firstContact\` is \`${manifest.firstContact}\`: this order makes no call`
      : undefined,
  exemptWhen: "the order's first contact is the payer (`firstContact`)"
}

/** The sum is the provider's to say, so there is none to compare with. */
export const unlessPriced: Exempt = {
  exempt: (manifest, order) =>
    manifest.amountEvidence === "none"
      ? "the manifest's `amountEvidence` is `none`: no sum is ever named"
      : order.amount === undefined && order.lines?.some((line) => !("amount" in line)) === true
        ? "the manifest's `pricing.tariff`: the provider prices this order"
        : undefined,
  exemptWhen: "the provider prices the order (`pricing.tariff`), or names no sum (`amountEvidence` is `none`)"
}
