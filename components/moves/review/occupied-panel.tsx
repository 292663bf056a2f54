"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/form/field.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { MoveTarget } from "#lib/api/plans/moves.ts";
import type { KnownPlan, ResetPlan } from "#lib/api/resets.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { formatCount, plural } from "#lib/client/format/format.ts";
import { planReplacing } from "#lib/client/resets/plan-again.ts";

interface Props {
  plan: ResetPlan;
  target: MoveTarget;
  makePlan: (make: () => Promise<KnownPlan>) => void;
  whyNot: string | null;
}

/** Partitions with a checkpoint at the target; each is replaced only if selected here. */
export function OccupiedPanel({ plan, target, makePlan, whyNot }: Props) {
  const occupied = plan.entries.filter((entry) => isReplaced(entry) || isBeside(entry));
  const [chosen, setChosen] = useState<readonly string[]>([]);
  if (occupied.length === 0) return null;
  const replaces = occupied.some(isReplaced);
  const ids = occupied.map(({ partitionId }) => partitionId);
  const toggle = (id: string, on: boolean) =>
    setChosen((before) => (on ? [...before, id] : before.filter((one) => one !== id)));
  return (
    <Panel
      title="Already at the target"
      note={
        replaces
          ? "These checkpoints do not change unless you replace them."
          : "These checkpoints stay in any case; the move writes beside them only where you say so."
      }
    >
      <ul className="max-h-72 overflow-y-auto">
        {occupied.map((entry) => (
          <li key={entry.partitionId} className="border-line border-b px-4 py-1.5 last:border-b-0">
            <OccupiedRow
              entry={entry}
              isChosen={chosen.includes(entry.partitionId)}
              onChange={(on) => toggle(entry.partitionId, on)}
            />
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-2 border-line border-t px-4 py-2">
        <Button onClick={() => setChosen(chosen.length === ids.length ? [] : ids)}>
          {chosen.length === ids.length ? "Tick none" : "Tick all"}
        </Button>
        <Button
          whyDisabled={whyNot ?? (chosen.length === 0 ? "Tick partitions first." : null)}
          onClick={() => makePlan(() => planReplacing(plan, target, [...target.overwrite, ...chosen]))}
        >
          {replaces
            ? `New plan, replacing ${plural(chosen.length, "checkpoint")}`
            : `New plan, with ${plural(chosen.length, "checkpoint")} beside`}
        </Button>
      </div>
    </Panel>
  );
}

type Entry = ResetPlan["entries"][number];

function OccupiedRow(props: { entry: Entry; isChosen: boolean; onChange: (on: boolean) => void }) {
  const { entry, isChosen, onChange } = props;
  const { partitionId, current, source, blockedBy, targetBlobName } = entry;
  const id = `replace-${partitionId}`;
  const [there, moved] = [current, source].map((one) => formatCount(one?.sequenceNumber ?? null));
  const beside = isBeside(entry);
  return (
    <label htmlFor={id} className="flex flex-wrap items-center gap-x-3">
      <Checkbox id={id} checked={isChosen} onChange={(event) => onChange(event.target.checked)} />
      <span>
        {beside ? "Write beside on" : "Replace"} partition <span className="font-mono">{partitionId}</span>
      </span>
      {beside ? (
        <span className="figures w-full pl-7 text-muted text-note">
          {there} stays in <BlobName name={String(blockedBy?.params.blobName)} />; {moved} goes to{" "}
          <BlobName name={targetBlobName ?? ""} />
        </span>
      ) : (
        <span className="figures text-muted">
          {there} there now → {moved}
        </span>
      )}
    </label>
  );
}

function BlobName({ name }: { name: string }) {
  return <span className="foreign break-all font-mono">{showText(name)}</span>;
}

function isReplaced({ blockedBy }: Entry): boolean {
  return blockedBy?.code === "targetOccupied";
}

function isBeside({ blockedBy }: Entry): boolean {
  return blockedBy?.code === "targetSpelledOtherwise";
}
