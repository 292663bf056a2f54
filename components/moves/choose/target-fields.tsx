"use client";

import { useId } from "react";
import { TextInput } from "#components/ui/form/field.tsx";
import { Select } from "#components/ui/form/select.tsx";
import type { MoveUrl } from "#lib/client/moves/move-url.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";

interface Props {
  address: GroupAddress;
  url: MoveUrl;
  onChange: (change: Partial<MoveUrl>) => void;
  stores: Readonly<Record<string, readonly string[]>>;
}

/** Where to move: a store and a group. The layout is always the common one. */
export function TargetFields({ address, url, onChange, stores }: Props) {
  const field = useId();
  const hub = url.toHub ?? address.hub;
  const store = url.toStore ?? address.store;
  const known = stores[hub] ?? [];
  const options = known.includes(store) || hub !== address.hub ? known : [store, ...known];
  const toHub = (id: string) => {
    const isHere = id === address.hub;
    const [first = null] = stores[id] ?? [];
    const keeps = isHere || stores[id]?.includes(address.store) === true;
    onChange({ toHub: isHere ? null : id, toStore: keeps ? null : first });
  };
  return (
    <div className="flex flex-col gap-3 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <span className="w-28 text-muted">Event hub</span>
        <Select
          label="Event hub"
          value={hub}
          options={Object.keys(stores).map((id) => ({ value: id, label: id }))}
          onChange={toHub}
        />
        {hub === address.hub ? null : (
          <span className="min-w-0 text-pretty text-note text-muted">
            By enqueued time: the group continues with the first event enqueued at or after the last one that
            it processed.
          </span>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <span className="w-28 text-muted">Store</span>
        <Select
          label="Store"
          value={store}
          options={options.map((id) => ({ value: id, label: id }))}
          onChange={(id) => onChange({ toStore: id === address.store ? null : id })}
        />
        <span className="text-note text-muted">
          {hub === address.hub && store === address.store
            ? "The store where the group stands."
            : "Another configured store."}
        </span>
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <label htmlFor={field} className="w-28 text-muted">
          Consumer group
        </label>
        <TextInput
          id={field}
          value={url.toGroup ?? address.group}
          maxLength={256}
          autoCapitalize="off"
          onChange={({ target: { value } }) => onChange({ toGroup: value === address.group ? null : value })}
          className="w-72 max-w-full font-mono"
        />
      </div>
      <p className="max-w-4xl text-pretty text-note text-muted">
        Stop the processors of both sides first: events processed during the move would be read twice. The new
        checkpoints have the common layout that current SDKs read. The old ones stay until you clean them up.
      </p>
    </div>
  );
}
