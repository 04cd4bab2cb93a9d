/** A merchant's account at the provider. */
export interface Account {
  readonly id: string
  readonly key: string
  readonly keyExpiresAt: number
  readonly secret: string
}

export interface Accounts {
  /** The account under test. */
  readonly own: Account
  /** Another merchant of the same provider. */
  readonly other: Account
  /** A key of the own account whose time is over. */
  readonly expiredKey: string
}

const day = 86_400_000

export const makeAccounts = (next: () => string, now: number): Accounts => ({
  own: { id: "acc-1001", key: `key-${next()}`, keyExpiresAt: now + 365 * day, secret: `secret-${next()}` },
  other: { id: "acc-2002", key: `key-${next()}`, keyExpiresAt: now + 365 * day, secret: `secret-${next()}` },
  expiredKey: `key-${next()}`
})
