/** A Markdown table, as a code host shows it. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cellOf).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

const cellOf = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");

/** Without the blanks and dashes that formatting adds. */
export function unpadded(markdown: string): string {
  return markdown
    .replaceAll(/ +(?=\|)|(?<=\|) +/g, " ")
    .replaceAll(/-{3,}/g, "---")
    .trim();
}

export const code = (text: string) => `\`${text}\``;
