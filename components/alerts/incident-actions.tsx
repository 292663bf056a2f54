"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Select } from "#components/ui/form/select.tsx";
import type { Incident } from "#lib/api/alerts.ts";
import { acknowledge, silenceSubject } from "#lib/client/alerts/quiet.ts";
import { usePageAction } from "#lib/client/browser/page-actions.ts";
import { keys } from "#lib/client/http/queries.ts";

const silences = [
  { value: "3600", label: "1 hour" },
  { value: "14400", label: "4 hours" },
  { value: "86400", label: "1 day" },
  { value: "604800", label: "7 days" },
];

export function IncidentActions({
  incidents,
  name,
  hub,
  whyNot,
}: {
  incidents: readonly Incident[];
  name: string;
  hub: string;
  whyNot: string | null;
}) {
  const [isAsking, setAsking] = useState(false);
  const [note, setNote] = useState("");
  const [seconds, setSeconds] = useState("3600");
  const client = useQueryClient();
  const done = () => {
    setAsking(false);
    setNote("");
    void client.invalidateQueries({ queryKey: [...keys.all, "incidents"] });
  };
  const acknowledging = useMutation({ mutationFn: () => acknowledge(incidents, note), onSuccess: done });
  const silencing = useMutation({
    mutationFn: () => silenceSubject(incidents, Number(seconds), note),
    onSuccess: done,
  });
  const error = acknowledging.error ?? silencing.error;
  const isBusy = acknowledging.isPending || silencing.isPending;
  const canAsk = whyNot === null && !isAsking;
  usePageAction(canAsk ? `Acknowledge or silence ${name}…` : null, () => setAsking(true), `action on ${hub}`);
  if (!isAsking) {
    return (
      <Button
        look="quiet"
        aria-label={`Acknowledge or silence ${name}`}
        whyDisabled={whyNot}
        onClick={() => setAsking(true)}
      >
        Acknowledge…
      </Button>
    );
  }
  const isAcknowledged = incidents.every(({ acknowledged }) => acknowledged !== null);
  const busy = isBusy ? "Saving…" : null;
  const whyNoSilence = note.trim() === "" ? "Type a reason to silence. The activity keeps it." : null;
  return (
    <form
      aria-label={`Acknowledge or silence ${name}`}
      className="order-last flex basis-full flex-wrap items-center gap-2"
      onSubmit={(event) => event.preventDefault()}
    >
      <input
        value={note}
        maxLength={500}
        // biome-ignore lint/a11y/noAutofocus: the button that was pressed is gone, and the keyboard goes on here.
        autoFocus
        aria-label="Why, or what is being done"
        placeholder="Why, or what is being done"
        onChange={(event) => setNote(event.target.value)}
        className="h-7 min-w-48 flex-1 rounded-md border border-line bg-surface px-2 text-work"
      />
      <Button
        onClick={() => acknowledging.mutate()}
        whyDisabled={busy ?? (isAcknowledged ? "It is acknowledged already." : null)}
      >
        Acknowledge
      </Button>
      <Select label="Silence for" value={seconds} options={silences} onChange={setSeconds} />
      <Button onClick={() => silencing.mutate()} whyDisabled={busy ?? whyNoSilence}>
        Silence
      </Button>
      <Button look="quiet" onClick={() => setAsking(false)}>
        Cancel
      </Button>
      <p role="status" className={`min-h-5 basis-full ${error === null ? "text-muted" : "text-stop"}`}>
        {error === null ? whyNoSilence : error.message}
      </p>
    </form>
  );
}
