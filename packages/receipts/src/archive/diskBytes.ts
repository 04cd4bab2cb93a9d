// Documents on disk, encrypted as they stream by: nonce, ciphertext, tag (AES-256-GCM).
import { createCipheriv, createDecipheriv, createHash, type KeyObject, randomBytes } from "node:crypto"
import { createReadStream } from "node:fs"
import { open, rename, unlink } from "node:fs/promises"
import { join } from "node:path"
import { Readable } from "node:stream"
import { hasCode, makeFolder, paymentFolder, syncFolder, temporaryFile } from "./durableFiles.ts"
import type { Medium } from "./Medium.ts"

const algorithm = "aes-256-gcm"
const nonceBytes = 12
const tagBytes = 16

export const diskBytes = (root: string, key: KeyObject): Pick<Medium, "putBytes" | "getBytes" | "deleteBytes"> => {
  const folderOf = (paymentId: string) => paymentFolder(root, "documents", paymentId)
  return {
    putBytes: async (paymentId, bytes) => {
      const folder = folderOf(paymentId)
      await makeFolder(folder)
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes })
      // A file moved to another payment does not open there.
      cipher.setAAD(Buffer.from(paymentId, "utf8"))
      const hash = createHash("sha256")
      let size = 0
      const file = temporaryFile(root)
      const handle = await open(file, "wx", 0o600)
      try {
        await handle.writeFile(nonce)
        for await (const part of bytes) {
          hash.update(part)
          size += part.byteLength
          await handle.writeFile(cipher.update(part))
        }
        await handle.writeFile(Buffer.concat([cipher.final(), cipher.getAuthTag()]))
        await handle.sync()
      } catch (cause) {
        await unlink(file)
        throw cause
      } finally {
        await handle.close()
      }
      const sha256 = hash.digest("hex")
      await rename(file, join(folder, sha256))
      await syncFolder(folder)
      return { sha256, size }
    },

    getBytes: async (paymentId, sha256) => {
      const file = join(folderOf(paymentId), sha256)
      const handle = await open(file, "r").catch((cause: unknown) => {
        if (hasCode(cause, "ENOENT")) return undefined
        throw cause
      })
      if (handle === undefined) return undefined
      try {
        const { size } = await handle.stat()
        const body = size - nonceBytes - tagBytes
        if (body < 0) throw new Error("the file is too short")
        const { buffer: nonce } = await handle.read(Buffer.alloc(nonceBytes), 0, nonceBytes, 0)
        const { buffer: tag } = await handle.read(Buffer.alloc(tagBytes), 0, tagBytes, size - tagBytes)
        const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes })
        decipher.setAAD(Buffer.from(paymentId, "utf8"))
        decipher.setAuthTag(tag)
        if (body === 0) {
          decipher.final()
          return new ReadableStream({ start: (controller) => controller.close() })
        }
        const sealed = createReadStream(file, { start: nonceBytes, end: nonceBytes + body - 1 })
        sealed.once("error", (cause) => decipher.destroy(cause))
        // Node's stream is the web's; its types come from another library of types.
        return Readable.toWeb(sealed.pipe(decipher)) as ReadableStream<Uint8Array>
      } finally {
        await handle.close()
      }
    },

    deleteBytes: async (paymentId, sha256) => {
      const folder = folderOf(paymentId)
      try {
        await unlink(join(folder, sha256))
        await syncFolder(folder)
      } catch (cause) {
        if (!hasCode(cause, "ENOENT")) throw cause
      }
    }
  }
}
