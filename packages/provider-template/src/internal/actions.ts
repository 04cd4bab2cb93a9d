import { Collect, LoadWidget, type NextAction, PayElsewhere, Redirect, Wait } from "@maksa/core"
import * as DateTime from "effect/DateTime"
import * as Option from "effect/Option"
import type { WireAction } from "./wire.ts"

const isOn = (pages: string, address: string): boolean => URL.parse(address)?.origin === pages

/** What the payer must do. `undefined`: the provider sends payers to a place that is not its own. */
export const toNextAction = (action: WireAction, pages: string): NextAction | undefined => {
  switch (action.kind) {
    case "page":
      return isOn(pages, action.url) ? new Redirect({ url: action.url }) : undefined
    case "widget":
      return isOn(pages, action.script) && isOn(pages, action.host)
        ? new LoadWidget({
            scriptUrl: action.script,
            host: action.host,
            token: action.token,
            parameters: action.parameters
          })
        : undefined
    case "questions":
      return new Collect({
        fields: action.fields.map(({ label, name, required }) => ({ name, label, isRequired: required })),
        ...(action.consent === undefined ? {} : { consentText: action.consent })
      })
    case "portal": {
      const until = Option.getOrUndefined(DateTime.make(action.until))
      return isOn(pages, action.url)
        ? new PayElsewhere({
            place: action.place,
            url: action.url,
            ...(until === undefined ? {} : { until: DateTime.toUtc(until) })
          })
        : undefined
    }
    case "wait":
      return new Wait({})
  }
}
