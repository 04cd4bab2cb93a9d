/** The request's bytes, or `undefined` if they are more than `limit`; the rest is not read. */
export const readBytes = async (request: Request, limit: number): Promise<Uint8Array | undefined> => {
  const declared = request.headers.get("content-length")
  if (declared !== null && Number(declared) > limit) {
    await request.body?.cancel()
    return undefined
  }
  if (request.body === null) return new Uint8Array()
  const chunks: Array<Uint8Array> = []
  let size = 0
  const reader = request.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > limit) {
      await reader.cancel()
      return undefined
    }
    chunks.push(value)
  }
  if (chunks.length === 1 && chunks[0] !== undefined) return chunks[0]
  const bytes = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.byteLength
  }
  return bytes
}
