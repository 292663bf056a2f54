"use client";

import { useRouter } from "next/navigation";
import { NotReadYet } from "#app/not-read-yet.tsx";
import { PageTitle } from "#components/shell/page-title.tsx";
import type { Fault } from "#lib/api/errors.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { useStreamUpdates } from "#lib/client/stream/use-stream.ts";

interface Props {
  hub: string;
  group: string;
  source: string;
  error: Fault | null;
}

/** In place of a group's page until its hub and stores were read, which tells if there is such a group. */
export function GroupUnread({ hub, group, source, error }: Props) {
  const router = useRouter();
  useStreamUpdates({ hub }, () => router.refresh());
  return (
    <div className="flex flex-col gap-4">
      <PageTitle
        observedAt={null}
        title={
          <span className="foreign line-clamp-2 break-words" dir="auto">
            {showText(group)}
          </span>
        }
      >
        on <span className="foreign font-mono">{hub}</span>
      </PageTitle>
      <NotReadYet name={source} error={error} />
    </div>
  );
}
