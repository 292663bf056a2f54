"use client";

import type { ReactNode } from "react";
import { Chip } from "#components/ui/chip.tsx";
import { Ticking } from "#components/ui/clock.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import type { IconName } from "#components/ui/icons/icon-names.ts";
import type { Column } from "#components/ui/table/table-model.ts";
import { Link } from "#components/ui/text/link.tsx";
import {
  type ActivityEntry,
  actionText,
  outcomeWords,
  personOf,
  quietText,
  type ResetFacts,
  resetFacts,
  silencedText,
} from "#lib/client/activity/activity-words.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { formatAge } from "#lib/client/format/format.ts";
import { explained, wordKey } from "#lib/client/help/explanation-keys.ts";
import { clampedPhrases, plainText, targetPhrases } from "#lib/client/resets/target-words.ts";
import { activityPath, groupMovePath, resetResultPath } from "#lib/client/url/paths.ts";

const icons: Record<ReturnType<typeof outcomeWords>["tone"], IconName> = {
  ok: "check",
  warn: "triangle-alert",
  stop: "x",
  rewind: "circle-dot",
  unknown: "circle-question-mark",
};

/** Longer ones may be cut on a phone. */
const longWord = 16;

export interface ActivityColumnOptions {
  targetName: (entry: ActivityEntry) => ReactNode;
  ofOneGroup: boolean;
}

export function activityColumns({ targetName, ofOneGroup }: ActivityColumnOptions): Column<ActivityEntry>[] {
  return explained("activity", [
    {
      id: "when",
      label: "When",
      width: 104,
      phoneWidth: 92,
      fixed: true,
      cell: ({ at }) => (
        <span className="figures text-muted">
          <Ticking at={at} format={(now) => formatAge(at, now)} />
        </span>
      ),
      csvTime: ({ at }) => at,
    },
    {
      id: "outcome",
      label: "Outcome",
      width: 300,
      phoneWidth: 156,
      cell: (entry) => <Outcome entry={entry} />,
      csv: (entry) => outcomeWords(entry).word,
    },
    {
      id: "who",
      label: "Who",
      width: 150,
      phoneWidth: 0,
      cell: ({ actor }) => (
        <span
          className="foreign block truncate"
          {...(actor.length > 18 ? { "data-tip": showText(actor) } : {})}
        >
          {showText(actor)}
        </span>
      ),
      csv: ({ actor }) => actor,
      csvAlso: [
        { label: "Applied by", csv: (entry) => personOf(entry).name },
        { label: "Issuer", csv: (entry) => personOf(entry).subject?.issuer ?? null },
        { label: "Subject", csv: (entry) => personOf(entry).subject?.key ?? null },
      ],
    },
    {
      id: "what",
      label: "What",
      width: 320,
      grows: true,
      phoneWidth: 0,
      cell: (entry) => (
        <span className="block truncate">
          <span className="font-medium">{actionText(entry)}</span> {targetName(entry)}
        </span>
      ),
      csv: actionText,
      csvAlso: [
        { label: "Mode", csv: (entry) => resetFacts(entry).mode },
        { label: "Target", csv: (entry) => targetText(resetFacts(entry)) },
      ],
    },
    ...(ofOneGroup
      ? []
      : [
          {
            id: "group",
            label: "Group",
            width: 220,
            phoneWidth: 0,
            cell: (entry: ActivityEntry) => <ActivitySubject entry={entry} />,
            csv: (entry: ActivityEntry) => entry.group ?? silencedText(entry),
            csvAlso: [{ label: "Event hub", csv: ({ hub }: ActivityEntry) => hub }],
          },
        ]),
    {
      id: "reset",
      label: "Reset",
      width: 90,
      phoneWidth: 72,
      cell: (entry) => {
        const href = reportOf(entry);
        if (href === null) return <span className="text-faint">—</span>;
        return (
          <Link
            href={href}
            aria-label={`Open: ${actionText(entry)}`}
            className="text-accent underline underline-offset-2"
          >
            Open
          </Link>
        );
      },
      csvLabel: "Reset ID",
      csv: (entry) => resetFacts(entry).resetId,
      csvAlso: [{ label: "Reason", csv: (entry) => resetFacts(entry).message ?? quietText(entry) }],
    },
  ]);
}

function reportOf(entry: ActivityEntry): string | null {
  const { resetId, groupMoveId } = resetFacts(entry);
  if (resetId !== null) return resetResultPath(resetId);
  return groupMoveId === null ? null : groupMovePath(groupMoveId);
}

function targetText({ target, clamped }: ResetFacts): string | null {
  if (target === null) return null;
  const named = targetPhrases(target, null);
  return plainText(clamped === null ? named : clampedPhrases(named, clamped));
}

function Outcome({ entry }: { entry: ActivityEntry }) {
  const { tone, word } = outcomeWords(entry);
  return (
    <Chip
      tone={tone}
      word={showText(word)}
      tip={word.length > longWord ? showText(word) : null}
      about={wordKey("outcome", entry.outcome)}
      icon={<Icon name={icons[tone]} className="size-3.5 stroke-[2.5]" />}
    />
  );
}

export function ActivitySubject({ entry }: { entry: ActivityEntry }) {
  const { hub, group } = entry;
  // Nothing is listed of a pattern.
  if (hub === "")
    return <span className="foreign block truncate">{showText(silencedText(entry) ?? "")}</span>;
  return (
    <Link
      href={activityPath(group === null ? { hub } : { hub, group })}
      className="foreign block truncate hover:underline"
    >
      {group === null ? (
        showText(silencedText(entry) ?? hub)
      ) : (
        <>
          <span className="font-medium">{showText(group)}</span> <span className="text-muted">on</span>{" "}
          {showText(hub)}
        </>
      )}
    </Link>
  );
}
