import type { EpochMs } from "#lib/core/time.ts";
import { decodeEvent, type SentEvent } from "./event-encoding.ts";
import { type Message, message } from "./rhea.ts";

/**
 * A body of bytes is sent as it is; any other becomes JSON, as in the SDK. `enqueuedAt` defaults to now and
 * is never before the partition's last.
 */
export interface LocalEvent {
  body: unknown;
  properties?: Record<string, unknown>;
  partitionKey?: string;
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
