"use client";

import { useMemo, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { CsvButton } from "#components/ui/table/table-tools.tsx";
import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import { exportRows } from "#lib/client/format/csv.ts";
import { plural } from "#lib/client/format/format.ts";
import { useTimes } from "#lib/client/format/use-times.ts";
import { handovers } from "#lib/client/owners/handovers.ts";
import type { OwnerChange } from "#lib/client/owners/owner-words.ts";
import type { ObservedOwners } from "#lib/ownership/observed-owners.ts";
import { ownerFindings } from "#lib/ownership/owner-findings.ts";
import { ownerShares } from "#lib/ownership/owner-shares.ts";
import type { Actors } from "./change-pieces.tsx";
import { ChangeTable, changeColumns, handoverColumns } from "./change-table.tsx";
import { FindingList } from "./finding-list.tsx";
import { ownerLoads } from "./owner-loads.ts";
import { ShareTable, shareColumns } from "./share-table.tsx";

export function OwnersBelow(props: {
  group: ConsumerGroupDetail;
  seen: ObservedOwners;
  changes: readonly OwnerChange[];
  colors: ReadonlyMap<string, number>;
  actors: Actors;
  fileName: string;
  onLane: (partitionId: string) => void;
}) {
  const { group, seen, changes, colors, actors, fileName, onLane } = props;
  const { partitions, owners } = group;
  const findings = useMemo(() => ownerFindings(seen, { group, partitions }), [seen, group, partitions]);
  const free = partitions.filter(({ owner }) => owner?.state !== "active");
  const unowned = seen.isLive ? free.map(({ partitionId }) => partitionId) : [];
  const shares = useMemo(() => {
    const active = owners.map(({ ownerId, partitions: partitionIds }) => ({ ownerId, partitionIds }));
    return ownerShares(seen, seen.isLive ? active : [], partitions.length);
  }, [seen, owners, partitions.length]);
  const shown = useMemo(
    () => shareColumns(colors, seen, ownerLoads({ owners, partitions })),
    [colors, seen, owners, partitions],
  );
  const times = useTimes();
  const columns = useMemo(
    () => changeColumns(changes, colors, times, actors),
    [changes, colors, times, actors],
  );
  const joined = useMemo(() => handovers(changes), [changes]);
  const joinedColumns = useMemo(
    () => handoverColumns(joined, colors, times, actors),
    [joined, colors, times, actors],
  );
  const [isOneByOne, setOneByOne] = useState(false);
  return (
    <>
      <Panel title="Findings">
        <FindingList
          {...{ findings, unowned, colors, onLane }}
          now={seen.to}
          knownFrom={seen.knownFrom}
          partitionCount={partitions.length}
        />
      </Panel>
      <Panel
        title="Owners"
        note={plural(shares.length, "owner")}
        side={
          <CsvButton
            of="owners"
            rows={shares.length}
            onClick={() => exportRows(`${fileName}-owner-shares.csv`, shown, shares)}
          />
        }
      >
        <ShareTable shares={shares} columns={shown} />
      </Panel>
      <Panel
        title="Changes"
        note={plural(changes.length, "change")}
        side={
          <>
            <Button aria-pressed={isOneByOne} onClick={() => setOneByOne((before) => !before)}>
              {isOneByOne ? "Joined" : "One by one"}
            </Button>
            <CsvButton
              of="changes of owners"
              rows={changes.length}
              onClick={() => exportRows(`${fileName}-owner-changes.csv`, columns, changes.toReversed())}
            />
          </>
        }
      >
        <ChangeTable
          {...{ changes, columns, isOneByOne }}
          handovers={joined}
          handoverColumns={joinedColumns}
        />
      </Panel>
    </>
  );
}
