import { turnBackEvents } from "./outbox.ts"
import type { Scope } from "./Scope.ts"
import { turnBackWork } from "./work.ts"

const NAME = "latest_pass"
/** Differences up to this are those of clocks that run well, milliseconds. */
const LEEWAY = 60_000
/** How exactly passes are noted, milliseconds: most of them write nothing. */
const EXACTNESS = 10_000

/** Kept in the store, so that a restart does not hide that the clock was set back, and of several processes one moves what is due. */
export const followClock = async (scope: Scope, now: number): Promise<void> => {
  const row = await scope.trx
    .selectFrom("store_meta")
    .select("value")
    .where("name", "=", NAME)
    .$if(scope.dialect.locksRows, (query) => query.forUpdate())
    .executeTakeFirst()
  const latest = row === undefined ? undefined : Number(row.value)
  if (latest !== undefined && latest - LEEWAY <= now && now < latest + EXACTNESS) return
  if (latest !== undefined && now < latest) {
    await turnBackWork(scope, latest - now)
    await turnBackEvents(scope, latest - now)
  }
  await scope.trx
    .insertInto("store_meta")
    .values({ name: NAME, value: String(now) })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ value: String(now) }))
    .execute()
}
