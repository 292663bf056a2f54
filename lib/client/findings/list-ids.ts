import { formatCount } from "#lib/client/format/format.ts";

export function listIds(ids: readonly string[], most = 12): string {
  if (ids.length <= most) return ids.join(", ");
  return `${ids.slice(0, most).join(", ")} and ${formatCount(ids.length - most)} more`;
}
