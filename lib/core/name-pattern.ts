/**
 * Whether a name fits a pattern, in which `*` stands for any text, or none. Every other character means itself.
 * Compares by case; callers that do not, hand over lower case. Linear in the name: each part is sought once, from
 * where the one before it ended, so that no number of stars makes a match slow.
 */
export function fitsPattern(pattern: string, name: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return pattern === name;
  const end = name.length - last.length;
  if (end < first.length || !name.startsWith(first) || !name.endsWith(last)) return false;
  let from = first.length;
  for (const part of rest) {
    const at = name.indexOf(part, from);
    if (at === -1 || at + part.length > end) return false;
    from = at + part.length;
  }
  return true;
}

/** The same without case, as consumer groups are compared. */
export function fitsPatternWithoutCase(pattern: string, name: string): boolean {
  return fitsPattern(pattern.toLowerCase(), name.toLowerCase());
}
