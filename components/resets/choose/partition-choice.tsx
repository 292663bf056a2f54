"use client";

import type { ReactNode } from "react";
import type { GroupPartition } from "#lib/api/consumer-group.ts";
import { PartitionPicker } from "./partition-picker.tsx";
import { PartitionsField } from "./partitions-field.tsx";

interface Props {
  partitions: readonly GroupPartition[];
  text: string | null;
  onChange: (text: string | null) => void;
  ownerCell: (partition: GroupPartition) => ReactNode;
}

export function PartitionChoice({ partitions, text, onChange, ownerCell }: Props) {
  return (
    <PartitionsField
      known={partitions.map(({ partitionId }) => partitionId)}
      note="Partitions without a checkpoint get one."
      text={text}
      onChange={onChange}
      picker={(chosen) => (
        <PartitionPicker partitions={partitions} chosen={chosen} onChange={onChange} ownerCell={ownerCell} />
      )}
    />
  );
}
