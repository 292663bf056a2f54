"use client";

import { useMutation } from "@tanstack/react-query";
import { ChevronDown, Download } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { ActionMenu } from "#components/ui/menu.tsx";
import { download } from "#lib/client/format/csv.ts";
import type { GroupAddress } from "#lib/client/http/queries.ts";
import { positionsToCsv, positionsToJson } from "#lib/client/positions/positions-file.ts";
import { fetchPositions } from "#lib/client/resets/reset-queries.ts";

const forms = {
  csv: { type: "text/csv;charset=utf-8", write: positionsToCsv },
  json: { type: "application/json", write: positionsToJson },
} as const;

/** Downloads where the group stands now, read from Azure: to be kept, or to be imported as a target. */
export function ExportMenu({ address, whyNot }: { address: GroupAddress; whyNot: string | null }) {
  const exporting = useMutation({
    mutationFn: async (form: keyof typeof forms) => {
      const positions = await fetchPositions(address);
      const { type, write } = forms[form];
      // The date without colons, which no file's name may carry everywhere.
      const at = positions.exportedAt.slice(0, 19).replaceAll(":", "");
      download(`${address.hub}-${address.group}-positions-${at}.${form}`, write(positions), type);
    },
  });
  if (whyNot !== null) {
    return (
      <Button whyDisabled={whyNot}>
        <Download aria-hidden className="size-3.5 text-faint" />
        Export positions
      </Button>
    );
  }
  return (
    <>
      {exporting.error === null ? null : (
        <span role="alert" className="max-w-md text-pretty text-note text-stop">
          The positions could not be exported. {exporting.error.message}
        </span>
      )}
      <ActionMenu
        label="Export positions"
        trigger={
          <>
            <Download aria-hidden className="size-3.5 text-faint" />
            {exporting.isPending ? "Exporting…" : "Export positions"}
            <ChevronDown aria-hidden className="size-3.5 text-faint" />
          </>
        }
        actions={[
          { label: "As CSV", onSelect: () => exporting.mutate("csv") },
          { label: "As JSON", onSelect: () => exporting.mutate("json") },
        ]}
      />
    </>
  );
}
