// Drivers that lie: a law that believes them proves nothing.
import { money } from "@maksa/core"
import type { SandboxDriver } from "../provider/SandboxDriver.ts"
import type { Saboteur } from "./Saboteur.ts"
import { replaced, spoilDriver, spoilManifest } from "./spoiling.ts"

const saboteur = (
  id: string,
  sentence: string,
  killedBy: string,
  spoil: Parameters<typeof spoilDriver>[0]
): Saboteur => ({
  id,
  sentence,
  kind: "driver",
  killedBy,
  spoil: spoilDriver(spoil)
})

const notices =
  (change: (right: SandboxDriver["notices"]) => Partial<SandboxDriver["notices"]>) => (right: SandboxDriver) => ({
    notices: replaced(right.notices, change(right.notices))
  })

const faults =
  (change: (right: SandboxDriver["faults"]) => Partial<SandboxDriver["faults"]>) => (right: SandboxDriver) => ({
    faults: replaced(right.faults, change(right.faults))
  })

/** A provider that prices nothing by tariff: what it must not be asked is refused without a call. */
const pricedByUs: NonNullable<Saboteur["from"]> = (contract) => {
  const [usual, ...others] = contract.scenarios.orders
  return spoilManifest((right) => ({ ...right, pricing: { amount: true, tariff: false } }))({
    ...contract,
    scenarios: { ...contract.scenarios, orders: [usual, ...others.filter(({ amount }) => amount !== undefined)] }
  })
}

const nothing = async () => undefined

