// Adapters that go wrong with the provider's messages.
import { Inbound, type Verdict, WebhookError } from "@maksa/core"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type { Forgery, Notice, SandboxDriver } from "../provider/SandboxDriver.ts"
import type { Saboteur } from "./Saboteur.ts"
import { retell, spoilAdapter, spoilProvider } from "./spoiling.ts"

const isSame = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

/** The genuine message that this one was forged from in this way. */
const originOf = async (
  { notices }: SandboxDriver,
  inbound: Inbound,
  forgery: Forgery
): Promise<Notice | undefined> => {
  for (const notice of await notices.list()) {
    const forged = await notices.forge(notice, forgery)
    if (forged === undefined || !isSame(forged.body, inbound.body)) continue
    const carries = (one: Notice): boolean =>
      Object.entries(one.headers).every(([name, value]) => inbound.headers[name.toLowerCase()] === value)
    // A message that only lost its signature has the same bytes as the genuine one.
    if (carries(forged) && !(carries(notice) && isSame(notice.body, inbound.body))) return notice
  }
  return undefined
}

/** Believes a message that was forged in this way as if it were genuine. */
const believes = (forgery: Forgery): Saboteur["spoil"] =>
  spoilAdapter(({ webhook }, { driver }) => ({
    webhook: (inbound) =>
      Effect.catch(webhook(inbound), (error) =>
        Effect.flatMap(
          Effect.promise(() => originOf(driver, inbound, forgery)),
          (origin): Effect.Effect<Verdict, WebhookError> => {
            if (origin === undefined) return Effect.fail(error)
            const { method, receivedAt, url } = inbound
            const genuine = new Inbound({ method, url, receivedAt, headers: { ...origin.headers }, body: origin.body })
            return Effect.map(webhook(genuine), (verdict) => ({ ...verdict, content: inbound.body }))
          }
        )
      )
  }))

const verdicts = (change: (verdict: Verdict, inbound: Inbound) => Verdict): Saboteur["spoil"] =>
  spoilAdapter(({ webhook }) => ({
    webhook: (inbound) => Effect.map(webhook(inbound), (verdict) => change(verdict, inbound))
  }))

const text = (value: string): Uint8Array => new TextEncoder().encode(value)
const entityMillis = 3000

/** A provider whose messages prove nothing: the sound adapter for it tells core to ask, and no more. */
const asking: NonNullable<Saboteur["from"]> = (contract) =>
  retell(
    (one) => ({ ...one, says: { _tag: "working", actionStands: true }, trust: "hint" }),
    ["webhook"]
  )(spoilProvider((provider) => ({ ...provider, manifest: { ...provider.manifest, webhook: "hint_only" } }))(contract))

