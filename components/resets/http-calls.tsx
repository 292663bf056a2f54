"use client";

import { CopyButton } from "#components/ui/copy-button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import type { ResetPlan } from "#lib/api/resets.ts";
import { curlCalls } from "#lib/client/resets/plan-again.ts";

/** The plan as HTTP calls for scripts. Rendered in the browser only, which knows the address. */
export function HttpCalls({ plan }: { plan: ResetPlan }) {
  const calls = curlCalls(plan, window.location.origin);
  return (
    <details className="rounded-lg border border-line bg-surface">
      <summary className="flex items-center gap-2 px-4 py-2 text-muted hover:text-ink">
        <Icon name="terminal" className="size-3.5" />
        As HTTP calls
      </summary>
      <div className="flex flex-col gap-3 border-t border-line px-4 py-3">
        <Call
          title="Makes the same plan; the answer has the planId"
          what="call that plans"
          text={calls.plan}
        />
        <Call title="Applies this plan" what="call that applies" text={calls.apply} />
      </div>
    </details>
  );
}

function Call({ title, what, text }: { title: string; what: string; text: string }) {
  return (
    <div className="group/copy min-w-0">
      <p className="flex items-center gap-1 text-note text-muted">
        {title} <CopyButton text={text} what={what} />
      </p>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        tabIndex={0}
        className="foreign mt-1 max-h-40 overflow-auto rounded-md bg-raised px-3 py-2 font-mono text-note"
      >
        {text}
      </pre>
    </div>
  );
}
