import * as Schema from "effect/Schema"

/** Send the payer's browser to `url` by GET. */
export class Redirect extends Schema.TaggedClass<Redirect>("@maksa/core/Redirect")("redirect", {
  url: Schema.String
}) {}

/** Post `fields` as a form to `url` from the payer's browser. Fields may hold personal data, so they are never put into a URL. */
export class SubmitForm extends Schema.TaggedClass<SubmitForm>("@maksa/core/SubmitForm")("submit_form", {
  url: Schema.String,
  fields: Schema.Record(Schema.String, Schema.String)
}) {}

/**
 * Load the provider's script in the payer's page. `token` is a secret of this payer.
 *
 * `call` names the script's own function, such as `PayWidget.open`: core's page calls it with `host`, `token` and
 * `parameters`. Without it only a page of the application can start the widget.
 */
export class LoadWidget extends Schema.TaggedClass<LoadWidget>("@maksa/core/LoadWidget")("load_widget", {
  scriptUrl: Schema.String,
  host: Schema.String,
  token: Schema.String,
  parameters: Schema.Record(Schema.String, Schema.String),
  call: Schema.optionalKey(Schema.String.check(Schema.isPattern(/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/)))
}) {}

/** Ask the payer for `fields` and, where given, for consent to `consentText`, which goes back character for character. */
export class Collect extends Schema.TaggedClass<Collect>("@maksa/core/Collect")("collect", {
  fields: Schema.Array(
    Schema.Struct({ name: Schema.NonEmptyString, label: Schema.String, isRequired: Schema.Boolean })
  ),
  consentText: Schema.optionalKey(Schema.String)
}) {}

/** The payer pays later in another place (a portal's document list), where known until a moment and at an address. */
export class PayElsewhere extends Schema.TaggedClass<PayElsewhere>("@maksa/core/PayElsewhere")("pay_elsewhere", {
  place: Schema.NonEmptyString,
  until: Schema.optionalKey(Schema.DateTimeUtc),
  url: Schema.optionalKey(Schema.String)
}) {}

/** Nothing to do yet: the provider is preparing the next step. */
export class Wait extends Schema.TaggedClass<Wait>("@maksa/core/Wait")("wait", {}) {}

/** What the payer must do next. The union is closed: a new kind is a breaking change. */
export const NextAction: Schema.Union<
  readonly [typeof Redirect, typeof SubmitForm, typeof LoadWidget, typeof Collect, typeof PayElsewhere, typeof Wait]
> = Schema.Union([Redirect, SubmitForm, LoadWidget, Collect, PayElsewhere, Wait])
export type NextAction = Redirect | SubmitForm | LoadWidget | Collect | PayElsewhere | Wait
