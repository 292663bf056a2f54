"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/form/field.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { MoveTarget } from "#lib/api/plans/moves.ts";
import type { KnownPlan, ResetPlan } from "#lib/api/resets.ts";
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
  const occupied = plan.entries.filter(({ blockedBy }) => blockedBy?.code === "targetOccupied");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  if (occupied.length === 0) return null;
  const ids = occupied.map(({ partitionId }) => partitionId);
  const toggle = (id: string, on: boolean) =>
    setChosen((before) => (on ? [...before, id] : before.filter((one) => one !== id)));
  return (
    <Panel title="Already at the target" note="These checkpoints do not change unless you replace them.">
      <ul className="max-h-72 overflow-y-auto">
        {occupied.map(({ partitionId, current, source }) => (
          <li key={partitionId} className="border-line border-b px-4 py-1.5 last:border-b-0">
            <label htmlFor={`replace-${partitionId}`} className="flex flex-wrap items-center gap-x-3">
              <Checkbox
                id={`replace-${partitionId}`}
                checked={chosen.includes(partitionId)}
                onChange={(event) => toggle(partitionId, event.target.checked)}
              />
              <span>
                Replace partition <span className="font-mono">{partitionId}</span>
              </span>
              <span className="figures text-muted">
                {formatCount(current?.sequenceNumber ?? null)} there now →{" "}
                {formatCount(source?.sequenceNumber ?? null)}
              </span>
            </label>
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
          New plan, replacing {plural(chosen.length, "checkpoint")}
        </Button>
      </div>
    </Panel>
  );
}
