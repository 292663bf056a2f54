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

type FileValue = string | number | boolean | null;

/**
 * Everything an event carries, for a file. Encoding `value`: no sequence of bytes was sent, and text stands
 * for it.
 */
export interface WholeContent extends Omit<EventContent, "properties" | "systemProperties" | "body"> {
  properties: { name: string; value: FileValue }[];
  systemProperties: { name: string; value: FileValue }[];
  body: { encoding: "text" | "base64" | "value"; content: string };
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

/** All of it; bytes that are no UTF-8 in base64. The service bounds it: no event is larger than 20 MiB. */
export function toWholeContent(event: Received): WholeContent {
  const named = (values: Record<string, unknown> | undefined) =>
    Object.entries(values ?? {}).map(([name, value]) => ({ name, value: fileValue(value) }));
  return {
    partitionKey: wholeTextOrNull(event.partitionKey),
    contentType: wholeTextOrNull(event.contentType),
    messageId: wholeTextOrNull(event.messageId),
    correlationId: wholeTextOrNull(event.correlationId),
    properties: named(event.properties),
    systemProperties: named(event.systemProperties),
    body: wholeBody(event.body),
  };
}

function wholeBody(body: unknown): WholeContent["body"] {
  if (body === null || body === undefined) return { encoding: "text", content: "" };
  const bytes = bytesOf(body);
  if (bytes === null) {
    return { encoding: typeof body === "string" ? "text" : "value", content: wholeText(body) };
  }
  const text = asText(bytes, bytes.length);
  return text === null
    ? { encoding: "base64", content: Buffer.from(bytes).toString("base64") }
    : { encoding: "text", content: text };
}

function fileValue(value: unknown): FileValue {
  if (value === null || value === undefined || typeof value === "boolean") return value ?? null;
  // A file in JSON would make null of the others.
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  return wholeText(value);
}

function wholeTextOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : wholeText(value);
}

function wholeText(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString("hex") : textOf(value);
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

function asText(bytes: Uint8Array, most = mostTextBytes): string | null {
  try {
    const start = bytes.subarray(0, most);
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
