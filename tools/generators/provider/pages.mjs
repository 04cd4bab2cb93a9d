// Texts of a new provider that are not copied from the template.

/** What stands in its README above `## Setup`. */
export const readmeHead = ({ kebab, title }) => `# @maksa/provider-${kebab}

Maksa adapter for ${title}. It still speaks the toy's wire, with which it was made; [the guide](../../docs/write-a-provider.md) says what to write next, and in which order.

`

export const docsPage = ({ kebab, title }) => `# ${title}

Adapter: [\`@maksa/provider-${kebab}\`](../../packages/provider-${kebab}/README.md). Capabilities: [matrix](../generated/capabilities.md).

Nothing here was checked against the live service.

## Documented

What the provider's own documents say, each with its title, section and date.

## Public

What can be seen without a contract: official plugins, test pages.

## Assumed

What the sources are silent about stands in the adapter's sources as \`ASSUMPTION(${kebab}#1): ...\`; [the list](../generated/assumptions.md) is generated from these.

## What the adapter is strict about

Which deviations it refuses, and which it tolerates.
`

export const changeset = ({ kebab, title }) => `---
"@maksa/provider-${kebab}": patch
---

First version of the adapter for ${title}.
`
