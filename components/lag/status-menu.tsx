"use client";

import { CheckMenu } from "#components/ui/menu/menu.tsx";
import type { Status } from "#lib/api/status.ts";
import { statusesWorstFirst, statusNames } from "#lib/client/lag/status-words.ts";
import { StatusIcon } from "./status-chip.tsx";

export function StatusMenu({
  checked,
  onChange,
}: {
  checked: readonly Status[];
  onChange: (statuses: Status[]) => void;
}) {
  const text =
    checked.length === 0
      ? "any"
      : checked.length > 2
        ? `${checked.length} of them`
        : checked.map((s) => statusNames[s]).join(", ");
  return (
    <CheckMenu
      label="Status"
      text={`Status: ${text}`}
      options={statusesWorstFirst.map((status) => ({
        value: status,
        label: (
          <span className="flex items-center gap-2">
            <StatusIcon status={status} />
            {statusNames[status]}
          </span>
        ),
      }))}
      checked={checked}
      onChange={(picked) => onChange(statusesWorstFirst.filter((status) => picked.includes(status)))}
    />
  );
}
