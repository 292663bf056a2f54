"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "#components/ui/button.tsx";
import { Ticking } from "#components/ui/clock.tsx";
import type { Silence } from "#lib/api/silences.ts";
import { endSilence, silencedPlaces, silencedRules } from "#lib/client/alerts/quiet.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { formatDuration } from "#lib/client/format/format.ts";
import { keys } from "#lib/client/http/queries.ts";

export function SilenceList({ silences, whyNot }: { silences: readonly Silence[]; whyNot: string | null }) {
  const client = useQueryClient();
  const ending = useMutation({
    mutationFn: endSilence,
    onSuccess: () => void client.invalidateQueries({ queryKey: keys.all }),
  });
  return (
    <ul aria-label="Silences" className="divide-y divide-line">
      {silences.map(({ id, hub, group, rule, until, by, note }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1.5 px-4 py-2.5">
          <div className="min-w-0 flex-1">
            <p className="foreign break-words">
              <span className="font-semibold">{showText(silencedPlaces({ hub, group }))}</span>
              <span className="text-muted"> · {showText(silencedRules({ rule }))}</span>
            </p>
            <p className="foreign break-words">{showText(note)}</p>
            <p className="figures text-muted text-note">
              by <span className="foreign">{showText(by)}</span> · for another{" "}
              <Ticking
                at={until}
                format={(now) => formatDuration(Math.max(0, (Date.parse(until) - now) / 1000))}
              />
            </p>
          </div>
          <Button
            aria-label={`End the silence of ${showText(silencedPlaces({ hub, group }))}`}
            onClick={() => ending.mutate(id)}
            whyDisabled={whyNot ?? (ending.isPending ? "It is being ended." : null)}
          >
            End
          </Button>
        </li>
      ))}
      <li role="status" className="px-4 text-stop empty:hidden">
        {ending.isError ? ending.error.message : ""}
      </li>
    </ul>
  );
}
