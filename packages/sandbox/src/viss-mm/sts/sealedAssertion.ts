import {
  constants,
  createCipheriv,
  createDecipheriv,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  randomBytes
} from "node:crypto"
import type { XmlElement } from "../xmlRead.ts"
import { element } from "../xmlWrite.ts"
import { ns } from "./names.ts"
import { onlyChild, textAt } from "./soap12.ts"

const oaep = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha1" } as const
const blockSize = 16

/**
 * SAML 2.0's EncryptedAssertion as public samples of the STS show it: aes256-cbc, its key by rsa-oaep-mgf1p for the
 * relying service. Whoever asked for the token cannot read it.
 */
export const sealAssertion = (assertion: string, service: KeyObject): string => {
  const key = randomBytes(32)
  const iv = randomBytes(blockSize)
  const cipher = createCipheriv("aes-256-cbc", key, iv)
  const sealed = Buffer.concat([iv, cipher.update(assertion, "utf8"), cipher.final()])
  const encryptedKey = publicEncrypt({ key: service, ...oaep }, key)
  return element(
    "EncryptedAssertion",
    { xmlns: ns.saml2 },
    element(
      "xenc:EncryptedData",
      { Type: `${ns.encryption}Element`, "xmlns:xenc": ns.encryption },
      element("xenc:EncryptionMethod", { Algorithm: `${ns.encryption}aes256-cbc` }),
      element(
        "KeyInfo",
        { xmlns: ns.signature },
        element(
          "e:EncryptedKey",
          { "xmlns:e": ns.encryption },
          element("e:EncryptionMethod", { Algorithm: `${ns.encryption}rsa-oaep-mgf1p` }),
          element("e:CipherData", {}, element("e:CipherValue", {}, encryptedKey.toString("base64")))
        )
      ),
      element("xenc:CipherData", {}, element("xenc:CipherValue", {}, sealed.toString("base64")))
    )
  ).xml
}

const cipherValue = (node: XmlElement | undefined): Buffer => {
  const data = node === undefined ? undefined : onlyChild(node, ns.encryption, "CipherData")
  const text = data === undefined ? undefined : textAt(data, ns.encryption, "CipherValue")
  if (text === undefined) throw new Error("no CipherValue")
  return Buffer.from(text, "base64")
}

/** A key that was encrypted for the service. Throws on anything else. */
export const openKey = (keyInfo: XmlElement | undefined, service: KeyObject): Buffer => {
  const encrypted = keyInfo === undefined ? undefined : onlyChild(keyInfo, ns.encryption, "EncryptedKey")
  return privateDecrypt({ key: service, ...oaep }, cipherValue(encrypted))
}

/** The assertion's text. Throws on anything that the service's key does not open. */
export const openAssertion = (encryptedAssertion: XmlElement, service: KeyObject): string => {
  const data = onlyChild(encryptedAssertion, ns.encryption, "EncryptedData")
  const keyInfo = data === undefined ? undefined : onlyChild(data, ns.signature, "KeyInfo")
  const key = openKey(keyInfo, service)
  const sealed = cipherValue(data)
  const decipher = createDecipheriv("aes-256-cbc", key, sealed.subarray(0, blockSize))
  return Buffer.concat([decipher.update(sealed.subarray(blockSize)), decipher.final()]).toString("utf8")
}
