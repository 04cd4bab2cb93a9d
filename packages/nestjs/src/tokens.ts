import { Inject } from "@nestjs/common"

/** Under which the client can be injected; `Symbol.for`, so that two copies of this package mean the same client. */
export const PAYMENTS: unique symbol = Symbol.for("@maksa/nestjs/Payments")

/**
 * Injects the client: `constructor(@InjectPayments() private readonly payments: AppPayments)`, where `AppPayments` is the
 * type that your `createPayments(...)` gives. It names its token, so it needs no `emitDecoratorMetadata`.
 */
export const InjectPayments = (): ParameterDecorator & PropertyDecorator => Inject(PAYMENTS)
