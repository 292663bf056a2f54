"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { CheckList } from "#components/diagnosis/check-list.tsx";
import { PageTitle } from "#components/shell/page-title.tsx";
import { StaleStrip } from "#components/shell/stale-strip.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { PageSkeleton } from "#components/ui/skeleton.tsx";
import { usePageAction } from "#lib/client/browser/page-actions.ts";
import { diagnosisKey, diagnosisQuery } from "#lib/client/diagnosis/diagnosis-query.ts";
import { exportDiagnosis } from "#lib/client/diagnosis/export-diagnosis.ts";
import { groupChecks, summarizeChecks } from "#lib/client/diagnosis/group-checks.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { useStreamUpdates } from "#lib/client/stream/use-stream.ts";

export function DiagnosisView({ hub }: { hub: string }) {
  const { data, error } = useQuery(diagnosisQuery(hub));
  const client = useQueryClient();
  useStreamUpdates({ hub }, () => void client.invalidateQueries({ queryKey: diagnosisKey(hub) }));
  const save = () => data !== undefined && exportDiagnosis(data);
  usePageAction(data === undefined ? null : "Export the diagnosis", save);
  if (data === undefined) return <PageSkeleton label="The diagnosis is loading" rows={8} />;
  return (
    <div className="flex flex-col gap-4">
      <PageTitle
        observedAt={data.observedAt}
        side={
          <Button onClick={save}>
            <Icon name="download" className="size-3.5 text-faint" />
            Export
          </Button>
        }
        title={
          <>
            Diagnosis of <span className="foreign break-words">{showText(hub)}</span>
          </>
        }
      >
        {summarizeChecks(data.checks)}
      </PageTitle>
      <StaleStrip sources={[]} observedAt={data.observedAt} fetchError={error} />
      {groupChecks(data.checks).map(({ store, checks }) => {
        const title = store === null ? "The event hub" : `Checkpoint store ${showText(store)}`;
        return (
          <Panel key={title} title={<span className="foreign">{title}</span>} note={summarizeChecks(checks)}>
            <CheckList checks={checks} label={title} />
          </Panel>
        );
      })}
    </div>
  );
}
