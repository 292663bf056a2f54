import { buttonClass } from "#components/ui/button.tsx";
import { Ticking } from "#components/ui/clock.tsx";
import { HelpMark } from "#components/ui/help-mark.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Link } from "#components/ui/text/link.tsx";
import type { Incident } from "#lib/api/alerts.ts";
import { endings, tellsMore } from "#lib/client/alerts/alert-words.ts";
import {
  type Acknowledged,
  acknowledgements,
  bySubject,
  isInSeveralStores,
} from "#lib/client/alerts/quiet.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { formatAge, formatDuration, secondsSince } from "#lib/client/format/format.ts";
import { TimedText } from "#lib/client/format/timed-text.ts";
import { incidentHelp } from "#lib/client/help/finding-help.ts";
import { consumerGroupPath, diagnosisPath } from "#lib/client/url/paths.ts";
import { IncidentActions } from "./incident-actions.tsx";
import { SeverityChip } from "./severity-chip.tsx";

const ranks: Record<Incident["severity"], number> = { critical: 0, warning: 1, info: 2 };

function inOrder(incidents: readonly Incident[]): Incident[] {
  const rank = ({ state, severity }: Incident) => (state === "closed" ? 3 : ranks[severity]);
  return incidents.toSorted((a, b) => rank(a) - rank(b));
}

export function IncidentList({
  incidents,
  label,
  whyNot,
}: {
  incidents: readonly Incident[];
  label: string;
  whyNot: string | null;
}) {
  return (
    <ul aria-label={label} className="divide-y divide-line">
      {bySubject(inOrder(incidents)).map((row) => (
        <SubjectLine
          key={row[0]?.id}
          row={row}
          withStore={isInSeveralStores(row, incidents)}
          whyNot={whyNot}
        />
      ))}
    </ul>
  );
}

function SubjectLine(props: { row: readonly Incident[]; withStore: boolean; whyNot: string | null }) {
  const { row, withStore, whyNot } = props;
  const [first] = row;
  if (first === undefined) return null;
  const { hub, group, store, severity, state } = first;
  const isOver = state === "closed";
  const isTaken = row.every(
    ({ acknowledged, silencedUntil: until }) => acknowledged !== null || until !== null,
  );
  const href = group === null || store === null ? diagnosisPath(hub) : consumerGroupPath(hub, group, store);
  const name = showText(group ?? hub);
  const inStore = withStore && store !== null ? ` in store ${showText(store)}` : "";
  return (
    <li className="flex flex-wrap items-start gap-x-1 gap-y-1.5 px-4 py-2.5 sm:gap-x-4 sm:has-[form]:flex-wrap sm:flex-nowrap">
      <span className="shrink-0 pt-px max-sm:mr-auto sm:w-24">
        <SeverityChip severity={severity} isCalm={isOver || isTaken} />
      </span>
      <div className="min-w-0 flex-1 max-sm:order-last max-sm:basis-full">
        <h3 className="foreign break-words">
          <span className="font-semibold">{name}</span>
          {group === null ? null : (
            <span className="text-muted">
              {" "}
              on {showText(hub)}
              {inStore}
            </span>
          )}
        </h3>
        {row.map((incident) => (
          <Cause key={incident.id} incident={incident} />
        ))}
        {acknowledgements(row).map((one) => (
          <AcknowledgedBy key={JSON.stringify([one.by, one.note])} acknowledged={one} />
        ))}
      </div>
      {isOver ? null : <IncidentActions incidents={row} name={name + inStore} hub={hub} whyNot={whyNot} />}
      <Link href={href} aria-label={`Open ${name}${inStore}`} className={buttonClass()}>
        Open
      </Link>
    </li>
  );
}

function Cause({ incident }: { incident: Incident }) {
  const { state, summary, worst, ruleId, silencedUntil } = incident;
  const isOver = state === "closed";
  const told = isOver ? worst : summary;
  return (
    <div className="not-first:pt-1.5">
      <p className="foreign text-pretty break-words">
        <TimedText text={showText(told.message)} />
        <HelpMark href={incidentHelp(told)} of={told.code} />
      </p>
      {!isOver && tellsMore(worst, summary) ? (
        <p className="foreign text-pretty break-words text-muted">
          At its worst: <TimedText text={showText(worst.message)} />
        </p>
      ) : null}
      <p className="figures text-muted text-note">
        <Times incident={incident} /> · rule {ruleId}
        {silencedUntil === null ? null : (
          <>
            {" "}
            · silenced for another{" "}
            <Ticking
              at={silencedUntil}
              format={(now) => formatDuration(Math.max(0, (Date.parse(silencedUntil) - now) / 1000))}
            />
          </>
        )}
      </p>
    </div>
  );
}

function AcknowledgedBy({ acknowledged: { by, at, note, rules } }: { acknowledged: Acknowledged }) {
  return (
    <p className="foreign text-pretty break-words pt-1.5">
      <Icon name="check" className="mr-1 inline size-3.5 stroke-[2.5] text-accent" />
      <span className="font-semibold">Acknowledged</span> by {showText(by)}{" "}
      <Ticking at={at} format={(now) => formatAge(at, now)} />
      {rules === null ? "" : ` for ${rules.length === 1 ? "rule" : "rules"} ${showText(rules.join(", "))}`}
      {note === null ? "" : `: ${showText(note)}`}
    </p>
  );
}

function Times({ incident: { since, closedAt, closedBy } }: { incident: Incident }) {
  if (closedAt === null) {
    return (
      <>
        for <Ticking at={since} format={(now) => formatDuration(secondsSince(since, now))} />
      </>
    );
  }
  const seconds = (Date.parse(closedAt) - Date.parse(since)) / 1000;
  return (
    <>
      lasted {formatDuration(seconds)}, ended{" "}
      <Ticking at={closedAt} format={(now) => formatAge(closedAt, now)} />
      {closedBy === null || closedBy === "recovered" ? "" : `: ${endings[closedBy]}`}
    </>
  );
}
