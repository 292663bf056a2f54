/** How the text of a key in a page's query is read and written. `parse` answers null for what it does not know. */
export interface Parser<T> {
  parse(text: string): T | null;
  serialize(value: T): string;
  eq(a: T, b: T): boolean;
}

/** Its key is left out of the query while it has this value. */
interface Defaulted<T> extends Parser<T> {
  defaultValue: T;
}

export type Parsers = Readonly<Record<string, Parser<unknown>>>;

type ValueOf<P> = P extends Defaulted<infer T> ? T : P extends Parser<infer T> ? T | null : never;

export type ValuesOf<P extends Parsers> = { [K in keyof P]: ValueOf<P[K]> };

/** Null takes the key out of the query. */
export type Changes<P extends Parsers> = { [K in keyof P]?: ValueOf<P[K]> | null };

export function createParser<T>(parser: Omit<Parser<T>, "eq"> & Partial<Parser<T>>): Parser<T> {
  return { eq: Object.is, ...parser };
}

export function withDefault<T>(parser: Parser<T>, defaultValue: T): Defaulted<T> {
  return { ...parser, defaultValue };
}

export const parseAsString = createParser<string>({ parse: (text) => text, serialize: (text) => text });

export const parseAsBoolean = createParser<boolean>({ parse: (text) => text === "true", serialize: String });

export const parseAsInteger = createParser<number>({
  parse: (text) => (/^-?\d{1,16}$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null),
  serialize: String,
});

export function parseAsLiteral<const T extends string>(known: readonly T[]): Parser<T> {
  return createParser({ parse: (text) => known.find((one) => one === text) ?? null, serialize: String });
}

/** Items that its parser does not know are dropped. */
export function parseAsArrayOf<T>(item: Parser<T>): Parser<T[]> {
  return {
    parse: (text) =>
      text === ""
        ? []
        : text
            .split(",")
            .map((one) => item.parse(one.replaceAll("%2C", ",")))
            .filter((one) => one !== null),
    serialize: (items) => items.map((one) => item.serialize(one).replaceAll(",", "%2C")).join(","),
    eq: (a, b) => a.length === b.length && a.every((one, i) => item.eq(one, b[i] as T)),
  };
}

// The last value of each, so that an unchanged text is the same object.
const lastValues = new WeakMap<Parser<unknown>, { text: string; value: unknown }>();

function read(parser: Parser<unknown>, text: string | null): unknown {
  const absent = "defaultValue" in parser ? parser.defaultValue : null;
  if (text === null) return absent;
  const last = lastValues.get(parser);
  if (last?.text === text) return last.value;
  const value = parser.parse(text) ?? absent;
  lastValues.set(parser, { text, value });
  return value;
}

export function readQuery<P extends Parsers>(parsers: P, query: { get(key: string): string | null }) {
  const entries = Object.entries(parsers).map(([key, parser]) => [key, read(parser, query.get(key))]);
  return Object.fromEntries(entries) as ValuesOf<P>;
}

/** A server page's own form of its query; of a key that is there twice the first counts. */
export type SearchParams = Record<string, string | string[] | undefined>;

export function readSearch<P extends Parsers>(parsers: P, search: SearchParams): ValuesOf<P> {
  return readQuery(parsers, { get: (key) => [search[key]].flat()[0] ?? null });
}

export function changeQuery<P extends Parsers>(query: string, parsers: P, changes: Changes<P>): string {
  const params = new URLSearchParams(query);
  for (const [key, value] of Object.entries<unknown>(changes)) {
    const parser = parsers[key];
    if (parser === undefined || value === undefined) continue;
    const isLeftOut = value === null || ("defaultValue" in parser && parser.eq(value, parser.defaultValue));
    if (isLeftOut) params.delete(key);
    else params.set(key, parser.serialize(value));
  }
  return params.toString();
}

/** The address with this query, in which what needs no escape has none: people read and write addresses. */
export function withQuery(path: string, query: string): string {
  const readable = query.replace(/%(2C|2F|3A|3B|40)/g, (one) => decodeURIComponent(one));
  return readable === "" ? path : `${path}?${readable}`;
}

/** `path` with these values in its query, beside what it has there. */
export function pathWith<P extends Parsers>(path: string, parsers: P, values: Changes<P>): string {
  const [bare = "", query = ""] = path.split("?");
  return withQuery(bare, changeQuery(query, parsers, values));
}
