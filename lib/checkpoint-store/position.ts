import { quoted } from "./text.ts";

// Known offsets are below 40 characters. A longer one is refused, not cut: a cut offset would be another
// position.
const longestOffset = 1_024;

/**
 * Parses a stored sequence number. -1 precedes the first event: nothing processed.
 * @returns the number, or part of a sentence that says what is wrong
 */
export function parseSequenceNumber(text: string | undefined): number | { fault: string } {
  const trimmed = text?.trim() ?? "";
  if (trimmed === "") return { fault: "it has no sequence number" };
  if (!/^-?\d+$/.test(trimmed)) return { fault: `its sequence number ${quoted(trimmed)} is not an integer` };
  const value = Number(trimmed);
  if (!Number.isSafeInteger(value))
    return { fault: `its sequence number ${quoted(trimmed)} is out of range` };
  if (value < -1) return { fault: `its sequence number ${quoted(trimmed)} is negative` };
  return value;
}

/** Parses a stored offset. Null when missing, blank, absurdly long, or .NET 5.10's "no offset". */
export function parseOffset(text: string | undefined): string | null {
  const trimmed = text?.trim() ?? "";
  if (trimmed === "" || trimmed.toLowerCase() === "no offset" || trimmed.length > longestOffset) return null;
  return trimmed;
}

/**
 * Refuses positions that would stop the group's processors or send them elsewhere. Takes `unknown` because
 * callers in JavaScript are not held by types.
 * @returns part of a sentence that says what is wrong, or null
 */
export function positionFault(position: { sequenceNumber: unknown; offset: unknown }): string | null {
  const { sequenceNumber, offset } = position;
  if (typeof sequenceNumber !== "number" || !Number.isSafeInteger(sequenceNumber) || sequenceNumber < -1) {
    return `the sequence number ${quoted(String(sequenceNumber))} is not an integer of -1 or more`;
  }
  if (typeof offset !== "string") return "the offset is not a string";
  if (parseOffset(offset) === null) return `the offset ${quoted(offset)} names no position`;
  if (offset.trim().toLowerCase() === "@latest")
    return 'the offset "@latest" would skip events at every start';
  // The offset is sent as an HTTP header.
  if (!/^[\x20-\x7e]+$/.test(offset))
    return `the offset ${quoted(offset)} holds characters that can't be stored`;
  return null;
}
