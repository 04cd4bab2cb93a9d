/**
 * What payers consent to unless the project is set otherwise. It holds everything that a careless echo changes: outer
 * blanks, line breaks of both kinds, `;` and `:`, quotes of four kinds, composed and decomposed Latvian letters, and
 * signs that a page must not take for markup.
 */
export const defaultConsentText =
  "  Piekrišana konta informācijas apstrādei;\r\n" +
  '1) es piekrītu: maksājumu ierosina "Paraugu SIA", „apmaksas mērķis: nodeva; soda nauda”;\n' +
  `2) a\u0304 e\u0304 i\u0304 u\u0304 c\u030c s\u030c un āēīūčš ir tie paši burti;\t'konts' & <banka>\u00a0—\u2009jā?\n` +
  "Я согласен: да; I agree.  \n "
