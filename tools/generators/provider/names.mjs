// How a provider's id is written in each place, and how the words of one package become those of another.
import { Script } from "node:vm"

const id = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/
const longest = 40

/** `acme-ee` as kebab, camel (`acmeEe`), Pascal (`AcmeEe`), constant (`ACME_EE`) and title (`Acme EE`). */
export const namesOf = (kebab) => {
  const words = kebab.split("-")
  const capital = (word) => word.slice(0, 1).toUpperCase() + word.slice(1)
  const pascal = words.map(capital).join("")
  return {
    kebab,
    pascal,
    camel: pascal.slice(0, 1).toLowerCase() + pascal.slice(1),
    constant: words.join("_").toUpperCase(),
    title: words.map((word) => (word.length === 2 ? word.toUpperCase() : capital(word))).join(" ")
  }
}

/** Words of the language cannot name a function. */
const isName = (word) => {
  try {
    return new Script(`"use strict"; const ${word} = 0`) !== undefined
  } catch {
    return false
  }
}

/** Why the id cannot be used, as one sentence, or undefined. `taken` are folders of packages, `sources` texts of the template. */
export const idProblem = (given, taken, sources) => {
  if (typeof given !== "string" || !id.test(given) || given.length > longest) {
    return `"${String(given)}" is not an id: write the provider's short name and its country in lower case with hyphens, such as acme-ee.`
  }
  if (taken.includes(`provider-${given}`)) return `packages/provider-${given} is there already: choose another id.`
  const { camel, pascal } = namesOf(given)
  const word = new RegExp(`\\b(?:${camel}|${pascal})\\b`)
  return !isName(camel) || sources.some((text) => word.test(text))
    ? `The code already has the word ${camel}, which ${given} would become: choose another id.`
    : undefined
}

/** The text with the template's names replaced. Where the word stands for the function it becomes camel case, else the id. */
export const rename = (text, names) =>
  text
    .replaceAll("TEMPLATE", names.constant)
    .replaceAll("Template", names.pascal)
    .replaceAll(
      /\btemplate(?=\()|(?<=\bconst )template\b|(?<=^(?:import|export) \{(?:[^}]*,)? )template(?=[ ,])/gm,
      names.camel
    )
    .replaceAll("template", names.kebab)