export const driverSaboteurs: ReadonlyArray<Saboteur> = [
  saboteur("books-without-charges", "Shows books in which nobody was ever charged.", "truth-agreement", (right) => ({
    truth: async (attempt) => (await right.truth(attempt)).map((one) => ({ ...one, charged: [] }))
  })),
  saboteur(
    "books-without-returns",
    "Shows books in which no money ever went back.",
    "reversal-after-paid",
    (right) => ({
      truth: async (attempt) => (await right.truth(attempt)).map((one) => ({ ...one, undone: [] }))
    })
  ),
  saboteur("books-charged-twice", "Shows each charge twice.", "truth-agreement", (right) => ({
    truth: async (attempt) =>
      (await right.truth(attempt)).map((one) => ({ ...one, charged: [...one.charged, ...one.charged] }))
  })),
  saboteur("books-of-another", "Shows books in which the payment is called otherwise.", "first-contact", (right) => ({
    truth: async (attempt) => (await right.truth(attempt)).map((one) => ({ ...one, providerReference: "X" }))
  })),
  saboteur(
    "never-lists-messages",
    "Shows no messages of the provider.",
    "driver-delivers",
    notices(() => ({ list: async () => [] }))
  ),
  saboteur(
    "does-not-keep-messages-back",
    "Sends messages that it should keep back.",
    "driver-delivers",
    notices(() => ({ hold: nothing }))
  ),
  saboteur(
    "forges-nothing",
    "Gives the genuine message for a forged one.",
    "forged-notice-is-refused",
    notices(() => ({ forge: async (notice) => notice }))
  ),
  saboteur(
    "cannot-forge",
    "Says that no message can be forged.",
    "forged-notice-is-refused",
    notices(() => ({ forge: nothing }))
  ),
  saboteur(
    "always-retries",
    "Says that the provider tries again after every answer.",
    "duplicate-notice",
    notices(() => ({ isRetriedAfter: () => true }))
  ),
  saboteur(
    "spoils-no-call",
    "Plans faults that never happen.",
    "busy-declines-nobody",
    faults(() => ({ plan: nothing }))
  ),
  saboteur(
    "knows-no-faults",
    "Says that nothing can go wrong.",
    "busy-declines-nobody",
    faults(() => ({ kinds: () => [] }))
  ),
  saboteur(
    "has-a-clock-that-runs-by-itself",
    "Has a clock that moves when somebody looks at it.",
    "driver-keeps-time",
    (right) => {
      let looks = 0
      return { now: () => right.now() + 60_000 * looks++ }
    }
  ),
  saboteur("has-a-clock-that-stands", "Has a clock that does not move.", "driver-keeps-time", (right) => {
    const start = right.now()
    return { now: () => start, advance: nothing }
  }),
  saboteur("shows-no-calls", "Shows no calls.", "driver-shows-calls", () => ({ calls: async () => [] })),
  saboteur("all-calls-look-alike", "Shows the same digest for every call.", "repeated-order", (right) => ({
    calls: async () => (await right.calls()).map((call) => ({ ...call, digest: "0".repeat(64) }))
  })),
  saboteur("never-starts-anew", "Keeps everything when it is reset.", "driver-starts-anew", (right) => {
    let isFresh = true
    return {
      reset: async () => {
        if (isFresh) await right.reset()
        isFresh = false
      }
    }
  }),
  saboteur(
    "keeps-the-time-of-before",
    "Leaves the clock where it was when it is reset.",
    "driver-starts-anew",
    (right) => {
      let before = 0
      return {
        now: () => right.now() + before,
        reset: async () => {
          const now = right.now() + before
          await right.reset()
          before = Math.max(0, now - right.now())
        }
      }
    }
  ),
  saboteur("keeps-faults", "Keeps planned faults when it is reset.", "driver-starts-anew", (right) => {
    const planned: Array<Parameters<SandboxDriver["faults"]["plan"]>[0]> = []
    return {
      faults: replaced(right.faults, {
        plan: async (fault) => {
          planned.push(fault)
          await right.faults.plan(fault)
        },
        clear: async () => {
          planned.length = 0
          await right.faults.clear()
        }
      }),
      reset: async () => {
        await right.reset()
        for (const fault of planned) await right.faults.plan(fault)
      }
    }
  }),
  saboteur("goes-on-holding", "Goes on keeping messages back when it is reset.", "driver-starts-anew", (right) => {
    let isHeld = false
    return {
      notices: replaced(right.notices, {
        hold: async () => {
          isHeld = true
          await right.notices.hold()
        },
        release: async () => {
          isHeld = false
          await right.notices.release()
        }
      }),
      reset: async () => {
        await right.reset()
        if (isHeld) await right.notices.hold()
      }
    }
  }),
  saboteur("delivers-nothing", "Moves its clock, and delivers no message on the way.", "driver-delivers", (right) => ({
    advance: async (millis) => {
      await right.notices.hold()
      await right.advance(millis)
    },
    act: async (attempt, act) => {
      await right.notices.hold()
      return right.act(attempt, act)
    },
    turn: async (attempt, turn) => {
      await right.notices.hold()
      return right.turn(attempt, turn)
    }
  })),
  saboteur(
    "never-releases",
    "Goes on keeping messages back after it was told to release them.",
    "driver-delivers",
    (right) => ({
      notices: replaced(right.notices, { release: nothing })
    })
  ),
  saboteur("advances-by-seconds", "Takes milliseconds for seconds when it advances.", "driver-keeps-time", (right) => ({
    advance: (millis) => right.advance(Math.ceil(millis / 1000))
  })),
  saboteur("hides-questions", "Shows no call that only asked.", "driver-shows-calls", (right) => ({
    calls: async () => (await right.calls()).filter(({ operation }) => operation !== "status")
  })),
  saboteur("shows-calls-twice", "Shows each question twice.", "driver-shows-calls", (right) => ({
    calls: async () => (await right.calls()).flatMap((call) => (call.operation === "status" ? [call, call] : [call]))
  })),
  saboteur("shows-calls-of-no-time", "Shows every call at the beginning of time.", "driver-shows-calls", (right) => ({
    calls: async () => (await right.calls()).map((call) => ({ ...call, at: 0 }))
  })),
  saboteur("books-a-cent-short", "Shows books with a cent less than was charged.", "truth-agreement", (right) => ({
    truth: async (attempt) =>
      (await right.truth(attempt)).map((one) => ({
        ...one,
        charged: one.charged.map(({ currency, minorUnits }) => money(minorUnits - 1n, currency))
      }))
  })),
  saboteur("books-in-another-currency", "Shows books in another currency.", "amount-evidence", (right) => ({
    truth: async (attempt) =>
      (await right.truth(attempt)).map((one) => ({
        ...one,
        charged: one.charged.map(({ minorUnits }) => money(minorUnits, "USD"))
      }))
  })),
  saboteur(
    "works-in-silence",
    "Plays a payer who has acted as one who has not.",
    "acted-payer-is-not-asked-again",
    (right) => ({
      turn: async (attempt, turn) => (turn.to === "working" ? undefined : right.turn(attempt, turn))
    })
  ),
  saboteur("plays-no-turns", "Does nothing when the provider should act.", "provisional-is-not-hard", () => ({
    turn: nothing
  })),
  saboteur(
    "takes-the-asked-sum-always",
    "Lets the provider take the asked sum where another one was said.",
    "wrong-sum-is-never-paid",
    (right) => ({
      turn: (attempt, { amount: _amount, ...turn }) => right.turn(attempt, turn)
    })
  ),
  saboteur("pays-at-once", "Lets the payer pay by opening the page.", "first-contact", (right) => ({
    act: async (attempt, act) => {
      const page = await right.act(attempt, act)
      if (act === "open") await right.act(attempt, "pay")
      return page
    }
  })),
  saboteur(
    "shows-pages-in-one-language",
    "Says that every page is in Latvian.",
    "language-reaches-the-page",
    (right) => ({
      act: async (attempt, act) => ({ ...(await right.act(attempt, act)), language: "lv" })
    })
  ),
  saboteur(
    "agrees-with-every-consent",
    "Shows as consent what was shown, not what came.",
    "consent-goes-back-as-shown",
    (right) => ({
      truth: async (attempt) => {
        const action = attempt.nextAction
        const { consentText } = action?._tag === "collect" ? action : {}
        return (await right.truth(attempt)).map((one) => ({
          ...one,
          ...(consentText === undefined ? {} : { consentText })
        }))
      }
    })
  ),
  {
    id: "shows-calls-that-nobody-made",
    sentence: "Shows an order that nobody sent.",
    kind: "driver",
    killedBy: "undeclared-pricing-is-refused",
    from: pricedByUs,
    spoil: spoilDriver((right) => ({
      calls: async () => [{ operation: "create", at: 0, digest: "0".repeat(64) }, ...(await right.calls())]
    }))
  }
]
