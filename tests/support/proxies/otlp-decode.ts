interface SentMetric {
  name: string;
  unit: string;
  kind: "gauge" | "sum" | "histogram";
  temporality: "delta" | "cumulative" | null;
  isMonotonic: boolean;
  points: { attributes: Record<string, string>; value: number; counts: number[] }[];
}

export interface SentMetrics {
  resource: Record<string, string>;
  metrics: SentMetric[];
}

/** Decodes an ExportMetricsServiceRequest by opentelemetry-proto's field numbers. */
export function decodeMetrics(bytes: Uint8Array): SentMetrics {
  const [resourceMetrics] = messages(fields(bytes), 1);
  const parts = resourceMetrics ?? new Map();
  const [resource] = messages(parts, 1);
  return {
    resource: attributesOf(resource ?? new Map(), 1),
    metrics: messages(parts, 2).flatMap((scope) => messages(scope, 2).map(metricOf)),
  };
}

type Fields = Map<number, (Uint8Array | number)[]>;

const kinds = { 5: "gauge", 7: "sum", 9: "histogram" } as const;
const temporalities = [null, "delta", "cumulative"] as const;

function metricOf(metric: Fields): SentMetric {
  const [number, kind] = Object.entries(kinds).find(([field]) => metric.has(Number(field))) ?? ["0", "gauge"];
  const [data = new Map() as Fields] = messages(metric, Number(number));
  const isHistogram = kind === "histogram";
  return {
    name: textOf(metric, 1),
    unit: textOf(metric, 3),
    kind,
    temporality: temporalities[Number(data.get(2)?.[0] ?? 0)] ?? null,
    isMonotonic: data.get(3)?.[0] === 1,
    points: messages(data, 1).map((point) => ({
      attributes: attributesOf(point, isHistogram ? 9 : 7),
      value: doubles(point.get(isHistogram ? 5 : 4)?.[0])[0] ?? Number.NaN,
      counts: isHistogram ? integers(point.get(6)?.[0]) : [],
    })),
  };
}

function attributesOf(message: Fields, field: number): Record<string, string> {
  return Object.fromEntries(
    messages(message, field).map((pair) => {
      const [value = new Map() as Fields] = messages(pair, 2);
      return [textOf(pair, 1), textOf(value, 1)];
    }),
  );
}

function messages(message: Fields, field: number): Fields[] {
  return (message.get(field) ?? []).filter((value) => typeof value !== "number").map(fields);
}

function textOf(message: Fields, field: number): string {
  const value = message.get(field)?.[0];
  return value === undefined || typeof value === "number" ? "" : new TextDecoder().decode(value);
}

function eights<T>(value: Uint8Array | number | undefined, read: (view: DataView, at: number) => T): T[] {
  if (value === undefined || typeof value === "number") return [];
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  return Array.from({ length: value.length / 8 }, (_, index) => read(view, index * 8));
}

const doubles = (value: Uint8Array | number | undefined) =>
  eights(value, (view, at) => view.getFloat64(at, true));
const integers = (value: Uint8Array | number | undefined) =>
  eights(value, (view, at) => Number(view.getBigUint64(at, true)));

function fields(bytes: Uint8Array): Fields {
  const found: Fields = new Map();
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = bytes[at] ?? 0;
      at += 1;
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const wire = tag % 8;
    const field = Math.floor(tag / 8);
    let value: Uint8Array | number;
    if (wire === 0) value = varint();
    else {
      const length = wire === 2 ? varint() : wire === 1 ? 8 : wire === 5 ? 4 : Number.NaN;
      if (!(at + length <= bytes.length)) throw new Error("The message is cut off, or no protobuf.");
      value = bytes.subarray(at, at + length);
      at += length;
    }
    const known = found.get(field);
    if (known === undefined) found.set(field, [value]);
    else known.push(value);
  }
  return found;
}
