"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { ApplyForm } from "#components/ui/form/apply-form.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { plural } from "#lib/client/format/format.ts";
import type { LineChoice } from "#lib/client/history/history-lines.ts";
import { parseRanges } from "#lib/client/lag/partition-ranges.ts";
import { formatRanges } from "#lib/core/figures.ts";

const pressed =
  "px-2 aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent aria-[pressed=false]:border-transparent";
/** With more partitions there are no buttons. */
const mostButtons = 64;

export function LinePicker(props: {
  partitionIds: readonly string[];
  choice: LineChoice;
  onChange: (text: string | null) => void;
}) {
  const { partitionIds, choice, onChange } = props;
  const [isOpen, setOpen] = useState(false);
  const { kind, ids } = choice;
  const choose = (text: string | null) => {
    setOpen(false);
    onChange(text);
  };
  const [first] = ids;
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset can't be laid out like these buttons everywhere. */}
      <div role="group" aria-label="Whose lag" className="flex flex-wrap items-center gap-1 sm:ml-auto">
        <Button look="quiet" className={pressed} aria-pressed={kind === "sum"} onClick={() => choose(null)}>
          Sum
        </Button>
        <Button
          look="quiet"
          className={pressed}
          aria-pressed={kind === "furthest"}
          onClick={() => choose("top")}
          data-tip="A line per partition; of many, those with the highest lag in the range."
        >
          Max lag
        </Button>
        <Button
          look="quiet"
          className={pressed}
          aria-pressed={kind === "some"}
          aria-expanded={isOpen}
          onClick={() => setOpen((open) => !open)}
        >
          {kind !== "some"
            ? "Partitions"
            : ids.length === 1
              ? `Partition ${first}`
              : plural(ids.length, "partition")}
          <Icon name="chevron-down" className="size-3.5 text-faint" />
        </Button>
      </div>
      {!isOpen ? null : partitionIds.length <= mostButtons ? (
        <PartitionButtons partitionIds={partitionIds} ids={ids} onChange={onChange} />
      ) : (
        <PartitionField {...{ partitionIds, ids }} onApply={choose} onCancel={() => setOpen(false)} />
      )}
    </>
  );
}

function PartitionButtons(props: {
  partitionIds: readonly string[];
  ids: readonly string[];
  onChange: (text: string | null) => void;
}) {
  const { partitionIds, ids, onChange } = props;
  const toggle = (id: string) => {
    const next = ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id];
    onChange(next.length === 0 ? null : formatRanges(next));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset can't be laid out like these buttons everywhere.
    <div role="group" aria-label="Partitions to draw" className="flex w-full flex-wrap items-center gap-1">
      {partitionIds.map((id) => (
        <Button
          key={id}
          aria-label={`Partition ${id}`}
          aria-pressed={ids.includes(id)}
          onClick={() => toggle(id)}
          className="min-w-9 justify-center font-mono aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent"
        >
          {id}
        </Button>
      ))}
    </div>
  );
}

function PartitionField(props: {
  partitionIds: readonly string[];
  ids: readonly string[];
  onApply: (text: string | null) => void;
  onCancel: () => void;
}) {
  const { partitionIds, ids, onApply, onCancel } = props;
  return (
    <ApplyForm
      label="Partitions to draw"
      onApply={(fields) => {
        const { ids: chosen, problems } = parseRanges(String(fields.get("partitions")), partitionIds);
        const [problem = chosen.length === 0 ? "Name at least one partition." : null] = problems;
        if (problem === null) onApply(formatRanges(chosen));
        return problem;
      }}
      onCancel={onCancel}
      hint="Ids and ranges. Of more than eight, those with the highest lag in the range are drawn."
    >
      <label className="flex min-w-0 max-w-2xl flex-1 basis-60 items-center gap-2">
        <span className="text-muted">Partitions</span>
        <input
          name="partitions"
          defaultValue={formatRanges(ids)}
          placeholder="0-3, 7"
          autoComplete="off"
          className="figures h-7 min-w-0 flex-1 rounded-md border border-line bg-surface px-2 font-mono text-work hover:border-line-strong"
        />
      </label>
    </ApplyForm>
  );
}
