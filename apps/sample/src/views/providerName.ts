import { manifest as ecommpayLv } from "@maksa/provider-ecommpay-lv"
import { manifest as vissMm } from "@maksa/provider-viss-mm"

/** The provider as people know it. */
export const providerName = (instance: string): string =>
  [vissMm, ecommpayLv].find(({ id }) => id === instance)?.displayName ?? instance
