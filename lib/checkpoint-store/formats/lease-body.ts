import { parseOffset, parseSequenceNumber } from "../position.ts";
import { bounded, quoted } from "../text.ts";

export interface LeaseBody {
  partitionId: string | null;
  owner: string | null;
  sequenceNumber: number | null;
  offset: string | null;
  fault: string | null;
}

type Fields = ReadonlyMap<string, unknown>;

const nothing = { partitionId: null, owner: null, sequenceNumber: null, offset: null };
const known = ["partitionid", "owner", "token", "epoch", "offset", "sequencenumber", "checkpoint"];

export function faultyBody(fault: string): LeaseBody {
  return { ...nothing, fault };
}

/** EventProcessorHost of .NET, Java and Python: one flat object. Its keys differ in case and underscores. */
export function parseHostLease(text: string): LeaseBody {
  return parseLease(text, (fields) => fields);
}

/** azure-event-hubs-go 3 and early Dapr: the position is in an inner object, which may not exist yet. */
export function parseGoLease(text: string): LeaseBody {
  return parseLease(text, (fields) => {
    const inner = fields.get("checkpoint") ?? null;
    if (inner === null) return new Map();
    return fieldsOf(inner) ?? "its checkpoint is not an object";
  });
}

function parseLease(text: string, positionOf: (fields: Fields) => Fields | string): LeaseBody {
  const fields = parseFields(text);
  if (typeof fields === "string") return faultyBody(fields);
  if (!known.some((key) => fields.has(key))) return faultyBody("its content holds nothing of a lease");
  const names = { partitionId: nameOf(fields.get("partitionid")), owner: nameOf(fields.get("owner")) };
  const position = positionOf(fields);
  if (typeof position === "string") return { ...nothing, ...names, fault: position };
  const offset = parseOffset(textOf(position.get("offset"), Infinity) ?? undefined);
  const sequence = position.get("sequencenumber") ?? null;
  if (sequence === null || sequence === "") {
    const fault = offset === null ? null : "it has an offset but no sequence number";
    return { ...names, offset, sequenceNumber: null, fault };
  }
  const parsed = numberOf(sequence);
  if (typeof parsed !== "number") return { ...names, offset, sequenceNumber: null, fault: parsed.fault };
  return { ...names, offset, sequenceNumber: parsed, fault: null };
}

function parseFields(text: string): Fields | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return text.trim() === "" ? "it is empty" : "its content is not JSON";
  }
  return fieldsOf(json) ?? "its content is not a JSON object";
}

function fieldsOf(json: unknown): Fields | null {
  if (json === null || typeof json !== "object" || Array.isArray(json)) return null;
  return new Map(Object.entries(json).map(([key, value]) => [key.toLowerCase().replaceAll("_", ""), value]));
}

function textOf(value: unknown, longest?: number): string | null {
  if (typeof value === "string") return bounded(value.trim(), longest);
  return typeof value === "number" && Number.isSafeInteger(value) ? String(value) : null;
}

/** Removes control characters, which no screen shows and no database accepts. */
function nameOf(value: unknown): string | null {
  return textOf(typeof value === "string" ? value.replace(/\p{Cc}/gu, "") : value);
}

function numberOf(value: unknown): number | { fault: string } {
  // A JSON number beyond the safe integers has lost digits already, so it is refused as text would be.
  if (typeof value === "number" && Number.isInteger(value)) return parseSequenceNumber(digits(value));
  if (typeof value === "string") return parseSequenceNumber(value);
  return { fault: `its sequence number ${quoted(String(JSON.stringify(value)))} is not an integer` };
}

function digits(value: number): string {
  return BigInt(value).toString();
}
