"use client";

import { useId } from "react";
import { Checkbox, Choice, ChoiceGroup, TextInput } from "#components/ui/form/field.tsx";
import { Select } from "#components/ui/form/select.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { plural } from "#lib/client/format/format.ts";
import type { GroupMoveUrl } from "#lib/client/moves/group-move-url.ts";

interface Props {
  url: GroupMoveUrl;
  stores: readonly string[];
  /** Groups of this hub; null: the choice is not whole yet. */
  count: number | null;
  onChange: (change: Partial<GroupMoveUrl>) => void;
}

export function ChooseFields({ url, stores, count, onChange }: Props) {
  const groups = useId();
  const note = useId();
  const all = useId();
  const options = stores.map((id) => ({ value: id, label: id }));
  return (
    <>
      <Panel title="Stores">
        <div className="flex flex-col gap-3 px-4 py-3">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
            <span className="w-28 text-muted">From</span>
            <Select
              label="From"
              value={url.store ?? ""}
              options={options}
              onChange={(store) => onChange({ store })}
            />
          </div>
          <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
            <span className="w-28 text-muted">To</span>
            <Select label="To" value={url.to ?? ""} options={options} onChange={(to) => onChange({ to })} />
            <span className="text-note text-muted">
              {url.to === url.store ? "Within the store, to the common layout." : "Another configured store."}
            </span>
          </div>
          <div className="flex items-baseline gap-2.5">
            <Checkbox
              id={all}
              checked={url.allHubs}
              onChange={(event) => onChange({ allHubs: event.target.checked })}
              className="translate-y-0.5"
            />
            <label htmlFor={all} className="min-w-0">
              Groups of every event hub in this container
            </label>
          </div>
        </div>
      </Panel>
      <Panel title="Groups">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
          <label htmlFor={groups} className="w-28 text-muted">
            Names
          </label>
          <TextInput
            id={groups}
            value={url.groups}
            maxLength={2_000}
            placeholder="All groups"
            autoCapitalize="off"
            aria-describedby={note}
            onChange={({ target: { value } }) => onChange({ groups: value })}
            className="w-96 max-w-full font-mono"
          />
          <span id={note} className="figures min-w-0 text-pretty text-note text-muted">
            {count === null ? "" : `${plural(count, "group")} of this hub. `}* stands for any text.
          </span>
        </div>
      </Panel>
      <Panel title="When a group runs">
        <ChoiceGroup label="When a group runs">
          <Choice
            name="running"
            value="skip"
            checked={!url.wait}
            onChoose={() => onChange({ wait: false })}
            label="Skip it"
            note="The report names it. Move it later."
          />
          <Choice
            name="running"
            value="wait"
            checked={url.wait}
            onChoose={() => onChange({ wait: true })}
            label="Wait for it"
            note="The move waits until you stop the group’s processors, then plans the group again and moves it."
          />
        </ChoiceGroup>
      </Panel>
    </>
  );
}
