const names: Readonly<Record<string, string>> = { "viss-mm": "VISS MM", "ecommpay-lv": "ecommpay" }

/** The provider as people know it. */
export const providerName = (instance: string): string => names[instance] ?? instance
