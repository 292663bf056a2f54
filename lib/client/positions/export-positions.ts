import { download } from "#lib/client/format/csv.ts";
import { fetchPositions } from "#lib/client/resets/reset-queries.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";
import { positionsToCsv, positionsToJson } from "./positions-file.ts";

const forms = {
  csv: { type: "text/csv;charset=utf-8", write: positionsToCsv },
  json: { type: "application/json", write: positionsToJson },
} as const;

export async function exportPositions(address: GroupAddress, form: keyof typeof forms): Promise<void> {
  const positions = await fetchPositions(address);
  const { type, write } = forms[form];
  // No colons, which some file systems refuse.
  const at = positions.exportedAt.slice(0, 19).replaceAll(":", "");
  download(`${address.hub}-${address.group}-positions-${at}.${form}`, write(positions), type);
}
