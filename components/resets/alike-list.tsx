import { HelpMark } from "#components/ui/help-mark.tsx";
import { plural } from "#lib/client/format/format.ts";
import { TimedText } from "#lib/client/format/timed-text.ts";
import { UnitText } from "#lib/client/format/unit-text.ts";
import { reasonPath } from "#lib/client/help/help-pages.ts";
import { type Alike, kindOf, mostAlike, ofWhom } from "#lib/client/resets/alike.ts";

export function AlikeList({ alike }: { alike: readonly Alike[] }) {
  if (alike.length === 0) return null;
  const more = alike.length - mostAlike;
  return (
    <ul className="flex flex-col gap-1">
      {alike.slice(0, mostAlike).map((one) => (
        <li
          key={`${kindOf(one.reason)} ${one.partitionIds[0]}`}
          className="figures max-w-5xl text-pretty break-words"
        >
          <span className="font-medium">
            <UnitText text={ofWhom(one)} />:
          </span>{" "}
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
