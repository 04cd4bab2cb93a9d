/** The languages of the pages; Latvian is the default. */
export const languages = ["lv", "en"] as const
export type Language = (typeof languages)[number]

/** One text in each language. */
export type Both = Readonly<Record<Language, string>>

export const isLanguage = (text: string): text is Language => languages.some((language) => language === text)

/** The other language, for the link at the top of every page. */
export const otherLanguage = (language: Language): Language => (language === "lv" ? "en" : "lv")
