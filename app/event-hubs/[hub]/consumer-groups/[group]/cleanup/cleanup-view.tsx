"use client";

import { useState } from "react";
import { CleanupChoice } from "#components/moves/choose/cleanup-choice.tsx";
import { PlanFooter } from "#components/moves/choose/plan-footer.tsx";
import { Steps } from "#components/resets/choose/steps.tsx";
import { RefusedNote } from "#components/resets/review/refused-note.tsx";
import { PageTitle } from "#components/shell/page-title.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { showText } from "#lib/client/format/foreign-text.ts";
import { previewCleanup } from "#lib/client/resets/reset-queries.ts";
import { focusAfterStep } from "#lib/client/resets/step-focus.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";

interface Props {
  address: GroupAddress;
  whyNot: string | null;
}

export function CleanupView({ address, whyNot }: Props) {
  const [text, setText] = useState<string | null>(null);
  const names = text === null ? null : namesIn(text);
  const blobs = names ?? "all";
  return (
    <div className="flex flex-col gap-4">
      <PageTitle
        headingRef={focusAfterStep}
        title={
          <>
            Clean up blobs of <span className="foreign break-words">{showText(address.group)}</span>
          </>
        }
      >
        <Steps at="Choose" /> · on <span className="foreign font-mono">{address.hub}</span> · store{"\u00a0"}
        <span className="foreign font-mono">{address.store}</span>
      </PageTitle>
      {whyNot === null ? null : <RefusedNote why={whyNot} />}
      <Panel title="Blobs">
        <CleanupChoice text={text} onChange={setText} />
      </Panel>
      <Panel title="What may go">
        <ul className="flex list-disc flex-col gap-1 py-3 pr-4 pl-8 text-pretty">
          <li>Blobs of partitions that the hub does not have, and placeholders of storage tools.</li>
          <li>Checkpoints that a move left behind, unless somebody has written them since.</li>
          <li>
            All blobs of a group that Azure no longer lists and that has not moved for seven days. Needs
            access to Azure Resource Manager.
          </li>
        </ul>
        <p className="border-line border-t px-4 py-2 text-note text-muted">
          An ownership without an owner id is repaired, not deleted. Every other blob is recorded before it is
          deleted, and is deleted only if nobody wrote it after the review. Undo restores it.
        </p>
      </Panel>
      <PlanFooter
        plan={
          names?.length === 0
            ? { missing: "Name the blobs to clean up." }
            : () => previewCleanup(address, { blobs })
        }
        whyNot={whyNot}
        address={address}
      />
    </div>
  );
}

function namesIn(text: string): string[] {
  return [...new Set(text.split(/\r?\n/).map((line) => line.trim()))].filter((line) => line !== "");
}
