export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cellOf).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

const cellOf = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");

export function unpadded(markdown: string): string {
  return markdown
    .replaceAll(/ +(?=\|)|(?<=\|) +/g, " ")
    .replaceAll(/-{3,}/g, "---")
    .trim();
}

export const code = (text: string) => `\`${text}\``;
