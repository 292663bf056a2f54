export interface ReadSeries {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const line = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const label = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/** Reads Prometheus' text format as strictly as a scrape does. A repeated series is a failure. */
export function readExposition(source: string | Uint8Array): ReadSeries[] {
  const seen = new Set<string>();
  return textOf(source)
    .split("\n")
    .filter((each) => each !== "" && !each.startsWith("#"))
    .map((each) => {
      const [, name = "", inside = "", value = ""] = line.exec(each) ?? [];
      if (name === "" || !Number.isFinite(Number(value))) throw new Error(`Not a sample: ${each}`);
      const labels = Object.fromEntries(
        [...inside.matchAll(label)].map(([, key = "", quoted = ""]) => [key, unescapeLabel(quoted)]),
      );
      const key = JSON.stringify([name, Object.entries(labels).sort()]);
      if (seen.has(key)) throw new Error(`Stands twice: ${each}`);
      seen.add(key);
      return { name, labels, value: Number(value) };
    });
}

export function valuesOf(
  text: string | Uint8Array,
  name: string,
  labels: Record<string, string> = {},
): number[] {
  return readExposition(text)
    .filter(
      (series) =>
        series.name === name && Object.entries(labels).every(([key, value]) => series.labels[key] === value),
    )
    .map(({ value }) => value);
}

export function textOf(source: string | Uint8Array): string {
  return typeof source === "string" ? source : new TextDecoder().decode(source);
}

function unescapeLabel(text: string): string {
  return text.replaceAll(/\\(.)/g, (_, char: string) => (char === "n" ? "\n" : char));
}
