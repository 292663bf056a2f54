export type Encoding = "br" | "gzip" | "identity";

/** The heaviest encoding; of equal ones the smallest answer. `identity` counts only where it is named: it is always there. */
export function encodingFor(accepted: string | undefined): Encoding {
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
  const weightOf = (name: string) => weights.get(name) ?? weights.get("*") ?? 0;
  let best: Encoding = "identity";
  let most = weights.get("identity") ?? 0;
  for (const encoding of ["gzip", "br"] as const) {
    const weight = weightOf(encoding);
    if (weight === 0 || weight < most) continue;
    best = encoding;
    most = weight;
  }
  return best;
}
