type Encoding = "gzip" | "deflate" | "identity";

/** The encoding that Next's server gives an answer: gzip, else deflate, else none. `q=0` refuses one. */
export function encodingFor(accepted: string | null): Encoding {
  const weights = new Map(
    (accepted ?? "").split(",").map((part): [string, number] => {
      const [name = "", ...params] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const weight = params.find((param) => param.startsWith("q="))?.slice(2);
      return [name, weight === undefined ? 1 : Number(weight) || 0];
    }),
  );
  const allowed = (name: string) => (weights.get(name) ?? weights.get("*") ?? 0) > 0;
  if (allowed("gzip")) return "gzip";
  return allowed("deflate") ? "deflate" : "identity";
}
