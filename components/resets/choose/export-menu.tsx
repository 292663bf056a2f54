"use client";

import { useMutation } from "@tanstack/react-query";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { ActionMenu } from "#components/ui/menu/menu.tsx";
import { exportPositions } from "#lib/client/positions/export-positions.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";

export function ExportMenu({ address, whyNot }: { address: GroupAddress; whyNot: string | null }) {
  const exporting = useMutation({
    mutationFn: (form: "csv" | "json") => exportPositions(address, form),
  });
  if (whyNot !== null) {
    return (
      <Button whyDisabled={whyNot}>
        <Icon name="download" className="size-3.5 text-faint" />
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
            <Icon name="download" className="size-3.5 text-faint" />
            {exporting.isPending ? "Exporting…" : "Export positions"}
            <Icon name="chevron-down" className="size-3.5 text-faint" />
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
