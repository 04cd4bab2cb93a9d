import * as Data from "effect/Data"

/**
 * A value cannot be written as the WSDL wants it. Nothing was sent.
 *
 * `path` is the place in the message, such as `SavePaymentRequest.paymentRequest.PaymentRequest.PriceList[0].Item`;
 * neither it nor `message` holds the value.
 */
export class RefusedValue extends Data.TaggedError("RefusedValue")<{
  readonly path: string
  readonly message: string
}> {}
