import type { EpochMs } from "#lib/core/time.ts";
import { decodeEvent, type SentEvent } from "./event-encoding.ts";
import { type Message, message } from "./rhea.ts";

export interface LocalEvent {
  /** Bytes as they are; anything else becomes JSON, as in the SDK. */
  body: unknown;
  properties?: Record<string, unknown>;
  partitionKey?: string;
  /** Default: now; never before the partition's last. */
  enqueuedAt?: EpochMs;
}

export function encodeLocal({ body, properties, partitionKey }: LocalEvent): SentEvent {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body), "utf8");
  const encoded = message.encode({
    body: message.data_section(bytes),
    ...(properties ? { application_properties: properties } : {}),
  } as unknown as Message);
  return { ...decodeEvent(encoded), partitionKey: partitionKey ?? null };
}
