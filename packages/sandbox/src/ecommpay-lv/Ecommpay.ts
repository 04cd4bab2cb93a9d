import * as http from "node:http"
import type { RunningSimulator, Simulator } from "../kernel/Simulator.ts"
import type { World } from "../kernel/World.ts"
import { createCallbacks } from "./Callbacks.ts"
import { createClarification } from "./clarification/Clarification.ts"
import { findTarget, mountEcommpayControl } from "./Control.ts"
import { createDataApi } from "./data-api/DataApi.ts"
import { createLongRangeQueue } from "./data-api/LongRangeQueue.ts"
import { createGate } from "./Gate.ts"
import { createGateOperations } from "./gateOperations.ts"
import { createLifecycle } from "./Lifecycle.ts"
import { mountPages } from "./pageRoutes.ts"
import { createPayer } from "./payer.ts"
import { createPayerDetails } from "./payerDetails.ts"
import { createPayerJourney } from "./PayerJourney.ts"
import { createPaymentBook } from "./PaymentBook.ts"
import { createPayeeVerification } from "./payout/PayeeVerification.ts"
import { createPayouts } from "./payout/Payouts.ts"
import { createPaymentPage } from "./PaymentPage.ts"
import { paymentView, sessionView } from "./paymentView.ts"
import type { FindProject, Project } from "./Project.ts"
import { defaultSettings } from "./ProjectSettings.ts"

const projectIds = [200, 201]

const createProject = (world: World, projectId: number): Project => ({
  projectId,
  secret: world.random.hex(64),
  dataToken: world.random.hex(30),
  dataSecret: world.random.hex(64),
  settings: defaultSettings
})

/** Needs no certificates, so that a test may start it on a world alone. */
export interface EcommpaySimulator extends Simulator {
  start(world: World): Promise<RunningSimulator>
}

/** ecommpay's platform for the method "Open Banking in Latvia": Gate, Payment Page, callbacks, two projects. */
export const ecommpay = (): EcommpaySimulator => ({
  name: "ecommpay",
  start: async (world) => {
    const projects = projectIds.map((projectId) => createProject(world, projectId))
    const findProject: FindProject = (projectId) => projects.find((project) => project.projectId === projectId)
    const book = createPaymentBook(world)
    const callbacks = createCallbacks(world, findProject)
    const lifecycle = createLifecycle({ world, book, callbacks, findProject })
    const clarification = createClarification(lifecycle)
    const verification = createPayeeVerification(world)
    const payouts = createPayouts({ world, book, callbacks, findProject, verification })
    const journey = createPayerJourney(world, lifecycle)
    const details = createPayerDetails({ world, lifecycle, clarification, journey })
    const page = createPaymentPage({ world, book, lifecycle, clarification, details, journey, findProject })
    const payer = createPayer({
      bank: () => world.bank,
      lifecycle,
      details,
      journey,
      page,
      pagesBase: world.base.pages
    })
    const operations = createGateOperations({ world, book, callbacks, lifecycle, clarification, payouts })

    mountPages({ world, page, details, journey, book, lifecycle })
    mountEcommpayControl({ world, projects, book, callbacks, lifecycle, clarification, payouts, journey, page, payer })
    const queue = createLongRangeQueue(world)
    const server = http.createServer(
      createGate({ world, findProject, operations, dataApi: createDataApi({ world, projects, book, queue }) })
    )
    const { host, port } = await world.listen(server, 3)
    const gate = `http://${host.includes(":") ? `[${host}]` : host}:${port}`

    world.onReset(() => {
      book.clear()
      page.clear()
      journey.clear()
      verification.clear()
      queue.clear()
      for (const project of projects) project.settings = defaultSettings
    })

    const onlyOpened = () =>
      page.list().filter((session) => book.find(session.projectId, session.paymentId) === undefined)
    return {
      ready: {
        ecommpay: {
          paymentPage: `${world.base.pages}/payment`,
          gate,
          dataApi: `${gate}/v1`,
          projects: projects.map(({ dataSecret, dataToken, projectId, secret }) => ({
            projectId,
            secret,
            dataToken,
            dataSecret
          }))
        }
      },
      payments: () => [
        ...book.list().map((record) => paymentView(world, record)),
        ...onlyOpened().map((session) => sessionView(world, session))
      ],
      payment: (id) => {
        const found = projects.map(({ projectId }) => findTarget({ book, page, projects }, id, projectId))
        const record = found.find((target) => target.record !== undefined)?.record
        if (record !== undefined) return paymentView(world, record)
        const session = found.find((target) => target.session !== undefined)?.session
        return session === undefined ? undefined : sessionView(world, session)
      },
      close: () => Promise.resolve()
    }
  }
})
