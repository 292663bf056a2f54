"use client";

import { clsx } from "clsx";
import { useState } from "react";
import { explainedProps } from "#components/ui/explained.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import type { IconName } from "#components/ui/icons/icon-names.ts";
import { formatCount } from "#lib/client/format/format.ts";
import { useTimes } from "#lib/client/format/use-times.ts";
import { wordKey } from "#lib/client/help/explanation-keys.ts";
import {
  type FindingPiece,
  type FindingWords,
  findingWords,
  noProblems,
  problemLimits,
} from "#lib/client/owners/owner-finding-words.ts";
import type { OwnerFinding } from "#lib/ownership/owner-findings.ts";
import { OwnerName } from "./owner-name.tsx";

const shownPartitions = 12;

const icons: Record<OwnerFinding["kind"], IconName> = {
  unowned: "circle-slash-2",
  standsStill: "octagon",
  flapping: "repeat-2",
  uneven: "scale",
};
const tones: Record<FindingWords["tone"], string> = {
  stall: "bg-stall-soft text-stall",
  stop: "bg-stop-soft text-stop",
  warn: "bg-warn-soft text-warn",
};

interface Props {
  findings: readonly OwnerFinding[];
  /** Without an owner at the end of a range that ends now. */
  unowned: readonly string[];
  now: number;
  knownFrom: number | null;
  partitionCount: number;
  colors: ReadonlyMap<string, number>;
  onLane: (partitionId: string) => void;
}

export function FindingList({ findings, unowned, now, knownFrom, partitionCount, colors, onLane }: Props) {
  const times = useTimes();
  if (findings.length === 0) {
    return (
      <p className="flex gap-2.5 px-4 py-2.5 text-muted">
        <Icon name="search-check" className="mt-0.5 size-4 shrink-0 text-faint" />
        <span data-tip={problemLimits}>{noProblems(unowned, knownFrom !== null)}</span>
      </p>
    );
  }
  return (
    <ul aria-label="Owner findings">
      {findings.map((finding) => (
        <FindingRow
          key={finding.kind}
          icon={icons[finding.kind]}
          kind={finding.kind}
          words={findingWords(finding, { now, knownFrom, partitionCount, times })}
          {...{ colors, onLane }}
        />
      ))}
    </ul>
  );
}

function FindingRow(props: {
  icon: IconName;
  kind: OwnerFinding["kind"];
  words: FindingWords;
  colors: ReadonlyMap<string, number>;
  onLane: (partitionId: string) => void;
}) {
  const { icon, words, colors, onLane } = props;
  const [showsAll, setShowsAll] = useState(false);
  const { tone, word, sentence, partitions, limit } = words;
  const shown = showsAll ? partitions : partitions.slice(0, shownPartitions);
  const hidden = partitions.length - shown.length;
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-1 border-line border-b px-4 py-2 last:border-b-0">
      <span className="w-28 shrink-0">
        <span
          {...explainedProps(wordKey("ownerFinding", props.kind))}
          className={clsx(
            "inline-flex h-5 items-center gap-1 rounded-full px-2 font-semibold text-note",
            tones[tone],
          )}
        >
          <Icon name={icon} className="size-3.5" />
          {word}
        </span>
      </span>
      <div className="figures min-w-0 flex-1 basis-64 text-pretty break-words">
        {sentence.map((piece, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one sentence have no other name.
          <Piece key={index} {...{ piece, colors, onLane }} />
        ))}
        {shown.length === 0 ? null : (
          <ul className="mt-1 flex flex-wrap gap-x-3 gap-y-1">
            {shown.map(({ partitionId, text }) => (
              <li key={partitionId} className="flex items-center gap-1">
                <LaneButton {...{ partitionId, onLane }} />
                <span className="text-muted">{text}</span>
              </li>
            ))}
            {hidden === 0 ? null : (
              <li>
                <button
                  type="button"
                  onClick={() => setShowsAll(true)}
                  className="text-accent underline underline-offset-2"
                >
                  and {formatCount(hidden)} more
                </button>
              </li>
            )}
          </ul>
        )}
      </div>
      <span className="shrink-0 text-faint text-note">{limit}</span>
    </li>
  );
}

function Piece(props: {
  piece: FindingPiece;
  colors: ReadonlyMap<string, number>;
  onLane: (partitionId: string) => void;
}) {
  const { piece, colors, onLane } = props;
  if (typeof piece === "string") return piece;
  if ("partitionId" in piece) return <LaneButton partitionId={piece.partitionId} onLane={onLane} />;
  return (
    <span className="inline-flex max-w-full align-baseline">
      <OwnerName ownerId={piece.ownerId} color={colors.get(piece.ownerId)} />
    </span>
  );
}

function LaneButton({ partitionId, onLane }: { partitionId: string; onLane: (id: string) => void }) {
  return (
    <button
      type="button"
      aria-label={`Partition ${partitionId}: to its lane`}
      data-tip="To its lane"
      onClick={() => onLane(partitionId)}
      className="rounded font-medium font-mono text-accent underline underline-offset-2"
    >
      {partitionId}
    </button>
  );
}
