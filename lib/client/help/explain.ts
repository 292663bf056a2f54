import type { Status } from "#lib/api/status.ts";
import { chipExplanation } from "./chip-explanations.ts";
import { columnExplanations } from "./column-explanations.ts";
import type { Explanation } from "./explanation.ts";
import { figureExplanations } from "./figure-explanations.ts";

const tables: Readonly<Record<string, Readonly<Record<string, Explanation>>>> = columnExplanations;

/** The explanation that a key names; loads when somebody points at the first. */
export function explain(key: string): Explanation | null {
  const [kind = "", first = "", ...rest] = key.split(":");
  const last = rest.join(":");
  if (kind === "chip") return chipExplanation({ status: first as Status, word: last });
  return (kind === "column" ? tables[first]?.[last] : figureExplanations[first]) ?? null;
}
