/** Texts that others wrote are shown, never trusted: no text of a blob may fill a page or a log. */
export const longestText = 256;

/** The text, cut with an ellipsis where it is longer than `longest` characters. */
export function bounded(text: string, longest = longestText): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

/** For sentences: in quotes, control characters escaped, cut. */
export function quoted(text: string, longest = 40): string {
  return JSON.stringify(bounded(text, longest));
}
