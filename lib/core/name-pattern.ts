/**
 * In a pattern `*` stands for any text, also none; all else is literal and case counts. Each part is searched
 * once, from the end of the one before, so that no number of stars makes it slow.
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

export function fitsPatternWithoutCase(pattern: string, name: string): boolean {
  return fitsPattern(pattern.toLowerCase(), name.toLowerCase());
}

/** Wider than the service's rule, but nothing that would change a path or a blob's name. */
export const groupNamePattern = /^(?!\.{1,2}$)[^\s/\\\p{C}]+$/u;

/** Compares names as Azure does: hubs, consumer groups and namespaces have no case. */
export function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
