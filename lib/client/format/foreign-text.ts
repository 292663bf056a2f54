// Control characters and bidirectional marks, which can make a name look like another.
const misleading = /[\p{Cc}\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;

/** Makes foreign multi-line text safe; keeps line ends and tabs. */
export function showLines(text: string): string {
  return text.replaceAll(misleading, (character) => (/[\t\n\r]/.test(character) ? character : "\uFFFD"));
}

/** Makes a foreign name safe: invisible and bidirectional characters become `�`. */
export function showText(text: string): string {
  return text.replaceAll(misleading, "\uFFFD");
}
