"use client";

import { clsx } from "clsx";
import { Sparkline } from "#components/charts/sparkline.tsx";
import { leftOutWords } from "#components/lag/history/left-out-words.ts";
import { Ticking } from "#components/ui/clock.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { logShare, Meter } from "#components/ui/meter.tsx";
import { Link } from "#components/ui/text/link.tsx";
import { MiddleCut } from "#components/ui/text/middle-cut.tsx";
import { showText } from "#lib/client/format/foreign-text.ts";
import { formatAge, formatCount, formatLag, plural, unknownMark } from "#lib/client/format/format.ts";
import { whyDash, whyNotKnown } from "#lib/client/lag/why-not-known.ts";
import { consumerGroupPath } from "#lib/client/url/paths.ts";
import type { GroupRow } from "./group-row.ts";
import { Quiet } from "./quiet.tsx";

export function GroupName({ hubId, group }: GroupRow) {
  return (
    <span className="group/copy flex min-w-0 items-center gap-1">
      <Link
        href={consumerGroupPath(hubId, group.name, group.store)}
        className="foreign inline-flex min-w-0 font-semibold hover:underline"
        dir="auto"
        {...(group.name.length > 18 ? { "data-tip": showText(group.name) } : {})}
      >
        <MiddleCut text={showText(group.name)} />
      </Link>
      <span className="flex max-sm:hidden">
        <CopyButton text={group.name} what="group's name" />
      </span>
    </span>
  );
}

export function Identifier({ text, href }: { text: string; href?: string }) {
  const shared = {
    className: "foreign flex min-w-0 font-mono text-note text-muted",
    dir: "auto",
    ...(text.length > 14 ? { "data-tip": text } : {}),
  };
  if (href === undefined)
    return (
      <span {...shared}>
        <MiddleCut text={showText(text)} />
      </span>
    );
  return (
    <Link href={href} {...shared} className={`${shared.className} hover:text-ink hover:underline`}>
      <MiddleCut text={showText(text)} />
    </Link>
  );
}

export function GroupLag({ group, largest }: { group: GroupRow["group"]; largest: number }) {
  const bounded = group.totalLagIsUpperBound && (group.totalLag ?? 0) > 0;
  const tips = [
    bounded ? "Upper bound: without a checkpoint, every event in the stream counts." : null,
    group.partitionsUnknown > 0
      ? `${plural(group.partitionsUnknown, "partition")} not counted: lag unknown.`
      : null,
    group.totalLag === null ? whyDash(whyNotKnown(group)) : null,
  ].filter((tip) => tip !== null);
  const missing = group.totalLag !== null && group.partitionsUnknown > 0;
  const text = formatLag(group.totalLag, group.totalLagIsUpperBound);
  return (
    <span {...(tips.length > 0 ? { "data-tip": tips.join("\n") } : {})} className="block">
      <Meter
        text={missing ? `${bounded ? "≈" : "≥"} ${formatLag(group.totalLag, false)}` : text}
        share={bounded ? null : logShare(group.totalLag, largest)}
        faint={group.totalLag === null || group.status === "unknown"}
      />
    </span>
  );
}

export function Trend({ group, trend }: GroupRow) {
  const known = trend.filter((point) => point.value !== null);
  const last = known.at(-1);
  if (known.length < 2 || last === undefined) return <span className="text-faint">no data yet</span>;
  const first = known[0] ?? last;
  const leftOut = leftOutWords(group.partitionsBounded);
  const label = `Lag went from ${formatCount(first.value)} to ${formatCount(last.value)}${leftOut === null ? "" : `; ${leftOut}`}`;
  return (
    <span className="block" {...(leftOut === null ? {} : { "data-tip": label })}>
      <Sparkline
        points={trend}
        color={`var(--${group.status === "ok" ? "accent" : group.status})`}
        label={label}
      />
    </span>
  );
}

export function MostBehind({ group }: { group: GroupRow["group"] }) {
  if (group.maxLag === null || group.maxLagPartitionId === null)
    return <Quiet known={false} text="—" why={whyDash(whyNotKnown(group))} />;
  if (group.maxLag === 0) return <span className="text-faint">none</span>;
  const text = formatLag(group.maxLag, group.maxLagIsUpperBound);
  const tip = group.maxLagIsUpperBound
    ? `Partition ${group.maxLagPartitionId} has no checkpoint: all its ${formatCount(group.maxLag)} events count.`
    : `Partition ${group.maxLagPartitionId} has a lag of ${text} events.`;
  return (
    <span data-tip={tip}>
      {text} <span className="text-faint">on p{group.maxLagPartitionId}</span>
    </span>
  );
}

/** A phone has no room for the columns that tell groups of one name apart. */
export function PhonePlace(props: { row: GroupRow; withHub: boolean; withStore: boolean }) {
  const { row, withHub, withStore } = props;
  return (
    <p className="foreign truncate text-muted text-note">
      {withHub ? (
        <>
          on <span className="font-mono">{showText(row.hubId)}</span>
        </>
      ) : null}
      {withHub && withStore ? " · " : null}
      {withStore ? (
        <>
          store <span className="font-mono">{showText(row.group.store)}</span>
        </>
      ) : null}
    </p>
  );
}

export function Owned({ group }: { group: GroupRow["group"] }) {
  const { ownedPartitions: owned, partitionCount: all, owners } = group;
  if (all === null || group.observedAt === null)
    return <Quiet known={false} text={unknownMark} why={whyDash(whyNotKnown(group))} />;
  const tone = owned === 0 ? "text-faint" : owned < all ? "text-stall font-medium" : "text-ink";
  return (
    <span
      className={clsx("whitespace-nowrap", tone)}
      data-tip={
        owners.length === 0 ? "No owner." : `${owners.length === 1 ? "1 owner" : `${owners.length} owners`}.`
      }
    >
      {formatCount(owned)} / {formatCount(all)}
    </span>
  );
}

export function Freshness({ group }: { group: GroupRow["group"] }) {
  const age = <Ticking at={group.observedAt} format={(now) => formatAge(group.observedAt, now, "never")} />;
  if (!group.stale && group.error === null) return <span className="text-muted">{age}</span>;
  return (
    <span
      className="inline-flex items-center gap-1 font-medium text-warn"
      data-tip={group.error?.message ?? "The last refresh failed: these figures are older."}
    >
      <Icon name="triangle-alert" className="size-3.5" />
      <span className="sr-only">stale,</span>
      {age}
    </span>
  );
}
