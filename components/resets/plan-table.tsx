"use client";

import { SearchX } from "lucide-react";
import { useQueryStates } from "nuqs";
import { type ReactNode, useCallback, useMemo } from "react";
import { Button } from "#components/ui/button.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { Message } from "#components/ui/message.tsx";
import { SearchInput } from "#components/ui/search-input.tsx";
import { useSortedRows } from "#components/ui/table-model.ts";
import { CsvButton, TableTools } from "#components/ui/table-tools.tsx";
import type { ResetPlan, ResetPlanEntry } from "#lib/api/resets.ts";
import { exportRows } from "#lib/client/csv.ts";
import { formatCount, plural } from "#lib/client/format.ts";
import { listedIds } from "#lib/client/partition-ranges.ts";
import { reviewParsers } from "#lib/client/reset-url.ts";
import { PlanBelow } from "./plan-below.tsx";
import { isObstructed, planColumns } from "./plan-columns.tsx";
import { PlanDetails } from "./plan-details.tsx";

const inOrder = [{ column: "partition", descending: false }];
const idOf = ({ partitionId }: ResetPlanEntry) => partitionId;
const details = (entry: ResetPlanEntry) => <PlanDetails entry={entry} />;

/** A plan partition by partition: now, then, and what lies between. */
export function PlanTable({
  plan,
  ownerName,
}: {
  plan: ResetPlan;
  ownerName: (ownerId: string) => ReactNode;
}) {
  const [{ q, sort, only }, setUrl] = useQueryStates(reviewParsers);
  const isUndo = plan.target.kind === "undo";
  const columns = useMemo(
    () => planColumns({ isUndo, now: Date.parse(plan.createdAt), ownerName }),
    [isUndo, plan.createdAt, ownerName],
  );
  const below = useCallback(
    (entry: ResetPlanEntry) => (
      <PlanBelow entry={entry} isUndo={isUndo} now={Date.parse(plan.createdAt)} ownerName={ownerName} />
    ),
    [isUndo, plan.createdAt, ownerName],
  );
  const found = useMemo(() => {
    const isListed = listedIds(q, plan.entries.map(idOf));
    return plan.entries.filter((entry) => isListed(entry.partitionId) && (!only || isObstructed(entry)));
  }, [plan, q, only]);
  const rows = useSortedRows({ columns, rows: found, rowId: idOf, sort, fallback: inOrder });
  const all = plural(plan.entries.length, "partition");
  return (
    <>
      <TableTools
        count={rows.length === plan.entries.length ? all : `${formatCount(rows.length)} of ${all}`}
        side={
          <CsvButton
            rows={rows.length}
            onClick={() => exportRows(`${plan.hub}-${plan.group}-plan.csv`, columns, rows)}
          />
        }
      >
        <SearchInput label="Partitions, as 0-3, 7" value={q} onChange={(text) => void setUrl({ q: text })} />
        <Button
          aria-pressed={only}
          onClick={() => void setUrl({ only: only ? null : true })}
          className="aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent"
          data-tip="Leaves out the partitions that nothing is in the way of."
        >
          Only blocked or warned of
        </Button>
      </TableTools>
      <DataTable
        label="Plan"
        columns={columns}
        rows={rows}
        rowId={idOf}
        sort={sort ?? inOrder[0] ?? null}
        onSort={(next) => void setUrl({ sort: next })}
        details={details}
        belowOnPhone={below}
        empty={
          <Message
            kind="noMatch"
            icon={<SearchX className="size-6" />}
            title={only && q === "" ? "Nothing is in the way of any partition" : "No partition matches"}
            actions={
              <Button onClick={() => void setUrl({ q: null, only: null })}>
                Show all {formatCount(plan.entries.length)}
              </Button>
            }
          />
        }
      />
    </>
  );
}
