import { createHash } from "node:crypto";
import { Secret } from "#lib/core/secret.ts";

export function fingerprint(value: unknown): string {
  const text = JSON.stringify(value, function (this: Record<string, unknown>, key, item: unknown) {
    // `item` is the masked form of a secret.
    const raw = this[key];
    return raw instanceof Secret ? { secret: raw.reveal() } : item;
  });
  return createHash("sha256")
    .update(text ?? "")
    .digest("base64");
}
