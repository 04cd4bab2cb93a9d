// What must compile: the client of core is what the module takes, made before or at start.
import type { AnyProvider, PaymentsClient } from "@maksa/core"
import { MaksaModule } from "../../src/index.ts"

type Client = PaymentsClient<AnyProvider>

export const withClient = (payments: Client) => MaksaModule.forRoot({ payments })
export const withMaker = (payments: () => Promise<Client>) => MaksaModule.forRoot({ payments, path: "/fees" })
export const withFactory = (payments: () => Promise<Client>) =>
  MaksaModule.forRootAsync({ inject: [URL], useFactory: (url: URL) => ({ payments, path: url.pathname }) })

// @ts-expect-error a client that cannot be disposed of is refused
export const withHandlerOnly = (handler: Client["handler"]) => MaksaModule.forRoot({ payments: { handler } })
