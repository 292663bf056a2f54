import { positionFault } from "#lib/checkpoint-store/position.ts";
import type { CheckpointFormat } from "#lib/core/stored-blobs.ts";
import { type JsonMember, jsonMembers } from "./json-members.ts";

export interface LeasePosition {
  sequenceNumber: number;
  offset: string;
}

interface Splice {
  start: number;
  end: number;
  text: string;
}

/**
 * Puts another position into a lease blob's body. Replaces only the values of offset and sequence number,
 * each in the type found, and adds a missing one in the body's own style. Keeps all other characters: order,
 * casing, large numbers, unknown fields.
 * @returns the new text, or part of a sentence that says why not
 */
export function rewriteLease(
  text: string,
  format: CheckpointFormat,
  position: LeasePosition,
): string | { fault: string } {
  const fault = positionFault(position) ?? (isObject(text) ? null : "its content is not a JSON object");
  if (fault !== null) return { fault };
  const at = text.indexOf("{");
  const members = jsonMembers(text, at);
  if (format !== "go3" && format !== "dapr")
    return splice(text, positionSplices(text, at, members, position));
  const inner = members.filter(({ key }) => nameOf(key) === "checkpoint");
  if (inner.length === 0)
    return splice(text, [addition(at, members, ["checkpoint"], [goPosition(position)])]);
  return splice(
    text,
    inner.flatMap(({ start, end }) => {
      if (text[start] === "{") return positionSplices(text, start, jsonMembers(text, start), position);
      return [{ start, end, text: goPosition(position) }];
    }),
  );
}

/** Sets every duplicate: clients differ in which one they read. */
function positionSplices(
  text: string,
  at: number,
  members: readonly JsonMember[],
  { sequenceNumber, offset }: LeasePosition,
): Splice[] {
  const offsets = members.filter(({ key }) => nameOf(key) === "offset");
  const sequences = members.filter(({ key }) => nameOf(key) === "sequencenumber");
  const names = namesLike(members.map(({ key }) => key));
  const missing = [
    ...(offsets.length === 0 ? [{ key: names.offset, value: JSON.stringify(offset) }] : []),
    ...(sequences.length === 0
      ? [{ key: names.sequenceNumber, value: like(names.sequenceIsText, sequenceNumber) }]
      : []),
  ];
  return [
    ...offsets.map(({ start, end }) => ({ start, end, text: JSON.stringify(offset) })),
    ...sequences.map(({ start, end }) => {
      const isText = text[start] === '"' || (names.sequenceIsText && text.slice(start, end) === "null");
      return { start, end, text: like(isText, sequenceNumber) };
    }),
    ...(missing.length === 0
      ? []
      : [
          addition(
            at,
            members,
            missing.map(({ key }) => key),
            missing.map(({ value }) => value),
          ),
        ]),
  ];
}

function addition(
  at: number,
  members: readonly JsonMember[],
  keys: readonly string[],
  values: readonly string[],
): Splice {
  const added = keys.map((key, index) => `${JSON.stringify(key)}:${values[index] ?? "null"}`).join(",");
  return { start: at + 1, end: at + 1, text: members.length === 0 ? added : `${added},` };
}

/** .NET writes `Offset`, Java and Go `offset`, Python `sequence_number` and that as text. */
function namesLike(keys: readonly string[]) {
  const isSnake = keys.some((key) => key.includes("_"));
  const isPascal = keys.some((key) => /^[A-Z]/.test(key));
  return {
    offset: isPascal ? "Offset" : "offset",
    sequenceNumber: isSnake ? "sequence_number" : isPascal ? "SequenceNumber" : "sequenceNumber",
    sequenceIsText: isSnake,
  };
}

function goPosition({ sequenceNumber, offset }: LeasePosition): string {
  return `{"offset":${JSON.stringify(offset)},"sequenceNumber":${sequenceNumber}}`;
}

function like(isText: boolean, value: number): string {
  return isText ? `"${value}"` : String(value);
}

function splice(text: string, splices: readonly Splice[]): string {
  let result = text;
  for (const { start, end, text: part } of splices.toSorted((a, b) => b.start - a.start)) {
    result = result.slice(0, start) + part + result.slice(end);
  }
  return result;
}

function isObject(text: string): boolean {
  try {
    // A byte-order mark is kept, but is not JSON.
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    return value !== null && typeof value === "object" && !Array.isArray(value);
  } catch {
    return false;
  }
}

function nameOf(key: string): string {
  return key.toLowerCase().replaceAll("_", "");
}
