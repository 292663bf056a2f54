"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Phrases } from "#components/resets/phrases.tsx";
import { ReachedTarget, TargetName } from "#components/resets/target-name.tsx";
import { TickingText } from "#components/resets/ticking-text.tsx";
import { Arriving } from "#components/ui/arriving.tsx";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { Ticking, useClock } from "#components/ui/clock.tsx";
import { Link } from "#components/ui/text/link.tsx";
import type { Resets } from "#lib/api/resets.ts";
import { usePageAction } from "#lib/client/browser/page-actions.ts";
import { dismissReset, useDismissed } from "#lib/client/browser/use-dismissed.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { formatAge, plural } from "#lib/client/format/format.ts";
import { TimedText } from "#lib/client/format/timed-text.ts";
import { type Alike, ofWhom } from "#lib/client/resets/alike.ts";
import { overwritesText } from "#lib/client/resets/overwrite-words.ts";
import { hasPosition, kindTitle } from "#lib/client/resets/plan-kind.ts";
import { resetQuery, resetsQuery } from "#lib/client/resets/reset-queries.ts";
import { countResults, nothingToUndo, resetCauses, resetSummary } from "#lib/client/resets/reset-words.ts";
import { stopAskedText } from "#lib/client/resets/stop-words.ts";
import { resetResultPath } from "#lib/client/url/paths.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { StateChip } from "./result-chip.tsx";

/** How long it shows on the group's page unless dismissed. */
const newsMs = 24 * 3_600_000;

interface Props {
  address: GroupAddress;
  whyNoUndo: string | null;
  /** As the server read them from the cookie. */
  dismissed: string;
}

export function ResetStrip({ address, whyNoUndo, dismissed }: Props) {
  const { data } = useQuery(resetsQuery(address));
  const router = useRouter();
  const ids = useDismissed(dismissed);
  const now = useClock();
  const [reset] = data?.resets ?? [];
  const canUndo = whyNoUndo === null && reset?.endedAt != null;
  // The result says what there is to undo, and asks.
  usePageAction(
    canUndo ? `Undo the last reset of ${showText(address.group)}…` : null,
    () => reset !== undefined && router.push(resetResultPath(reset.id)),
  );
  const isHere = reset !== undefined && (reset.state === "running" || isNews(reset, ids, now()));
  return (
    <Arriving isHere={isHere}>
      {reset === undefined ? null : <Strip head={reset} onDismiss={() => dismissReset(reset.id)} />}
    </Arriving>
  );
}

function isNews(
  { id, endedAt }: Resets["resets"][number],
  dismissed: readonly string[],
  now: EpochMs,
): boolean {
  return endedAt !== null && now - Date.parse(endedAt) < newsMs && !dismissed.includes(id);
}

function Strip({ head, onDismiss }: { head: Resets["resets"][number]; onDismiss: () => void }) {
  const { data: reset } = useQuery(resetQuery(head.id));
  const { id, target, mode, actor, startedAt } = head;
  // Followed to its end, which the list may have missed: it is read once.
  const { state } = reset ?? head;
  const stopAsked = reset === undefined ? null : stopAskedText(reset);
  const isOver = reset !== undefined && nothingToUndo(reset) !== null;
  return (
    <section
      aria-label="Last reset"
      className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line-strong bg-surface px-4 py-2"
    >
      <StateChip reset={reset ?? head} {...(reset === undefined ? {} : { counts: countResults(reset) })} />
      <p className="figures min-w-0 flex-1 basis-72 text-pretty">
        {kindTitle(target)}
        {hasPosition(target) ? (
          <>
            {" to "}
            {reset === undefined ? <TargetName target={target} /> : <ReachedTarget reset={reset} />}, {mode}
          </>
        ) : null}
        , by <span className="foreign">{showText(actor)}</span>,{" "}
        <Ticking at={startedAt} format={(now) => formatAge(startedAt, now)} />.{" "}
        {reset === undefined ? null : <Phrases phrases={resetSummary(reset)} />}{" "}
        {stopAsked === null ? null : <span className="foreign">{stopAsked} </span>}
        {reset === undefined || overwritesText(reset, 0) === null ? null : (
          <strong className="foreign font-semibold">
            <TickingText format={(now) => `${overwritesText(reset, now)} `} />
          </strong>
        )}
        <span className="break-words text-muted">
          {head.reason !== null ? (
            <TimedText text={head.reason.message} />
          ) : reset === undefined ? null : (
            <Why causes={resetCauses(reset)} />
          )}
        </span>
      </p>
      <Link href={resetResultPath(id)} className={buttonClass(state === "running" ? "primary" : "outline")}>
        {state === "running" ? "Follow it" : isOver ? "Result" : "Result and undo"}
      </Link>
      {state === "running" ? null : (
        <Button
          look="quiet"
          data-tip="Hides it on this page. The activity keeps it, with its undo."
          onClick={onDismiss}
        >
          Dismiss
        </Button>
      )}
    </section>
  );
}

function Why({ causes: [first, ...others] }: { causes: readonly Alike[] }) {
  if (first === undefined) return null;
  const more = others.length === 0 ? "" : ` And ${plural(others.length, "other reason")}.`;
  return <TimedText text={`${ofWhom(first)}: ${first.reason.message}${more}`} />;
}
