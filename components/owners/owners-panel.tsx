"use client";

import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { Button } from "#components/ui/button.tsx";
import { Hint } from "#components/ui/hint.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Message } from "#components/ui/message.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { CsvButton } from "#components/ui/table/table-tools.tsx";
import { Waiting } from "#components/ui/waiting.tsx";
import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import { exportRows } from "#lib/client/format/csv.ts";
import { useTimes } from "#lib/client/format/use-times.ts";
import type { OwnersInRange } from "#lib/client/http/hub-queries.ts";
import { toObservedOwners } from "#lib/client/owners/to-observed-owners.ts";
import { laneParsers } from "#lib/client/url/page-state.ts";
import { useQueryState } from "#lib/client/url/use-query.ts";
import type { Actors } from "./change-pieces.tsx";
import { LateTimeline, preloadTimeline, timelineHeight } from "./late-timeline.tsx";
import { ownerLanes } from "./owner-lanes.ts";
import { OwnersBelow } from "./owners-below.tsx";
import { SpanTable, spanColumns } from "./span-table.tsx";

interface Props {
  partitionIds: readonly string[];
  group: ConsumerGroupDetail;
  owners: OwnersInRange | undefined;
  error: Error | null;
  isOlder: boolean;
  onRetry: () => void;
  colors: ReadonlyMap<string, number>;
  actors: Actors;
  rangeName: string;
  rangePicker: ReactNode;
  watchedHint: (watchedSince: string | null) => ReactNode;
  legend: ReactNode;
  fileName: string;
}

export function OwnersPanel(props: Props) {
  const { partitionIds, group, owners, error, isOlder, onRetry, colors, fileName } = props;
  const [asTable, setAsTable] = useState(false);
  const [{ lane: pointed }, setUrl] = useQueryState(laneParsers);
  const times = useTimes();
  const timeline = useRef<HTMLElement>(null);
  // Beside the first answer, which comes before anything is drawn.
  useEffect(preloadTimeline, []);
  const seen = useMemo(() => (owners === undefined ? null : toObservedOwners(owners)), [owners]);
  const lanes = useMemo(() => (seen === null ? [] : ownerLanes(partitionIds, seen)), [partitionIds, seen]);
  const spans = owners?.spans ?? [];
  const barColumns = useMemo(
    () => spanColumns(colors, owners?.spans ?? [], owners?.to ?? 0, times),
    [colors, owners, times],
  );
  const isKnown = seen !== null && (seen.knownFrom !== null || spans.length > 0);
  const pointAt = (partitionId: string) => {
    // The timeline must be rendered before it can take the focus.
    flushSync(() => {
      setAsTable(false);
      setUrl({ lane: partitionId });
    });
    timeline.current?.focus();
  };
  return (
    <>
      <Panel
        title="Who owned what"
        note={
          owners === undefined ? null : `${props.rangeName} · one lane per partition · times in ${times.zone}`
        }
        side={
          <>
            <Button aria-pressed={asTable} onClick={() => setAsTable((before) => !before)}>
              {asTable ? "As a timeline" : "As a table"}
            </Button>
            <CsvButton
              of="owners over time"
              rows={spans.length}
              onClick={() => exportRows(`${fileName}-owners.csv`, barColumns, spans)}
            />
          </>
        }
      >
        <Tools picker={props.rangePicker} legend={props.legend} />
        {owners === undefined ? null : props.watchedHint(owners.watchedSince)}
        {owners?.cutBefore == null ? null : (
          <Hint>
            This range has more changes than can be shown: they start at{" "}
            {times.full(Date.parse(owners.cutBefore))}. A shorter range shows all of its own.
          </Hint>
        )}
        <div aria-busy={isOlder} className={isOlder ? "opacity-60" : ""}>
          {seen === null ? (
            <Waiting
              label="The owners are loading"
              title="The owners can't be shown"
              error={error}
              onRetry={onRetry}
              height={timelineHeight}
            />
          ) : !isKnown ? (
            <Message
              kind="noMatch"
              icon={<Icon name="users-round" className="size-6" />}
              title="No owner data for this range"
            >
              The dashboard did not watch this group then.
            </Message>
          ) : asTable ? (
            <SpanTable spans={spans} columns={barColumns} />
          ) : (
            <LateTimeline ref={timeline} {...{ lanes, pointed, colors }} from={seen.from} to={seen.to} />
          )}
        </div>
        {error !== null && owners !== undefined ? (
          <p role="status" className="border-line border-t px-4 py-2 text-note text-warn">
            The owners can’t be refreshed: {error.message}
          </p>
        ) : null}
      </Panel>
      {owners === undefined || seen === null || !isKnown ? null : (
        <OwnersBelow
          {...{ group, seen, colors, fileName }}
          actors={props.actors}
          changes={owners.changes}
          onLane={pointAt}
        />
      )}
    </>
  );
}

function Tools({ picker, legend }: { picker: ReactNode; legend: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-b px-4 py-2.5">
      {picker}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-note sm:ml-auto">
        {legend}
        <span className="flex items-center gap-1.5 text-muted">
          <span aria-hidden className="hatched h-3 w-4 rounded-[2px]" />
          nobody
        </span>
        <span className="flex items-center gap-1.5 text-muted">
          <span aria-hidden className="h-3 w-4 rounded-[2px] border border-line bg-raised" />
          not known
        </span>
      </div>
    </div>
  );
}
