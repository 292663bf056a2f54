// Controls, and the marks that turn the direction of text around: a name could pass for another with them.
const misleading = /[\p{Cc}\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;

/** Text of several lines from outside: line ends and tabs stay as they are. */
export function showLines(text: string): string {
  return text.replaceAll(misleading, (character) => (/[\t\n\r]/.test(character) ? character : "\uFFFD"));
}

/** A name from outside as it is shown: what can't be seen, or turns text around, stands as `�`. */
export function showText(text: string): string {
  return text.replaceAll(misleading, "\uFFFD");
}
