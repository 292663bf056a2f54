"use client";

import { TriangleAlert, UsersRound } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Message } from "#components/ui/message.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { CsvButton } from "#components/ui/table-tools.tsx";
import { exportRows } from "#lib/client/csv.ts";
import { plural } from "#lib/client/format.ts";
import type { OwnersInRange } from "#lib/client/queries.ts";
import { ChangeTable, changeColumns } from "./change-table.tsx";
import { ownerLanes } from "./owner-lanes.ts";
import { OwnerTimeline } from "./owner-timeline.tsx";
import { SpanTable, spanColumns } from "./span-table.tsx";

interface Props {
  partitionIds: readonly string[];
  owners: OwnersInRange | undefined;
  error: Error | null;
  /** What is shown is of the range before. */
  isOlder: boolean;
  onRetry: () => void;
  colors: ReadonlyMap<string, number>;
  rangeName: string;
  rangePicker: ReactNode;
  legend: ReactNode;
  /** Without its ending. */
  fileName: string;
}

/** Who owned which partition when, and every change of it in the range. */
export function OwnersPanel(props: Props) {
  const { partitionIds, owners, error, isOlder, onRetry, colors, rangeName, rangePicker, legend, fileName } =
    props;
  const [asTable, setAsTable] = useState(false);
  const lanes = useMemo(
    () => (owners === undefined ? [] : ownerLanes(partitionIds, owners.spans, owners.changes, owners)),
    [partitionIds, owners],
  );
  const spans = owners?.spans ?? [];
  const changes = owners?.changes ?? [];
  const columns = useMemo(() => changeColumns(colors), [colors]);
  const barColumns = useMemo(() => spanColumns(colors, owners?.to ?? 0), [colors, owners]);
  const isKnown = spans.length + changes.length > 0;
  return (
    <>
      <Panel
        title="Who owned what"
        note={owners === undefined ? null : `${rangeName} · one lane per partition`}
        side={
          <>
            <Button aria-pressed={asTable} onClick={() => setAsTable((before) => !before)}>
              {asTable ? "As a timeline" : "As a table"}
            </Button>
            <CsvButton
              rows={spans.length}
              onClick={() => exportRows(`${fileName}-owners.csv`, barColumns, spans)}
            />
          </>
        }
      >
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-b px-4 py-2.5">
          {rangePicker}
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
        <div aria-busy={isOlder} className={isOlder ? "opacity-60" : ""}>
          {owners === undefined ? (
            <Waiting error={error} onRetry={onRetry} />
          ) : !isKnown ? (
            <Message
              kind="noMatch"
              icon={<UsersRound className="size-6" />}
              title="No owner is known of this range"
            >
              Nobody owned a partition of this group then, or the dashboard did not watch it.
            </Message>
          ) : asTable ? (
            <SpanTable spans={spans} columns={barColumns} />
          ) : (
            <OwnerTimeline lanes={lanes} from={owners.from} to={owners.to} colors={colors} />
          )}
        </div>
        {error !== null && owners !== undefined ? (
          <p role="status" className="border-line border-t px-4 py-2 text-note text-warn">
            This could not be brought up to date: {error.message}
          </p>
        ) : null}
      </Panel>
      {owners === undefined ? null : (
        <Panel
          title="Changes"
          note={plural(changes.length, "change")}
          side={
            <CsvButton
              rows={changes.length}
              onClick={() => exportRows(`${fileName}-owner-changes.csv`, columns, changes.toReversed())}
            />
          }
        >
          <ChangeTable changes={changes} columns={columns} />
        </Panel>
      )}
    </>
  );
}

function Waiting({ error, onRetry }: { error: Error | null; onRetry: () => void }) {
  if (error === null) {
    return (
      <div role="status" aria-label="The owners are loading" className="p-4">
        <div className="skeleton h-64" />
      </div>
    );
  }
  return (
    <div className="p-4">
      <Message
        kind="failing"
        icon={<TriangleAlert className="size-6" />}
        title="The owners can't be shown"
        actions={<Button onClick={onRetry}>Try again</Button>}
      >
        {error.message}
      </Message>
    </div>
  );
}
