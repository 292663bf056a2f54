import { download } from "#lib/client/format/csv.ts";
import type { GroupAddress } from "#lib/client/http/queries.ts";
import { fetchPositions } from "#lib/client/resets/reset-queries.ts";
import { positionsToCsv, positionsToJson } from "./positions-file.ts";

const forms = {
  csv: { type: "text/csv;charset=utf-8", write: positionsToCsv },
  json: { type: "application/json", write: positionsToJson },
} as const;

/** Reads where a group stands now from Azure, and downloads it as a file. @throws ClientError */
export async function exportPositions(address: GroupAddress, form: keyof typeof forms): Promise<void> {
  const positions = await fetchPositions(address);
  const { type, write } = forms[form];
  // The date without colons, which no file's name may carry everywhere.
  const at = positions.exportedAt.slice(0, 19).replaceAll(":", "");
  download(`${address.hub}-${address.group}-positions-${at}.${form}`, write(positions), type);
}
