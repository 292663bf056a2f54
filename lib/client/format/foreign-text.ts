// Control characters and bidirectional marks can make a name look like another.
const misleading = /[\p{Cc}\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;

export function showLines(text: string): string {
  return text.replaceAll(misleading, (character) => (/[\t\n\r]/.test(character) ? character : "\uFFFD"));
}

export function showText(text: string): string {
  return text.replaceAll(misleading, "\uFFFD");
}
