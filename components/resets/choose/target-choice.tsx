"use client";

import type { ReactNode } from "react";
import { Choice, ChoiceGroup } from "#components/ui/form/field.tsx";
import type { ResetUrl } from "#lib/client/resets/reset-choice.ts";
import { type TargetChoice as Kind, targetChoices } from "#lib/client/resets/reset-url.ts";
import {
  AgoFields,
  type OtherGroup,
  OtherGroupFields,
  SequenceField,
  ShiftFields,
} from "./target-fields.tsx";
import { TimeFields } from "./time-fields.tsx";

interface Props {
  url: ResetUrl;
  onChange: (change: Partial<ResetUrl>) => void;
  otherGroups: readonly OtherGroup[];
  file: ReactNode;
}

const words: Record<Kind, { label: string; note: string }> = {
  time: { label: "A time", note: "The first event enqueued at or after it." },
  ago: { label: "A while ago", note: "Counted back from the review." },
  earliest: { label: "Earliest", note: "The oldest event in the stream." },
  latest: { label: "Latest", note: "Only new events. Everything unread at the review is skipped." },
  sequenceNumber: {
    label: "A sequence number",
    note: "The next event to read, the same on each partition.",
  },
  shift: { label: "Shift", note: "Moves each partition back or ahead by a number of events." },
  group: {
    label: "Another group's position",
    note: "The checkpoints of another group of this hub, at the review.",
  },
  file: { label: "An exported file", note: "Positions exported as CSV or JSON." },
};

export function TargetChoice({ url, onChange, otherGroups, file }: Props) {
  const fields: Record<Kind, ReactNode> = {
    time: <TimeFields at={url.at} onChange={(at) => onChange({ at })} />,
    ago: <AgoFields ago={url.ago} onChange={(ago) => onChange({ ago })} />,
    earliest: null,
    latest: null,
    sequenceNumber: <SequenceField value={url.sequence} onChange={(sequence) => onChange({ sequence })} />,
    shift: <ShiftFields by={url.shift} onChange={(shift) => onChange({ shift })} />,
    group: (
      <OtherGroupFields
        groups={otherGroups}
        value={url.from === null ? null : { name: url.from, store: url.fromStore ?? "" }}
        onChange={({ name, store }) => onChange({ from: name, fromStore: store })}
      />
    ),
    file,
  };
  return (
    <ChoiceGroup label="Where the group reads next">
      {targetChoices.map((kind) => (
        <Choice
          key={kind}
          name="target"
          value={kind}
          checked={url.target === kind}
          onChoose={() => onChange({ target: kind })}
          {...words[kind]}
          whyNot={kind === "group" && otherGroups.length === 0 ? "This hub has no other group." : null}
        >
          {fields[kind]}
        </Choice>
      ))}
    </ChoiceGroup>
  );
}
