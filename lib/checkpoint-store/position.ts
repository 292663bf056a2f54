import { quoted } from "./text.ts";

// A blob's metadata hold 8 KiB in all and known offsets are below 40 characters. A longer one is kept out
// rather than cut: a shortened offset would be another position.
const longestOffset = 1_024;

/**
 * A stored sequence number. -1 is the one before the first event: nothing processed.
 * @returns the number, or a sentence's part that says what is wrong with it
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

/** A stored offset; null where it is missing, blank, absurdly long, or .NET 5.10's "no offset". */
export function parseOffset(text: string | undefined): string | null {
  const trimmed = text?.trim() ?? "";
  if (trimmed === "" || trimmed.toLowerCase() === "no offset" || trimmed.length > longestOffset) return null;
  return trimmed;
}

/**
 * What must never be written as a checkpoint: it would stop the group's processors, or send them elsewhere.
 * The parameters are `unknown` because callers in JavaScript are not held by types.
 * @returns a sentence's part that says what is wrong, or null
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
  // It travels as an HTTP header.
  if (!/^[\x20-\x7e]+$/.test(offset))
    return `the offset ${quoted(offset)} holds characters that can't be stored`;
  return null;
}
