// The sandbox as a process of its own: a server that reads every envelope strictly and keeps what it is asked to.
import { createPrivateKey, X509Certificate } from "node:crypto"
import { readFile } from "node:fs/promises"

import { startSandbox } from "@maksa/sandbox"

import { portalServices } from "../test/support/portal.ts"
import type { Message } from "./processes.ts"

const sandbox = await startSandbox()
const { pki, vissMm } = sandbox.ready
const { sts, pfas } = portalServices(sandbox)
const { passphrase, pem: file } = pki.clients.a
const pem = await readFile(file, "utf8")
const key = createPrivateKey({ key: pem, passphrase })
const place = {
  soap: vissMm.wsdl,
  invoices: vissMm.invoices,
  paymentApi: vissMm.paymentApi,
  sts: sts.url,
  pfas: pfas.url,
  ca: await readFile(pki.ca, "utf8"),
  client: { cert: new X509Certificate(pem).toString(), key: key.export({ type: "pkcs8", format: "pem" }).toString() }
}
process.send?.({ place } satisfies Message)
process.on("disconnect", () => void sandbox.close().finally(() => process.exit()))
