import { longEntry, mapSection, stringEntry, timestampEntry } from "./amqp-encode.ts";
import { readBytes, readSections, readSymbolicMap, sectionCodes } from "./amqp-sections.ts";

/** The format of a message with one encoded event per data section. */
export const batchFormat = 0x80013700;

const partitionKeyAnnotation = "x-opt-partition-key";
const serviceAnnotations = new Set([
  "x-opt-sequence-number",
  "x-opt-offset",
  "x-opt-enqueued-time",
  partitionKeyAnnotation,
]);

export interface SentEvent {
  header: Buffer;
  annotations: Buffer[];
  partitionKey: string | null;
  rest: Buffer;
}

export interface SentBatch {
  events: SentEvent[];
  partitionKey: string | null;
}

export function decodeSent(encoded: Buffer, format: number): SentBatch {
  const envelope = decodeEvent(encoded);
  if (format !== batchFormat) return { events: [envelope], partitionKey: envelope.partitionKey };
  const events = readSections(encoded)
    .filter((section) => section.code === sectionCodes.data)
    .map((section) => decodeEvent(readBytes(encoded, section.valueStart)));
  const partitionKey = envelope.partitionKey ?? events[0]?.partitionKey ?? null;
  return { events: events.map((event) => ({ ...event, partitionKey })), partitionKey };
}

export function decodeEvent(encoded: Buffer): SentEvent {
  const event: SentEvent = {
    header: Buffer.alloc(0),
    annotations: [],
    partitionKey: null,
    rest: Buffer.alloc(0),
  };
  for (const section of readSections(encoded)) {
    if (section.code === sectionCodes.header) {
      event.header = encoded.subarray(section.start, section.end);
    } else if (section.code === sectionCodes.messageAnnotations) {
      for (const entry of readSymbolicMap(encoded, section.valueStart)) {
        if (entry.key === partitionKeyAnnotation) event.partitionKey = readText(entry);
        if (!serviceAnnotations.has(entry.key)) event.annotations.push(entry.encoded);
      }
    } else if (section.code !== sectionCodes.deliveryAnnotations) {
      event.rest = encoded.subarray(section.start);
      break;
    }
  }
  return event;
}

function readText(entry: { encoded: Buffer; valueStart: number }): string | null {
  if (entry.encoded[entry.valueStart] === 0x40) return null;
  return readBytes(entry.encoded, entry.valueStart).toString("utf8");
}

export interface Position {
  sequenceNumber: number;
  offset: string;
  enqueuedAt: number;
}

export function encodeStored(event: SentEvent, at: Position): { encoded: Buffer; headerLength: number } {
  const annotations = [
    longEntry("x-opt-sequence-number", at.sequenceNumber),
    stringEntry("x-opt-offset", at.offset),
    timestampEntry("x-opt-enqueued-time", at.enqueuedAt),
    ...event.annotations,
  ];
  if (event.partitionKey !== null) annotations.push(stringEntry(partitionKeyAnnotation, event.partitionKey));
  const section = mapSection(sectionCodes.messageAnnotations, annotations);
  // Allocated separately: from Node's pool each event would keep 8 kB alive.
  const headerLength = event.header.length;
  const encoded = Buffer.allocUnsafeSlow(headerLength + section.length + event.rest.length);
  event.header.copy(encoded, 0);
  section.copy(encoded, headerLength);
  event.rest.copy(encoded, headerLength + section.length);
  return { encoded, headerLength };
}

export function encodeRuntimeInfo(last: Position, retrievedAt: number): Buffer {
  return mapSection(sectionCodes.deliveryAnnotations, [
    longEntry("last_enqueued_sequence_number", last.sequenceNumber),
    stringEntry("last_enqueued_offset", last.offset),
    timestampEntry("last_enqueued_time_utc", last.enqueuedAt),
    timestampEntry("runtime_info_retrieval_time_utc", retrievedAt),
  ]);
}
