import type { Status } from "#lib/api/status.ts";
import { chipExplanation } from "./chip-explanations.ts";
import { columnExplanations } from "./column-explanations.ts";
import type { Explanation } from "./explanation.ts";
import { figureExplanations } from "./figure-explanations.ts";
import { wordExplanations } from "./word-explanations.ts";

type Catalogue = Readonly<Record<string, Readonly<Record<string, Explanation>>>>;

const tables: Catalogue = columnExplanations;
const words: Catalogue = wordExplanations;

/** The explanation that a key names; loads when somebody points at the first. */
export function explain(key: string): Explanation | null {
  const [kind = "", first = "", ...rest] = key.split(":");
  const last = rest.join(":");
  if (kind === "chip") return chipExplanation({ status: first as Status, word: last });
  if (kind === "word") return words[first]?.[last] ?? null;
  return (kind === "column" ? tables[first]?.[last] : figureExplanations[first]) ?? null;
}
