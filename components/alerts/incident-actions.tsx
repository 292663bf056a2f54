"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Select } from "#components/ui/form/select.tsx";
import type { Incident } from "#lib/api/alerts.ts";
import { openIncidentsQuery } from "#lib/client/alerts/open-incidents.ts";
import { acknowledge, silenceScope, silenceSubject, silenceText } from "#lib/client/alerts/quiet.ts";
import { usePageAction } from "#lib/client/browser/page-actions.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { keys } from "#lib/client/http/queries.ts";

const silences = [
  { value: "3600", label: "1 hour" },
  { value: "14400", label: "4 hours" },
  { value: "86400", label: "1 day" },
  { value: "604800", label: "7 days" },
];

interface Props {
  incidents: readonly Incident[];
  name: string;
  hub: string;
  whyNot: string | null;
}

type Verb = "acknowledge" | "silence";

/** What can still be done: there is nothing more to acknowledge where every cause is. */
export function IncidentActions({ incidents, name, hub, whyNot }: Props) {
  const [asked, setAsked] = useState<Verb | null>(null);
  const isAcknowledged = incidents.every(({ acknowledged }) => acknowledged !== null);
  const canAsk = whyNot === null && asked === null;
  const what = `action on ${hub}`;
  usePageAction(
    canAsk && !isAcknowledged ? `Acknowledge ${name}…` : null,
    () => setAsked("acknowledge"),
    what,
  );
  usePageAction(canAsk ? `Silence ${name}…` : null, () => setAsked("silence"), what);
  if (asked !== null)
    return <Question verb={asked} incidents={incidents} name={name} onClose={() => setAsked(null)} />;
  const button = (verb: Verb, word: string) => (
    <Button
      look="quiet"
      className="max-sm:px-1"
      aria-label={`${word} ${name}`}
      whyDisabled={whyNot}
      onClick={() => setAsked(verb)}
    >
      {word}…
    </Button>
  );
  return (
    <>
      {isAcknowledged ? null : button("acknowledge", "Acknowledge")}
      {button("silence", "Silence")}
    </>
  );
}

function Question(props: { verb: Verb; incidents: readonly Incident[]; name: string; onClose: () => void }) {
  const { verb, incidents, name, onClose } = props;
  const isSilence = verb === "silence";
  const [note, setNote] = useState("");
  const [seconds, setSeconds] = useState("3600");
  const client = useQueryClient();
  const saving = useMutation({
    mutationFn: async () => {
      if (isSilence) await silenceSubject(incidents, Number(seconds), note);
      else await acknowledge(incidents, note);
    },
    onSuccess: onClose,
    // Also where only some were acknowledged before one failed.
    onSettled: () => {
      void client.invalidateQueries({ queryKey: [...keys.all, "incidents"] });
      void client.invalidateQueries({ queryKey: openIncidentsQuery().queryKey });
    },
  });
  const [first] = incidents;
  const word = isSilence ? "Silence" : "Acknowledge";
  const whyNot = saving.isPending
    ? "Saving…"
    : isSilence && note.trim() === ""
      ? "Type a reason to silence. The activity keeps it."
      : null;
  return (
    <form
      aria-label={`${word} ${name}`}
      className="order-last flex basis-full flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (whyNot === null) saving.mutate();
      }}
    >
      <input
        value={note}
        maxLength={500}
        // biome-ignore lint/a11y/noAutofocus: the button that was pressed is gone, and the keyboard goes on here.
        autoFocus
        aria-label="Why, or what is being done"
        placeholder={`Why, or what is being done${isSilence ? "" : " (optional)"}`}
        onChange={(event) => setNote(event.target.value)}
        className="h-7 min-w-48 flex-1 rounded-md border border-line bg-surface px-2 text-work"
      />
      {isSilence ? (
        <Select label="Silence for" value={seconds} options={silences} onChange={setSeconds} />
      ) : null}
      <Button type="submit" whyDisabled={whyNot}>
        {word}
      </Button>
      <Button look="quiet" onClick={onClose}>
        Cancel
      </Button>
      {isSilence && first !== undefined ? (
        <p className="foreign basis-full text-pretty break-words">
          {showText(silenceText(silenceScope(first)))}
        </p>
      ) : null}
      <p role="status" className={`min-h-5 basis-full ${saving.error === null ? "text-muted" : "text-stop"}`}>
        {saving.error?.message ?? whyNot}
      </p>
    </form>
  );
}
