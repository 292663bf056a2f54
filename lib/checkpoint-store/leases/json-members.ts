export interface JsonMember {
  key: string;
  start: number;
  end: number;
}

/**
 * Returns the members of the object that opens at `at`, in order, duplicates included, so that one value can
 * be replaced and every other character kept. The text must parse with `JSON.parse`.
 */
export function jsonMembers(text: string, at: number): JsonMember[] {
  const members: JsonMember[] = [];
  let next = skipBlank(text, at + 1);
  while (text[next] === '"') {
    const keyEnd = endOfString(text, next);
    const key = JSON.parse(text.slice(next, keyEnd)) as string;
    const start = skipBlank(text, skipBlank(text, keyEnd) + 1);
    const end = endOfValue(text, start);
    members.push({ key, start, end });
    const after = skipBlank(text, end);
    next = text[after] === "," ? skipBlank(text, after + 1) : after;
  }
  return members;
}

function endOfValue(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return endOfString(text, start);
  if (first !== "{" && first !== "[") {
    let end = start;
    while (end < text.length && !/[\s,\]}]/.test(text.charAt(end))) end += 1;
    return end;
  }
  let depth = 0;
  for (let index = start; index < text.length; index += 1) {
    const character = text[index];
    if (character === '"') index = endOfString(text, index) - 1;
    else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") depth -= 1;
    if (depth === 0) return index + 1;
  }
  return text.length;
}

function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length && text[index] !== '"') index += text[index] === "\\" ? 2 : 1;
  return index + 1;
}

function skipBlank(text: string, from: number): number {
  let index = from;
  while (index < text.length && /\s/.test(text.charAt(index))) index += 1;
  return index;
}
