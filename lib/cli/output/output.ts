import { stripVTControlCharacters, styleText } from "node:util";
import { toCsv } from "#lib/client/format/csv.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import type { ChipTone } from "#lib/client/lag/status-words.ts";
import type { formats } from "../declarations.ts";
import { type Column, renderTable } from "./table.ts";

export type Format = (typeof formats)[number];

const colors = {
  ok: "green",
  behind: "blue",
  warn: "yellow",
  stall: "yellow",
  rewind: "magenta",
  stop: "red",
  unknown: "dim",
} as const satisfies Record<ChipTone, unknown>;

export class Output {
  readonly format: Format;
  readonly #out: NodeJS.WriteStream;
  readonly #error: NodeJS.WriteStream;

  constructor(format: Format, out: NodeJS.WriteStream, error: NodeJS.WriteStream) {
    this.format = format;
    this.#out = out;
    this.#error = error;
  }

  get isTerminal(): boolean {
    return this.#out.isTTY;
  }

  get columns(): number | null {
    return this.#out.isTTY ? this.#out.columns : null;
  }

  paint(text: string, tone: ChipTone): string {
    return styleText(colors[tone], text, { stream: this.#out });
  }

  rows<Row>(columns: readonly Column<Row>[], rows: readonly Row[], answer: unknown, none: string): void {
    if (this.format === "json") this.json(answer);
    else if (this.format === "csv") this.text(csvOf(columns, rows));
    else if (rows.length === 0) this.say(none);
    else this.text(this.table(columns, rows));
  }

  table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
    return renderTable(columns, rows, {
      columns: this.format === "wide" ? null : this.columns,
      isWide: this.format === "wide",
      paint: (text, tone) => this.paint(text, tone),
    });
  }

  json(value: unknown): void {
    this.text(`${JSON.stringify(value, null, 2)}\n`);
  }

  text(text: string): void {
    this.#out.write(text);
  }

  say(line: string): void {
    this.#error.write(`${showText(stripVTControlCharacters(line))}\n`);
  }

  aside(text: string): void {
    this.#error.write(text);
  }
}

export function csvOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  return toCsv(
    columns.map(({ name }) => name),
    rows.map((row) => columns.map(({ value }) => value(row))),
  );
}
