/** An answer of the control API other than success; the message goes to the caller. */
export class ControlError extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.name = "ControlError"
    this.status = status
  }
}

export const unknownId = (what: string): ControlError => new ControlError(404, `unknown ${what}`)

/** The caller may repeat with `"force": true` where the operation allows it. */
export const impossible = (why: string): ControlError => new ControlError(409, why)

export const badInput = (why: string): ControlError => new ControlError(400, why)
