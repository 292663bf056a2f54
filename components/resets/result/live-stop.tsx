"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId } from "react";
import { Failure } from "#components/resets/failure.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import type { Reset, StopRequest } from "#lib/api/resets.ts";
import { stopReset } from "#lib/client/resets/reset-queries.ts";
import { stopAskedText, stopLeaves } from "#lib/client/resets/stop-words.ts";
import { takeReset } from "#lib/client/resets/take-reset.ts";

const words: Record<StopRequest["when"], string> = {
  afterWave: "Stop after this wave",
  now: "Stop now",
};

export function LiveStop({ reset, whyNot }: { reset: Reset; whyNot: string | null }) {
  const client = useQueryClient();
  const id = useId();
  const stopping = useMutation({
    mutationFn: (when: StopRequest["when"]) => stopReset(reset.id, when),
    onSuccess: (next) => takeReset(client, next),
  });
  const leaves = stopLeaves(reset);
  if (leaves === null) return null;
  const whens = (["afterWave", "now"] as const).filter((when) => leaves[when] !== null);
  const asked = reset.stopAsked?.when ?? null;
  const whyOff = (when: StopRequest["when"]) =>
    whyNot ??
    (stopping.isPending ? "Asking…" : null) ??
    (asked === "now" || asked === when ? "That was asked for already." : null);
  return (
    <>
      {stopping.error === null ? null : <Failure title="Not stopped" error={stopping.error} />}
      <section
        aria-label="Stop"
        className="flex flex-wrap items-center gap-x-6 gap-y-2 rounded-lg border border-line bg-surface px-4 py-2"
      >
        {whens.map((when) => (
          <span key={when} className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <Button
              look={when === "now" ? "danger" : "outline"}
              whyDisabled={whyOff(when)}
              aria-describedby={`${id}-${when}`}
              onClick={() => stopping.mutate(when)}
            >
              {when === "now" ? <Icon name="octagon-x" className="size-3.5" /> : null}
              {words[when]}
            </Button>
            <span id={`${id}-${when}`} className="figures text-note text-muted">
              {leaves[when]}
            </span>
          </span>
        ))}
        <p role="status" className="foreign w-full empty:hidden">
          {stopAskedText(reset)}
        </p>
      </section>
    </>
  );
}
