"use client";

import { buttonClass } from "#components/ui/button.tsx";
import { HelpMark } from "#components/ui/help-mark.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Message } from "#components/ui/message.tsx";
import { Link } from "#components/ui/text/link.tsx";
import type { EventHub } from "#lib/api/event-hub.ts";
import { helpPagePath, reasonPath } from "#lib/client/help/help-pages.ts";
import { unreadSources } from "#lib/client/lag/first-reading.ts";
import { eventHubPath } from "#lib/client/url/paths.ts";

export function NothingYet({ hubs }: { hubs: readonly EventHub[] }) {
  const unread = unreadSources(hubs);
  const failing = unread.filter(({ error }) => error !== null);
  if (failing.length > 0) {
    const isNoHubRead = failing.length === hubs.length && failing.every(({ store }) => store === null);
    return (
      <Message
        kind="failing"
        icon={<Icon name="unplug" className="size-7" />}
        title={isNoHubRead ? "No event hub could be read" : "Consumer groups could not be read"}
      >
        <ul className="flex flex-col gap-3">
          {failing.map(({ hub, store, error }) => (
            <li key={`${hub} ${store}`}>
              {store === null ? null : <>Store {store} of </>}
              <Link href={eventHubPath(hub)} className="foreign font-mono text-ink underline">
                {hub}
              </Link>
              <p>
                {error?.message}
                {error === null ? null : <HelpMark href={reasonPath(error.code)} of={error.code} />}
              </p>
            </li>
          ))}
        </ul>
      </Message>
    );
  }
  if (unread.length > 0) {
    return (
      <Message
        kind="loading"
        icon={<Icon name="hourglass" className="size-7" />}
        title="Reading the event hubs for the first time"
      >
        Figures appear here within seconds.
      </Message>
    );
  }
  return (
    <Message
      kind="empty"
      icon={<Icon name="circle-dashed" className="size-7" />}
      title={hubs.length === 0 ? "No event hub is configured" : "No consumer groups yet"}
      actions={
        <>
          {hubs.map((hub) => (
            <Link key={hub.id} href={eventHubPath(hub.id)} className={buttonClass()}>
              Partitions of {hub.id}
            </Link>
          ))}
          <Link href={helpPagePath("get-started", "if-nothing-is-shown")} className={buttonClass()}>
            Help
          </Link>
        </>
      }
    >
      {hubs.length === 0 ? (
        <>
          Name one in the configuration file (TIDEMARK_CONFIG), or set EVENTHUB_CONNECTION_STRING, and start
          again.
        </>
      ) : (
        <>
          A group appears once a processor has claimed a partition or written a checkpoint. Start one, or name
          groups to show anyway under <code className="font-mono">consumerGroups</code> in the configuration.
          If a processor does run, check that the container and prefix are the ones it writes to.
        </>
      )}
    </Message>
  );
}
