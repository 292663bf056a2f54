import { createHash } from "node:crypto";
import { Secret } from "#lib/core/secret.ts";

/** Tells values apart, also by the secrets in them, none of which it gives away. */
export function fingerprint(value: unknown): string {
  const text = JSON.stringify(value, function (this: Record<string, unknown>, key, item: unknown) {
    // `item` is what is printed of a secret.
    const raw = this[key];
    return raw instanceof Secret ? { secret: raw.reveal() } : item;
  });
  return createHash("sha256")
    .update(text ?? "")
    .digest("base64");
}
