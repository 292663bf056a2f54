/**
 * Writes a connection string as users have it: names in any casing, blanks, quotes, parts in any order, a
 * line break at the end. `luck` yields the numbers that decide.
 */
export function decorated(parts: Readonly<Record<string, string>>, luck: Iterator<number>): string {
  const draw = (most: number) => (luck.next().value ?? 0) % most;
  const pick = (...choices: string[]) => choices[draw(choices.length)] ?? "";
  const blank = () => pick("", "", " ", "\t", "\n");
  const entries = Object.entries(parts);
  const turn = draw(entries.length);
  const text = [...entries.slice(turn), ...entries.slice(0, turn)]
    .map(([name, value]) => {
      const spelled = pick(name, name.toLowerCase(), name.toUpperCase());
      return `${blank()}${spelled}${blank()}=${blank()}${value}${blank()}`;
    })
    .join(pick(";", ";;", "; ;"));
  const quote = pick("", "", '"', "'");
  return `${pick("", "\uFEFF", " ")}${quote}${text}${pick("", ";")}${quote}${pick("", "\n", "\r\n")}`;
}
