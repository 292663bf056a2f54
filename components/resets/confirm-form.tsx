"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Copy } from "lucide-react";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { TextInput } from "#components/ui/field.tsx";
import type { ResetPlan } from "#lib/api/resets.ts";
import { plural } from "#lib/client/format.ts";
import { codeOf } from "#lib/client/http.ts";
import { resetResultPath } from "#lib/client/paths.ts";
import { curlCalls } from "#lib/client/plan-again.ts";
import { planTotals } from "#lib/client/plan-words.ts";
import { applyReset, resetKeys } from "#lib/client/reset-queries.ts";
import { takeReset } from "#lib/client/take-reset.ts";
import { Failure } from "./failure.tsx";

interface Props {
  plan: ResetPlan;
  /** Why it can't be applied at all. */
  whyNot: string | null;
  onBack: () => void;
  /** Makes the same plan once more. */
  onAgain: () => void;
}

/** The last step: the group's name, typed, and the button that writes. */
export function ConfirmForm({ plan, whyNot, onBack, onAgain }: Props) {
  const [typed, setTyped] = useState("");
  const client = useQueryClient();
  const router = useRouter();
  const field = useId();
  const applying = useMutation({
    mutationFn: () => applyReset(plan, plan.planId, typed.trim()),
    onSuccess: (reset) => {
      takeReset(client, reset);
      client.removeQueries({ queryKey: resetKeys.plan(plan.planId) });
      // In the plan's place: a plan that was applied leads nowhere.
      router.replace(resetResultPath(reset.id));
    },
  });
  const { blocked, all } = planTotals(plan);
  const count = plural(all - blocked, "partition");
  const isBusy = applying.isPending || applying.isSuccess;
  const matches = typed.trim().toLowerCase() === plan.group.toLowerCase();
  const why = whyNot ?? (isBusy ? "It is being applied." : matches ? null : `Type ${plan.group} first.`);
  return (
    <div className="flex flex-col gap-3">
      {applying.error === null ? null : <Failure title="It was not applied" error={applying.error} />}
      <form
        aria-label="Confirm"
        className="sticky bottom-3 z-10 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line-strong bg-surface px-4 py-2.5"
        onSubmit={(event) => {
          event.preventDefault();
          if (why === null) applying.mutate();
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
          {codeOf(applying.error) === "planGone" ? <Button onClick={onAgain}>Make it anew</Button> : null}
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
