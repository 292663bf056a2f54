import { HelpMark } from "#components/ui/help-mark.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import type { GroupMove } from "#lib/api/plans/group-moves.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { plural } from "#lib/client/format/format.ts";
import { TimedText } from "#lib/client/format/timed-text.ts";
import { reasonPath } from "#lib/client/help/help-pages.ts";
import { groupWarnings } from "#lib/client/moves/group-move-warnings.ts";

const mostShown = 4;

export function GroupWarnings({ move }: { move: GroupMove }) {
  const warnings = groupWarnings(move);
  if (warnings.length === 0) return null;
  const more = warnings.length - mostShown;
  return (
    <div className="flex gap-2.5">
      <Icon name="triangle-alert" className="mt-0.5 size-4 shrink-0 text-warn" />
      <ul aria-label="Warnings" className="flex min-w-0 flex-1 flex-col gap-1">
        {warnings.slice(0, mostShown).map(({ whom, reason }) => (
          <li key={whom + reason.message} className="figures max-w-5xl text-pretty break-words">
            <span className="foreign font-medium">{showText(whom)}:</span>{" "}
            <span className="text-muted">
              <TimedText text={reason.message} />
            </span>
            <HelpMark href={reasonPath(reason.code)} of={reason.code} />
          </li>
        ))}
        {more > 0 ? <li className="text-muted">And {plural(more, "other warning")}: see the rows.</li> : null}
      </ul>
    </div>
  );
}
