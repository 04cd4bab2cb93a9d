import { extractText, getDocumentProxy } from "unpdf"

/** The words of a PDF, as a reader would copy them. */
export const pdfText = async (bytes: Uint8Array): Promise<string> => {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true })
  return text
}
