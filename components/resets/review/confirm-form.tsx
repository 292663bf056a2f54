"use client";

import { Copy } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { TextInput } from "#components/ui/form/field.tsx";
import type { ResetPlan } from "#lib/api/resets.ts";
import { plural } from "#lib/client/format/format.ts";
import { codeOf } from "#lib/client/http/client-error.ts";
import { curlCalls } from "#lib/client/resets/plan-again.ts";
import { planTotals } from "#lib/client/resets/plan-totals.ts";
import { NotApplied } from "./not-applied.tsx";

interface Props {
  plan: ResetPlan;
  /** Why it can't be applied at all. */
  whyNot: string | null;
  apply: (confirm: string) => void;
  isBusy: boolean;
  /** What came of the last try. */
  error: Error | null;
  onBack: () => void;
  /** Makes the same plan once more. */
  onAgain: () => void;
}

/** The last step: the group's name, typed, and the button that writes. */
export function ConfirmForm({ plan, whyNot, apply, isBusy, error, onBack, onAgain }: Props) {
  const [typed, setTyped] = useState("");
  const field = useId();
  const count = plural(planTotals(plan).moves, "partition");
  const matches = typed.trim().toLowerCase() === plan.group.toLowerCase();
  const isGone = codeOf(error) === "planGone";
  const why =
    whyNot ??
    (isGone ? "This plan can’t be applied any more." : null) ??
    (isBusy ? "Applying…" : matches ? null : `Type ${plan.group} first.`);
  return (
    <div className="flex flex-col gap-3">
      {error === null ? null : <NotApplied plan={plan} error={error} />}
      <form
        aria-label="Confirm"
        className="sticky bottom-3 z-10 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line-strong bg-surface px-4 py-2.5"
        onSubmit={(event) => {
          event.preventDefault();
          if (why === null) apply(typed.trim());
        }}
      >
        <label htmlFor={field} className="min-w-0">
          Type{" "}
          <strong className="foreign select-all break-words font-mono font-semibold">{plan.group}</strong> to
          confirm
        </label>
        <TextInput
          id={field}
          value={typed}
          maxLength={256}
          autoCapitalize="off"
          onChange={(event) => setTyped(event.target.value)}
          className="w-60 max-w-full font-mono"
        />
        <span className="flex flex-wrap gap-2 sm:ml-auto">
          <Button onClick={onBack}>Back</Button>
          <CopyCurl plan={plan} />
          {isGone ? <Button onClick={onAgain}>New plan</Button> : null}
          <Button look="primary" type="submit" whyDisabled={why}>
            {isBusy ? "Applying…" : `Apply to ${count}`}
          </Button>
        </span>
      </form>
    </div>
  );
}

function CopyCurl({ plan }: { plan: ResetPlan }) {
  const [said, setSaid] = useState("Copy as curl");
  const copy = async () => {
    const text = curlCalls(plan, window.location.origin).apply;
    setSaid(
      await navigator.clipboard.writeText(text).then(
        () => "Copied",
        () => "Not copied",
      ),
    );
    setTimeout(() => setSaid("Copy as curl"), 1_500);
  };
  return (
    <Button onClick={() => void copy()} data-tip="The call that applies this plan, for a shell">
      <Copy aria-hidden className="size-3.5 text-faint" />
      <span aria-live="polite">{said}</span>
    </Button>
  );
}
