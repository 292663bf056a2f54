"use client";

import { type ReactNode, useState } from "react";
import { LiveLimits } from "#components/resets/choose/live-limits.tsx";
import { ConfirmByName } from "#components/resets/confirm-by-name.tsx";
import { FoldingBar } from "#components/resets/folding-bar.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import type { ResetPlan } from "#lib/api/resets.ts";
import { codeOf } from "#lib/client/http/client-error.ts";
import { curlCalls } from "#lib/client/resets/plan-again.ts";
import { applyWords } from "#lib/client/resets/review/apply-words.ts";
import { stillConfirmed } from "#lib/client/resets/review/still-confirmed.ts";
import { isSameName } from "#lib/core/name-pattern.ts";
import { NotApplied } from "./not-applied.tsx";

interface TypedName {
  typed: string;
  type: (text: string) => void;
}

/** Text typed for other targets does not confirm these. */
export function useTypedName(plan: ResetPlan): TypedName {
  const [{ seen, text }, setTyped] = useState({ seen: plan, text: "" });
  const typed = stillConfirmed(seen, plan) ? text : "";
  return { typed, type: (next) => setTyped({ seen: plan, text: next }) };
}

interface Props {
  plan: ResetPlan;
  typedName: TypedName;
  whyNot: string | null;
  apply: (confirm: string) => void;
  isBusy: boolean;
  error: Error | null;
  onBack: () => void;
  onAgain: () => void;
  /** What to read where the form is folded. Null: the button's text. */
  line?: string | null;
  children?: ReactNode;
}

export function ConfirmForm({
  plan,
  typedName: { typed, type },
  whyNot,
  apply,
  isBusy,
  error,
  onBack,
  onAgain,
  line = null,
  children,
}: Props) {
  const { text, isDangerous } = applyWords(plan);
  const matches = isSameName(typed.trim(), plan.group);
  const isGone = codeOf(error) === "planGone";
  const why =
    whyNot ??
    (isGone ? "This plan can’t be applied any more." : null) ??
    (isBusy ? "Applying…" : matches ? null : `Type ${plan.group} first.`);
  return (
    <>
      {error === null ? null : <NotApplied plan={plan} error={error} />}
      <FoldingBar line={line ?? text}>
        {children}
        <LiveLimits plan={plan} />
        <ConfirmByName
          name={plan.group}
          typed={typed}
          onType={type}
          onConfirm={why === null ? () => apply(typed.trim()) : null}
        >
          <Button onClick={onBack}>Back</Button>
          <CopyCurl plan={plan} />
          {isGone ? <Button onClick={onAgain}>New plan</Button> : null}
          <Button
            look={isDangerous ? "danger" : "primary"}
            type="submit"
            whyDisabled={why}
            className="figures h-auto! min-h-7 max-w-full whitespace-normal! text-left"
          >
            {isBusy ? "Applying…" : text}
          </Button>
        </ConfirmByName>
      </FoldingBar>
    </>
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
      <Icon name="copy" className="size-3.5 text-faint" />
      <span aria-live="polite">{said}</span>
    </Button>
  );
}