export const noticeSaboteurs: ReadonlyArray<Saboteur> = [
  {
    id: "signs-what-it-verifies",
    sentence: "Accepts a message whose content was changed: it signs what it got and compares that.",
    kind: "adapter",
    killedBy: "forged-notice-is-refused",
    spoil: believes("flipped")
  },
  {
    id: "accepts-unsigned",
    sentence: "Accepts a message without a signature.",
    kind: "adapter",
    killedBy: "forged-notice-is-refused",
    spoil: believes("unsigned")
  },
  {
    id: "accepts-a-foreign-account",
    sentence: "Accepts a message that the provider signed for another account.",
    kind: "adapter",
    killedBy: "forged-notice-is-refused",
    spoil: believes("foreign")
  },
  {
    id: "accepts-any-key",
    sentence: "Accepts a message that was signed with a key of the sender's own.",
    kind: "adapter",
    killedBy: "forged-notice-is-refused",
    spoil: believes("invented")
  },
  {
    id: "trusts-a-hint",
    sentence: "Believes messages that anybody can send.",
    kind: "adapter",
    killedBy: "hint-moves-no-money",
    from: asking,
    spoil: retell((one) => ({ ...one, says: { _tag: "received" }, trust: "proven" }), ["webhook"])
  },
  {
    id: "proof-is-a-hint",
    sentence: "Treats signed messages as hints.",
    kind: "adapter",
    killedBy: "any-order-of-notices",
    spoil: retell((one) => ({ ...one, trust: "hint" }), ["webhook"])
  },
  {
    id: "acknowledges-what-was-not-stored",
    sentence: "Answers that all is well when the message could not be stored.",
    kind: "adapter",
    killedBy: "acknowledge-after-commit",
    spoil: verdicts((verdict) => ({ ...verdict, tryAgain: verdict.acknowledge }))
  },
  {
    id: "never-acknowledges",
    sentence: "Answers a message that was stored as if it had not been.",
    kind: "adapter",
    killedBy: "duplicate-notice",
    spoil: verdicts((verdict) => ({ ...verdict, acknowledge: verdict.tryAgain }))
  },
  {
    id: "every-repetition-is-news",
    sentence: "Takes the digest over what differs in every delivery.",
    kind: "adapter",
    killedBy: "duplicate-notice",
    spoil: (contract) => {
      let count = 0
      return verdicts((verdict) => ({ ...verdict, content: text(`delivery ${count++}`) }))(contract)
    }
  },
  {
    id: "all-messages-are-one",
    sentence: "Takes the digest over what is the same in every message.",
    kind: "adapter",
    killedBy: "any-order-of-notices",
    spoil: verdicts((verdict) => ({ ...verdict, content: text("message") }))
  },
  {
    id: "news-of-another-attempt",
    sentence: "Gives every message to the attempt that it heard of first.",
    kind: "adapter",
    killedBy: "any-order-of-notices",
    spoil: spoilAdapter(({ webhook }) => {
      let first: Verdict["observations"][number]["about"]
      return {
        webhook: (inbound) =>
          Effect.map(webhook(inbound), (verdict) => {
            first ??= verdict.observations[0]?.about
            const about = first
            if (about === undefined) return verdict
            return { ...verdict, observations: verdict.observations.map((one) => ({ ...one, about })) }
          })
      }
    })
  },
  {
    id: "news-of-nobody",
    sentence: "Does not say which payment a message is about.",
    kind: "adapter",
    killedBy: "notice-finds-the-lost",
    spoil: verdicts((verdict) => ({
      ...verdict,
      observations: verdict.observations.map(({ about: _about, ...one }) => one)
    }))
  },
  {
    id: "time-of-arrival",
    sentence: "Takes the time at which a message arrived for the provider's time.",
    kind: "adapter",
    killedBy: "any-order-of-notices",
    spoil: verdicts((verdict, { receivedAt }) => ({
      ...verdict,
      observations: verdict.observations.map((one) => ({ ...one, providerTime: DateTime.toEpochMillis(receivedAt) }))
    }))
  },
  {
    id: "refuses-late-messages",
    sentence: "Refuses messages that are older than a minute.",
    kind: "adapter",
    killedBy: "any-order-of-notices",
    spoil: spoilAdapter(({ webhook }, { provider }) => ({
      webhook: (inbound) =>
        Effect.flatMap(webhook(inbound), (verdict) => {
          const now = DateTime.toEpochMillis(inbound.receivedAt)
          const isLate = verdict.observations.some(({ providerTime = now }) => now - providerTime > 60_000)
          return isLate
            ? Effect.fail(
                new WebhookError({
                  instance: provider.instance,
                  reason: "payload_invalid",
                  message: "It came too late."
                })
              )
            : Effect.succeed(verdict)
        })
    }))
  },
  {
    id: "breaks-on-deep-json",
    sentence: "Reads messages by recursion without a limit, before it verifies them.",
    kind: "adapter",
    killedBy: "hostile-notice-does-no-harm",
    spoil: spoilAdapter(({ webhook }) => {
      const read = (content: string, at: number): number =>
        content[at] === "[" || content[at] === "{" ? read(content, at + (content[at] === "[" ? 1 : 5)) : at
      return {
        webhook: (inbound) => {
          return Effect.andThen(
            Effect.sync(() => read(new TextDecoder().decode(inbound.body), 0)),
            webhook(inbound)
          )
        }
      }
    })
  },
  {
    id: "expands-entities",
    sentence: "Expands the entities of a message before it verifies it.",
    kind: "adapter",
    killedBy: "hostile-notice-does-no-harm",
    spoil: spoilAdapter(({ webhook }) => ({
      webhook: (inbound) =>
        Effect.andThen(
          Effect.sync(() => {
            if (!new TextDecoder().decode(inbound.body).includes("<!ENTITY e1 ")) return
            // What a parser without limits does until its memory ends; here it gives up.
            const end = performance.now() + entityMillis
            while (performance.now() < end) continue
          }),
          webhook(inbound)
        )
    }))
  },
  {
    id: "inflates-what-it-gets",
    sentence: "Makes hundreds of megabytes of a message of some hundred bytes, and lets go of them again.",
    kind: "adapter",
    killedBy: "hostile-notice-takes-little-memory",
    spoil: spoilAdapter(({ webhook }) => ({
      webhook: (inbound) =>
        Effect.andThen(
          Effect.sync(() =>
            new TextDecoder().decode(inbound.body).includes("<!ENTITY e1 ") ? Buffer.alloc(200_000_000, 1).length : 0
          ),
          webhook(inbound)
        )
    }))
  },
  {
    id: "keeps-what-it-refuses",
    sentence: "Keeps every message that it refused, to look at it later.",
    kind: "adapter",
    killedBy: "hostile-notice-takes-little-memory",
    spoil: spoilAdapter(({ webhook }) => {
      const refused: Array<Uint8Array> = []
      return {
        webhook: (inbound) =>
          Effect.tapError(webhook(inbound), () => Effect.sync(() => refused.push(Uint8Array.from(inbound.body))))
      }
    })
  },
  {
    id: "takes-strange-messages",
    sentence: "Answers that all is well to a message that it cannot read.",
    kind: "adapter",
    killedBy: "hostile-notice-does-no-harm",
    spoil: spoilAdapter(({ webhook }) => ({
      webhook: (inbound) =>
        Effect.catch(webhook(inbound), () =>
          Effect.succeed<Verdict>({
            observations: [],
            content: inbound.body,
            acknowledge: { status: 200 },
            tryAgain: { status: 503 }
          })
        )
    }))
  }
]
