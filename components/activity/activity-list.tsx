"use client";

import { type ReactNode, useCallback, useMemo } from "react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Message } from "#components/ui/message.tsx";
import { DataTable } from "#components/ui/table/data-table.tsx";
import {
  type ActivityEntry,
  actionText,
  quietText,
  resetFacts,
} from "#lib/client/activity/activity-words.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { TimedText } from "#lib/client/format/timed-text.ts";
import { ActivitySubject, activityColumns } from "./activity-columns.tsx";

interface Props {
  entries: readonly ActivityEntry[] | undefined;
  error: Error | null;
  onRetry: () => void;
  ofOneGroup: boolean;
  targetName: (entry: ActivityEntry) => ReactNode;
  details: (entry: ActivityEntry) => ReactNode;
  nothing: ReactNode;
  foot?: ReactNode;
}

const idOf = ({ id }: ActivityEntry) => String(id);
const keepOrder = () => {};
const reason = (entry: ActivityEntry) => {
  const text = resetFacts(entry).message ?? quietText(entry);
  return text === null ? null : (
    <p className="max-w-4xl text-pretty break-words text-muted text-note">
      <TimedText text={showText(text)} />
    </p>
  );
};

export function ActivityList(props: Props) {
  const { entries, error, onRetry, ofOneGroup, targetName, details, nothing, foot } = props;
  const columns = useMemo(() => activityColumns({ ofOneGroup, targetName }), [ofOneGroup, targetName]);
  const belowOnPhone = useCallback(
    (entry: ActivityEntry) => (
      <>
        <p className="text-pretty break-words text-note">
          <span className="font-medium">{actionText(entry)}</span> {targetName(entry)}
        </p>
        {ofOneGroup ? null : (
          <div className="text-note">
            <ActivitySubject entry={entry} />
          </div>
        )}
        {reason(entry)}
      </>
    ),
    [ofOneGroup, targetName],
  );
  if (entries === undefined && error !== null) {
    return (
      <Message
        kind="failing"
        icon={<Icon name="cloud-off" className="size-7" />}
        title="The activity can’t be loaded"
        actions={<Button onClick={onRetry}>Try again</Button>}
      >
        {error.message}
      </Message>
    );
  }
  if (entries === undefined) {
    return (
      <div role="status" aria-label="The activity is loading" className="flex flex-col gap-3 px-4 py-4">
        {["a", "b", "c"].map((key) => (
          <div key={key} className="skeleton h-5 w-full" />
        ))}
      </div>
    );
  }
  if (entries.length === 0) {
    return (
      <Message kind="noMatch" icon={<Icon name="circle-dashed" className="size-6" />} title="No activity yet">
        {nothing}
      </Message>
    );
  }
  return (
    <>
      <DataTable
        label="Activity"
        columns={columns}
        rows={entries}
        rowId={idOf}
        sort={null}
        onSort={keepOrder}
        details={details}
        below={reason}
        belowOnPhone={belowOnPhone}
      />
      {foot}
    </>
  );
}
