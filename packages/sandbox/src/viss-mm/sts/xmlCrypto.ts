// xml-crypto and xmldom as they are used here. Their own declarations bring the browser's globals into every program that
// reads them, so "as string" keeps these out and the interfaces below say what there is.
import type { KeyObject } from "node:crypto"

export interface XmlNode {
  readonly parentNode: XmlNode | null
}

export interface XmlSigner {
  SignatureAlgorithms: Record<string, unknown>
  enableHMAC(): void
  loadSignature(node: XmlNode): void
  /** Throws when the signature is wrong; false when a part was changed. */
  checkSignature(text: string): boolean
  /** Canonical texts of what a verified signature covers. */
  getSignedReferences(): ReadonlyArray<string>
  addReference(reference: {
    readonly xpath: string
    readonly transforms: ReadonlyArray<string>
    readonly digestAlgorithm: string
  }): void
  computeSignature(
    text: string,
    options: {
      readonly prefix: string
      readonly location: { readonly reference: string; readonly action: "append" | "after" }
    }
  ): void
  getSignedXml(): string
}

interface XmlCrypto {
  readonly SignedXml: new (options: {
    readonly privateKey?: string
    readonly publicCert?: KeyObject | Buffer | string
    readonly idAttribute?: string
    readonly signatureAlgorithm?: string
    readonly canonicalizationAlgorithm?: string
    readonly getCertFromKeyInfo?: () => null
  }) => XmlSigner
}

interface XmlDom {
  readonly DOMParser: new () => {
    parseFromString(
      text: string,
      mediaType: "text/xml"
    ): { getElementsByTagNameNS(namespace: string, name: string): ArrayLike<XmlNode> }
  }
}

// oxlint-disable-next-line typescript/no-unnecessary-type-assertion -- keeps the declarations out
export const { SignedXml } = (await import("xml-crypto" as string)) as XmlCrypto // as described above
// oxlint-disable-next-line typescript/no-unnecessary-type-assertion -- keeps the declarations out
export const { DOMParser } = (await import("@xmldom/xmldom" as string)) as XmlDom // as described above
