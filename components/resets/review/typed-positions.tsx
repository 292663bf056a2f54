"use client";

import { type ReactNode, useMemo, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { TextInput } from "#components/ui/form/field.tsx";
import type { Column } from "#components/ui/table/table-model.ts";
import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import type { PreviewRequest, ResetPlan, ResetPlanEntry } from "#lib/api/resets.ts";
import { plural } from "#lib/client/format/format.ts";
import { explained } from "#lib/client/help/explanation-keys.ts";
import {
  changedPositions,
  plannedNext,
  positionFault,
  positionsRequest,
  type TypedPositions,
  takesPositions,
  typableEntries,
} from "#lib/client/resets/review/typed-positions.ts";

/** How a new plan is made of what was typed; null: none can be made here. */
export interface Typing {
  group: ConsumerGroupDetail | undefined;
  makePlan: (request: PreviewRequest) => void;
  whyNot: string | null;
}

interface TypedColumn {
  entries: readonly ResetPlanEntry[];
  column: Column<ResetPlanEntry> | null;
  button: ReactNode;
  bar: ReactNode;
}

const nothingTyped: TypedPositions = new Map();

export function useTypedPositions(plan: ResetPlan, typing: Typing | null): TypedColumn {
  const [typed, setTyped] = useState<TypedPositions | null>(null);
  const group = typing?.group;
  const isTyping = typed !== null && typing !== null;
  const entries = useMemo(
    () => (isTyping ? typableEntries(plan, group) : plan.entries),
    [isTyping, plan, group],
  );
  const bounds = useMemo(() => new Map(group?.partitions.map((one) => [one.partitionId, one])), [group]);
  if (typing === null || !takesPositions(plan))
    return { entries: plan.entries, column: null, button: null, bar: null };
  const button = (
    <Button
      aria-pressed={isTyping}
      onClick={() => setTyped(isTyping ? null : nothingTyped)}
      className="aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent"
      data-tip="Type the next event to read for single partitions. You get a new plan to review."
    >
      Edit positions
    </Button>
  );
  if (!isTyping) return { entries, column: null, button, bar: null };

  const faultOf = (id: string) => positionFault(typed.get(id) ?? "", bounds.get(id));
  const faults = [...typed.keys()].filter((id) => faultOf(id) !== null);
  const changed = changedPositions(entries, typed);
  const whyNot =
    typing.whyNot ??
    (faults.length > 0
      ? `Correct ${faults.length === 1 ? "partition" : "partitions"} ${faults.join(", ")} first.`
      : changed.size === 0
        ? "Type another position first."
        : null);
  const submit = () => whyNot === null && typing.makePlan(positionsRequest(plan, changed));
  const [column = null] = explained<Column<ResetPlanEntry>>("plan", [
    {
      id: "next",
      label: "Read next",
      width: 176,
      phoneWidth: 200,
      cell: (entry: ResetPlanEntry) => {
        const { partitionId } = entry;
        const fault = faultOf(partitionId);
        return (
          <TextInput
            inputMode="numeric"
            aria-label={`Next event of partition ${partitionId}`}
            aria-invalid={fault !== null}
            {...(fault !== null && { "data-tip": fault })}
            maxLength={24}
            placeholder="unchanged"
            value={typed.get(partitionId) ?? String(plannedNext(entry) ?? "")}
            onChange={({ target }) => setTyped(new Map(typed).set(partitionId, target.value))}
            onKeyDown={({ key }) => key === "Enter" && submit()}
            className="w-full"
          />
        );
      },
    },
  ]);
  const [firstFault] = faults;
  const bar = (
    <div className="flex flex-wrap items-center gap-2 border-b border-line bg-raised px-4 py-2.5">
      <p role="status" className="mr-auto min-w-0 text-pretty">
        {firstFault === undefined ? (
          `${plural(changed.size, "position")} changed. Type the next event to read.`
        ) : (
          <span className="text-stop">
            Partition {firstFault}: {faultOf(firstFault)}
          </span>
        )}
      </p>
      <Button onClick={() => setTyped(null)}>Discard</Button>
      <Button look="primary" whyDisabled={whyNot} onClick={submit}>
        New plan with these positions
      </Button>
    </div>
  );
  return { entries, column, button, bar };
}
