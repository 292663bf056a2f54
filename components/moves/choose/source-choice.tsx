"use client";

import { Choice, ChoiceGroup } from "#components/ui/form/field.tsx";
import { Select } from "#components/ui/form/select.tsx";
import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import type { MoveUrl } from "#lib/client/moves/move-url.ts";

interface Props {
  format: MoveUrl["format"];
  formats: ConsumerGroup["formats"];
  onChange: (format: MoveUrl["format"]) => void;
}

export function SourceChoice({ format, formats, onChange }: Props) {
  const [first] = formats;
  return (
    <ChoiceGroup label="Which checkpoints">
      <Choice
        name="source"
        value="read"
        checked={format === null}
        onChoose={() => onChange(null)}
        label="Those in use"
        note="For each partition, the one that its processors read."
      />
      <Choice
        name="source"
        value="format"
        checked={format !== null}
        onChoose={() => first !== undefined && onChange(first)}
        label="Only one layout"
        note="Such as the JSON that an older library left behind."
        whyNot={first === undefined ? "The group has no checkpoint." : null}
      >
        <div className="flex items-center gap-2">
          <span className="text-muted">Layout</span>
          <Select
            label="Layout"
            value={format ?? ""}
            options={formats.map((one) => ({ value: one, label: one }))}
            onChange={(value) => onChange(formats.find((one) => one === value) ?? null)}
          />
        </div>
      </Choice>
    </ChoiceGroup>
  );
}
