import type { Reason } from "./catalogue.ts";
import { fromStored, toWire } from "./reason.ts";

/** A reason for a column that held a mere sentence in version 0.1.0: JSON in the wire's form. */
export function toStoredText(reason: Reason): string {
  return JSON.stringify(toWire(reason));
}

/** The same read again; a mere sentence comes back as `recorded`. */
export function fromStoredText(text: string): Reason {
  return fromStored(parsed(text)) ?? { code: "recorded", params: { text } };
}

function parsed(text: string): unknown {
  if (!text.startsWith("{")) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
