import type { Reason } from "./catalogue.ts";
import { fromStored, toWire } from "./reason.ts";

/**
 * Stores a reason as JSON in the wire's form. Version 0.1.0 kept a plain sentence, which reads as `recorded`.
 */
export function toStoredText(reason: Reason): string {
  return JSON.stringify(toWire(reason));
}

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
