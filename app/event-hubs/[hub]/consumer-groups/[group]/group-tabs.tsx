"use client";

import { type ReactNode, useMemo } from "react";
import { HistoryPanel } from "#components/lag/history/history-panel.tsx";
import { OwnerLegend } from "#components/owners/owner-legend.tsx";
import { OwnersPanel } from "#components/owners/owners-panel.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import { formatCount } from "#lib/client/format/format.ts";
import { useTimes } from "#lib/client/format/use-times.ts";
import { rangeName } from "#lib/client/history/time-range.ts";
import { type GroupTab, groupTabParsers } from "#lib/client/url/page-state.ts";
import { useQueryState } from "#lib/client/url/use-query.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";
import { LateActivityTab } from "./late-activity-tab.tsx";
import { RangePicker } from "./range-picker.tsx";
import type { GroupPast } from "./use-group-past.ts";
import { WatchedHint } from "./watched-hint.tsx";

interface Props {
  address: GroupAddress;
  group: ConsumerGroupDetail;
  past: GroupPast;
  colors: ReadonlyMap<string, number>;
  partitionsTab: ReactNode;
}

const collator = new Intl.Collator("en", { numeric: true });

export function GroupTabs({ address, group, past, colors, partitionsTab }: Props) {
  const [{ tab }, setUrl] = useQueryState(groupTabParsers);
  const { rangeState, owners, ownersError, ownersAreOlder, retryOwners, resets } = past;
  // As one string, so that an unchanged list causes no re-render below.
  const joined = JSON.stringify(group.partitions.map((p) => p.partitionId));
  const partitionIds = useMemo(() => (JSON.parse(joined) as string[]).sort(collator.compare), [joined]);
  const times = useTimes();
  const actors = useMemo(() => new Map(resets?.map(({ id, actor }) => [id, actor])), [resets]);
  const rangePicker = <RangePicker state={rangeState} />;
  const watchedHint = (watchedSince: string | null) => (
    <WatchedHint watchedSince={watchedSince} rangeState={rangeState} />
  );
  return (
    <Tabs
      label="What of this consumer group"
      value={tab}
      onChange={(next) => setUrl({ tab: next as GroupTab }, { isStep: true })}
      tabs={[
        {
          value: "partitions",
          label: "Partitions",
          count: formatCount(group.partitionCount),
          content: <div className="flex flex-col gap-4">{partitionsTab}</div>,
        },
        {
          value: "lag",
          label: "Lag",
          content: (
            <HistoryPanel
              address={address}
              partitionIds={partitionIds}
              changes={owners?.changes ?? null}
              resets={resets}
              rangeState={rangeState}
              rangePicker={rangePicker}
              watchedHint={watchedHint}
            />
          ),
        },
        {
          value: "owners",
          label: "Owners",
          content: (
            <div className="flex flex-col gap-4">
              <OwnersPanel
                partitionIds={partitionIds}
                group={group}
                owners={owners}
                actors={actors}
                error={ownersError}
                isOlder={ownersAreOlder}
                onRetry={retryOwners}
                colors={colors}
                rangeName={rangeName(rangeState.range, times)}
                rangePicker={rangePicker}
                watchedHint={watchedHint}
                legend={
                  <OwnerLegend
                    group={group}
                    colors={colors}
                    // Newest first, since people look for who just left.
                    drawn={(owners?.spans ?? []).map(({ ownerId }) => ownerId).toReversed()}
                  />
                }
                fileName={`${address.hub}-${address.group}`}
              />
            </div>
          ),
        },
        { value: "activity", label: "Activity", content: <LateActivityTab address={address} /> },
      ]}
    />
  );
}
