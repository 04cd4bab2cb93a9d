// A program that dies of an error, and the error, with something in each place where an error can carry it.

const inside = Object.assign(new TypeError("in-the-cause"), { options: { headers: { key: "in-a-property" } } })

export const trouble = (): Error =>
  Object.assign(
    new AggregateError([new Error("in-one-of-several"), { list: [["in-a-list"]] }], "in-the-message", {
      cause: inside
    }),
    {
      name: "in-the-name",
      lookup: new Map([["key", { value: "in-a-map" }]]),
      [Symbol("in-a-symbol")]: "under-a-symbol"
    }
  )

export const places = ["message", "name", "cause", "property", "list", "map", "symbol", "one-of-several"]

if (process.argv[2] === "die") throw trouble()
