// What a stranger may send: none of it is a message of any provider.
const text = (value: string): Uint8Array => new TextEncoder().encode(value)

const entities = Array.from({ length: 12 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`).join("")

/** By name. Most are within the size that core accepts, so that they reach the adapter. */
export const hostileBodies: ReadonlyArray<readonly [string, Uint8Array]> = [
  ["nothing", new Uint8Array()],
  ["random bytes", new Uint8Array(4096).map((_, i) => (i * 167 + 13) % 256)],
  ["a lone NUL", new Uint8Array([0])],
  ["broken UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0xc3, 0x28, 0x22, 0x7d])],
  ["UTF-16", new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00])],
  ["a lone surrogate", text('{"id":"\\ud800"}')],
  ["deep arrays", text("[".repeat(200_000))],
  ["deep objects", text('{"a":'.repeat(100_000))],
  ["a poisonous key", text('{"__proto__":{"status":"paid"},"constructor":{"prototype":{"trust":"proven"}}}')],
  ["duplicate keys", text('{"status":"open","status":"paid","id":"1","id":"2"}')],
  ["a huge number", text(`{"amount":1e999,"n":${"9".repeat(50_000)}}`)],
  ["a wrong type everywhere", text('{"signature":[1],"id":{},"payment":7,"status":null}')],
  ["an entity bomb", text(`<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e0 "x">${entities}]><r>&e12;</r>`)],
  ["an external entity", text('<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]><r>&e;</r>')],
  ["a text that slows regular expressions", text(`"${"a".repeat(100_000)}!`)],
  ["a text too long", new Uint8Array(1_200_000).fill(0x20)]
]
