"use client";

import { useState } from "react";
import { Ticking } from "#components/ui/clock.tsx";
import { Select } from "#components/ui/form/select.tsx";
import { useIsBrowser } from "#lib/client/browser/use-browser.ts";
import { useTimes } from "#lib/client/format/use-times.ts";
import { type Ago, type AgoUnit, agoUnits } from "#lib/client/resets/reset-url.ts";
import { NumberField } from "./number-field.tsx";

export interface OtherGroup {
  name: string;
  store: string;
}

export function SequenceField(props: { value: number | null; onChange: (value: number | null) => void }) {
  return <NumberField label="Sequence number of the next event" {...props} />;
}

const unitOptions: { value: AgoUnit; label: string }[] = [
  { value: "s", label: "seconds" },
  { value: "m", label: "minutes" },
  { value: "h", label: "hours" },
  { value: "d", label: "days" },
];

export function AgoFields({ ago, onChange }: { ago: Ago | null; onChange: (ago: Ago | null) => void }) {
  const [unit, setUnit] = useState<AgoUnit>(ago?.unit ?? "h");
  const isBrowser = useIsBrowser();
  const times = useTimes();
  const at = (now: number) => {
    const moment = now - (ago?.amount ?? 0) * agoUnits[unit] * 1_000;
    return moment - (moment % 1_000);
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <NumberField
        label="How long ago"
        value={ago?.amount ?? null}
        onChange={(amount) => onChange(amount === null || amount > 999_999_999 ? null : { amount, unit })}
        className="w-24"
      />
      <Select
        label="Unit"
        value={unit}
        options={unitOptions}
        onChange={(value) => {
          setUnit(value as AgoUnit);
          if (ago !== null) onChange({ amount: ago.amount, unit: value as AgoUnit });
        }}
      />
      <span className="text-muted">ago</span>
      {ago === null || !isBrowser ? null : (
        <span className="figures text-note text-muted">
          now that is <Ticking format={(now) => times.full(at(now))} />
        </span>
      )}
    </div>
  );
}

export function ShiftFields({ by, onChange }: { by: number | null; onChange: (by: number | null) => void }) {
  const [isBack, setIsBack] = useState(by === null || by < 0);
  const signed = (count: number, back: boolean) => (back && count > 0 ? -count : count);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        label="Direction"
        value={isBack ? "back" : "ahead"}
        options={[
          { value: "back", label: "back by" },
          { value: "ahead", label: "ahead by" },
        ]}
        onChange={(value) => {
          setIsBack(value === "back");
          if (by !== null) onChange(signed(Math.abs(by), value === "back"));
        }}
      />
      <NumberField
        label="Number of events"
        value={by === null ? null : Math.abs(by)}
        onChange={(count) => onChange(count === null ? null : signed(count, isBack))}
      />
      <span className="text-muted">events on each partition</span>
    </div>
  );
}

export function OtherGroupFields(props: {
  groups: readonly OtherGroup[];
  value: OtherGroup | null;
  onChange: (group: OtherGroup) => void;
}) {
  const { groups, value, onChange } = props;
  const stores = new Set(groups.map(({ store }) => store));
  const keyOf = ({ name, store }: OtherGroup) => JSON.stringify([name, store]);
  const options = groups.map((group) => ({
    value: keyOf(group),
    label: stores.size > 1 ? `${group.name} in ${group.store}` : group.name,
  }));
  return (
    <div className="flex items-center gap-2">
      <span className="text-muted">Position of</span>
      <Select
        label="Group"
        value={value === null ? "" : keyOf(value)}
        options={[...(value === null ? [{ value: "", label: "choose a group" }] : []), ...options]}
        onChange={(chosen) => {
          const group = groups.find((one) => keyOf(one) === chosen);
          if (group !== undefined) onChange(group);
        }}
      />
    </div>
  );
}
