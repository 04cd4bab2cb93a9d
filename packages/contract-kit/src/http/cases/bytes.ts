import assert from "node:assert/strict"
import { casesOf } from "../BindingCase.ts"
import type { BindingWorld } from "../BindingWorld.ts"
import { everyByte, marked, notUtf8, type OddBody, written } from "../bodies.ts"
import { echo, echoed, sha256 } from "../handlers.ts"

const arrive = async (world: BindingWorld, bodies: ReadonlyArray<OddBody>): Promise<void> => {
  const server = await world.serve(echo)
  for (const { what, bytes, type } of bodies) {
    for (const isChunked of [false, true]) {
      const answer = await server.send({ body: bytes, headers: [["content-type", type]], isChunked })
      assert.equal(answer.status, 200, what)
      assert.deepEqual([echoed(answer).length, echoed(answer).digest], [bytes.length, sha256(bytes)], what)
    }
  }
}

const signaturesAreOverBytes =
  "Signatures are over bytes: a changed byte makes every true notice look forged, and money unseen."

export const bytes = casesOf("bytes", [
  {
    id: "every-byte",
    sentence: "Every byte value reaches the handler, whatever the content type says.",
    reason: signaturesAreOverBytes,
    check: (world) => arrive(world, everyByte)
  },
  {
    id: "not-utf-8",
    sentence: "Bytes that are no UTF-8 reach the handler as they are.",
    reason:
      "Decoding to text and back puts replacement characters in; providers still send Windows-1257 and binary content.",
    check: (world) => arrive(world, notUtf8)
  },
  {
    id: "bom-and-nul",
    sentence: "Byte order marks, NUL bytes and line ends are kept.",
    reason: "Text decoders drop a byte order mark without a word, and the signature then covers other bytes.",
    check: (world) => arrive(world, marked)
  },
  {
    id: "as-written",
    sentence: "JSON and forms arrive as they were written, not as they would be written again.",
    reason: "Written again, blanks, repeated keys and long numbers are lost, and with them the signature.",
    check: (world) => arrive(world, written)
  },
  {
    id: "empty-body",
    sentence: "An empty body is an empty body, with a length or in chunks.",
    reason: "Providers notify by POST without a body; where it becomes `{}` or an error, the notice is lost.",
    check: (world) => arrive(world, [{ what: "an empty body", bytes: new Uint8Array(), type: "application/json" }])
  },
  {
    id: "large-body",
    sentence: "A body of many packets arrives whole and in order.",
    reason: "A lost or exchanged packet is a refused notice that no repetition mends.",
    check: async (world) => {
      const server = await world.serve(echo)
      const body = Uint8Array.from({ length: 3_000_001 }, (_, index) => (index * 31 + (index >> 8)) % 256)
      const answer = await server.send({ body, headers: [["content-type", "application/octet-stream"]] })
      assert.deepEqual([echoed(answer).length, echoed(answer).digest], [body.length, sha256(body)])
    }
  },
  {
    id: "compressed-untouched",
    sentence: "A compressed body is handed over as it came, with its encoding, and is never inflated.",
    reason: "Inflating is the handler's decision: a small message can hold gigabytes.",
    check: async (world) => {
      const server = await world.serve(echo)
      // The gzip form of `{"a":1}`.
      const body = Buffer.from("H4sIAAAAAAAAA6tWSlSyMqwFAPZ3eiEHAAAA", "base64")
      const answer = await server.send({
        body,
        headers: [
          ["content-type", "application/json"],
          ["content-encoding", "gzip"]
        ]
      })
      assert.equal(echoed(answer).digest, sha256(body))
      assert.equal(echoed(answer).headers["content-encoding"], "gzip")
    }
  }
])
