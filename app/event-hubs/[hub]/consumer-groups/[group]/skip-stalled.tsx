import type { ReactNode } from "react";
import type { ConsumerGroupDetail, GroupPartition } from "#lib/api/consumer-group.ts";
import { eventsAround } from "#lib/client/lag/read-event.ts";

/** If more partitions stall, one event is not the cause. */
const mostOffered = 3;

export function SkipStalled(props: {
  group: ConsumerGroupDetail;
  partitionIds: readonly string[];
  skip: (partition: GroupPartition, sequenceNumber: number, isNamed?: boolean) => ReactNode;
}) {
  const { group, partitionIds, skip } = props;
  const offers = group.partitions
    .filter(({ partitionId }) => partitionIds.includes(partitionId))
    .flatMap((partition) => {
      const next = eventsAround(partition).find(({ which, whyNot }) => which === "next" && whyNot === null);
      return next === undefined ? [] : [{ partition, sequenceNumber: next.sequenceNumber }];
    });
  if (offers.length === 0 || offers.length > mostOffered) return null;
  return offers.map(({ partition, sequenceNumber }) => (
    <span key={partition.partitionId} className="contents">
      {skip(partition, sequenceNumber, true)}
    </span>
  ));
}
