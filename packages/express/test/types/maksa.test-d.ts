// What must compile: the client of core, or its handler alone, in an application of Express.
import type { AnyProvider, PaymentsClient } from "@maksa/core"
import express from "express"
import { maksa } from "../../src/index.ts"

type Client = PaymentsClient<AnyProvider>

export const withClient = (payments: Client) => express().use("/payments", maksa(payments))
export const withHandler = (payments: Client) => express.Router().use(maksa(payments.handler))

// @ts-expect-error something else is refused
export const withUrl = () => maksa(new URL("https://agency.example"))
