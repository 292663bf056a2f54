"use client";

import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Message } from "#components/ui/message.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { lateComponent } from "#lib/client/browser/late-component.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";

const title = "Recent activity";

interface Props {
  address: GroupAddress;
}

/** Loads with its tab: it reads entries of every kind, by schemas that nothing else on the page needs. */
export const LateActivityTab = lateComponent<Props>(
  () => import("./activity-tab.tsx").then((m) => m.ActivityTab),
  () => (
    <Panel title={title}>
      <div role="status" aria-label="The activity is loading" className="px-4 py-4">
        <div className="skeleton h-5 w-full" />
      </div>
    </Panel>
  ),
  ({ message }, tryAgain) => (
    <Panel title={title}>
      <Message
        kind="failing"
        icon={<Icon name="cloud-off" className="size-7" />}
        title="The activity can’t be loaded"
        actions={<Button onClick={tryAgain}>Try again</Button>}
      >
        {message}
      </Message>
    </Panel>
  ),
);
