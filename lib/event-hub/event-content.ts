import type { ReceivedEventData } from "@azure/event-hubs";

const mostProperties = 50;
const mostValueLength = 512;
const mostTextBytes = 4_096;
const mostOtherBytes = 512;

interface NamedValue {
  name: string;
  value: string;
  isCut: boolean;
}

interface BodyPreview {
  kind: "empty" | "text" | "hex";
  preview: string;
  /** The size of the whole body. Null when it is not a sequence of bytes. */
  bytes: number | null;
  isCut: boolean;
}

export interface EventContent {
  partitionKey: string | null;
  contentType: string | null;
  messageId: string | null;
  correlationId: string | null;
  properties: NamedValue[];
  systemProperties: NamedValue[];
  body: BodyPreview;
}

type Received = Pick<
  ReceivedEventData,
  "body" | "properties" | "systemProperties" | "partitionKey" | "contentType" | "messageId" | "correlationId"
>;

/** Treats everything as foreign: text or bytes, nothing else. */
export function toEventContent(event: Received): EventContent {
  return {
    partitionKey: textOrNull(event.partitionKey),
    contentType: textOrNull(event.contentType),
    messageId: textOrNull(event.messageId),
    correlationId: textOrNull(event.correlationId),
    properties: namedValues(event.properties),
    systemProperties: namedValues(event.systemProperties),
    body: previewOf(event.body),
  };
}

function previewOf(body: unknown): BodyPreview {
  if (body === null || body === undefined) return { kind: "empty", preview: "", bytes: 0, isCut: false };
  const bytes = bytesOf(body);
  if (bytes !== null) return previewOfBytes(bytes);
  const encoded = new TextEncoder().encode(textOf(body));
  return { ...previewOfBytes(encoded), bytes: typeof body === "string" ? encoded.length : null };
}

function bytesOf(body: unknown): Uint8Array | null {
  if (body instanceof Uint8Array) return body;
  const isSections = Array.isArray(body) && body.length > 0 && body.every((one) => one instanceof Uint8Array);
  return isSections ? Buffer.concat(body) : null;
}

function previewOfBytes(bytes: Uint8Array): BodyPreview {
  if (bytes.length === 0) return { kind: "empty", preview: "", bytes: 0, isCut: false };
  const text = asText(bytes);
  if (text !== null) {
    return { kind: "text", preview: text, bytes: bytes.length, isCut: bytes.length > mostTextBytes };
  }
  const preview = Buffer.from(bytes.subarray(0, mostOtherBytes)).toString("hex");
  return { kind: "hex", preview, bytes: bytes.length, isCut: bytes.length > mostOtherBytes };
}

const notText = /[\p{Cc}--[\t\n\r]]/v;

/** The beginning as UTF-8 text, without a character cut off at the end. Null when it is no text. */
function asText(bytes: Uint8Array): string | null {
  try {
    const start = bytes.subarray(0, mostTextBytes);
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    const text = decoder.decode(start, { stream: start.length < bytes.length });
    return notText.test(text) ? null : text;
  } catch {
    return null;
  }
}

function namedValues(values: Record<string, unknown> | undefined): NamedValue[] {
  return Object.entries(values ?? {})
    .slice(0, mostProperties)
    .map(([name, value]) => ({ name: cut(name), ...bounded(value) }));
}

function bounded(value: unknown): Omit<NamedValue, "name"> {
  const text = textOf(value);
  return { value: cut(text), isCut: text.length > mostValueLength };
}

function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : cut(textOf(value));
}

function cut(text: string): string {
  return text.length > mostValueLength ? text.slice(0, mostValueLength) : text;
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof Uint8Array) return Buffer.from(value.subarray(0, mostValueLength)).toString("hex");
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
  if (typeof value !== "object" || value === null) return String(value);
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return "a value that can't be shown";
  }
}
