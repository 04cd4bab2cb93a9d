import type { XmlAttribute } from "./parse.ts"

const xsi = "http://www.w3.org/2001/XMLSchema-instance"

/** Whether the attribute declares its element nil (XML Schema Part 1, 2.6.2). */
export const isNilAttribute = ({ name, namespace, value }: XmlAttribute): boolean =>
  namespace === xsi && name === "nil" && /^\s*(?:true|1)\s*$/.test(value)
