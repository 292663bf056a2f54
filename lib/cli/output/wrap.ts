export function wrap(text: string, columns: number | null, indent: string): string {
  const most = columns === null ? Number.POSITIVE_INFINITY : Math.max(20, columns - indent.length);
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => `${indent}${line}\n`).join("");
}
