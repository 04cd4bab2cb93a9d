/** The payer who finds requests in the portal's document list by the code that is in them. */
export const citizen = { code: "311299-00000" } as const
