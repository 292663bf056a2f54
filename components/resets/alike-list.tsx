import { HelpMark } from "#components/ui/help-mark.tsx";
import { plural } from "#lib/client/format/format.ts";
import { TimedText } from "#lib/client/format/timed-text.ts";
import { reasonPath } from "#lib/client/help/help-pages.ts";
import { type Alike, kindOf, ofWhom } from "#lib/client/resets/alike.ts";

const mostShown = 4;

export function AlikeList({ alike }: { alike: readonly Alike[] }) {
  if (alike.length === 0) return null;
  const more = alike.length - mostShown;
  return (
    <ul className="flex flex-col gap-1">
      {alike.slice(0, mostShown).map((one) => (
        <li key={kindOf(one.reason)} className="figures max-w-5xl text-pretty break-words">
          <span className="font-medium">{ofWhom(one)}:</span>{" "}
          <span className="text-muted">
            <TimedText text={one.reason.message} />
          </span>
          <HelpMark href={reasonPath(one.reason.code)} of={one.reason.code} />
        </li>
      ))}
      {more > 0 ? <li className="text-muted">And {plural(more, "other reason")}: see the rows.</li> : null}
    </ul>
  );
}
