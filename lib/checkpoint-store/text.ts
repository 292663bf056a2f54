/** Foreign texts are shown, never trusted: none may fill a page or a log. */
export const longestText = 256;

export function bounded(text: string, longest = longestText): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

export function quoted(text: string, longest = 40): string {
  return JSON.stringify(bounded(text, longest));
}
