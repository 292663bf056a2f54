export interface CsvLine {
  line: number;
  fields: string[];
}

/**
 * Parses RFC 4180 text without empty lines. Skips a byte order mark and accepts both line ends. The separator
 * is the one more frequent in the first line, since some spreadsheets write semicolons.
 * @throws Error with the line if a quotation is never closed or continues after its end
 */
export function readCsv(text: string): CsvLine[] {
  const source = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const head = source.split(/\r?\n/, 1)[0] ?? "";
  const separator = head.split(";").length > head.split(",").length ? ";" : ",";
  const lines: CsvLine[] = [];
  let at = 0;
  let line = 1;
  while (at < source.length) {
    const read = readLine(source, at, line, separator);
    if (read.fields.some((field) => field !== "")) lines.push({ line, fields: read.fields });
    at = read.end;
    line = read.line;
  }
  return lines;
}

function readLine(source: string, start: number, first: number, separator: string) {
  const fields: string[] = [];
  let at = start;
  let line = first;
  for (;;) {
    const field = source[at] === '"' ? quoted(source, at, line) : plain(source, at, separator);
    fields.push(field.text);
    at = field.end;
    line += field.text.split("\n").length - 1;
    if (source[at] === separator) {
      at += 1;
      continue;
    }
    const end = /\r?\n|$/y;
    end.lastIndex = at;
    const found = end.exec(source);
    if (found === null) throw new Error(`Line ${line}: something stands after a closing quotation mark.`);
    return { fields, end: at + found[0].length, line: line + (found[0] === "" ? 0 : 1) };
  }
}

function plain(source: string, start: number, separator: string): { text: string; end: number } {
  let end = start;
  while (end < source.length && source[end] !== separator && source[end] !== "\n") end += 1;
  const text = source.slice(start, end);
  return text.endsWith("\r") && source[end] !== separator
    ? { text: text.slice(0, -1), end: end - 1 }
    : { text, end };
}

function quoted(source: string, start: number, line: number): { text: string; end: number } {
  let text = "";
  let at = start + 1;
  for (;;) {
    const close = source.indexOf('"', at);
    if (close === -1) throw new Error(`Line ${line}: a quotation mark is never closed.`);
    text += source.slice(at, close);
    if (source[close + 1] !== '"') return { text, end: close + 1 };
    text += '"';
    at = close + 2;
  }
}
