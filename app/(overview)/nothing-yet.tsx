"use client";

import { CircleDashed, Hourglass, Unplug } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "#components/ui/button.tsx";
import { HelpMark } from "#components/ui/help-mark.tsx";
import { Message } from "#components/ui/message.tsx";
import type { EventHub } from "#lib/api/event-hub.ts";
import { helpPagePath, reasonPath } from "#lib/client/help/help-pages.ts";
import { eventHubPath } from "#lib/client/url/paths.ts";

export function NothingYet({ hubs }: { hubs: readonly EventHub[] }) {
  const failing = hubs.filter((hub) => hub.error !== null && hub.observedAt === null);
  const unread = hubs.some((hub) => hub.observedAt === null && hub.error === null);
  if (failing.length > 0 && failing.length === hubs.length) {
    return (
      <Message kind="failing" icon={<Unplug className="size-7" />} title="No event hub could be read">
        <ul className="flex flex-col gap-3">
          {failing.map((hub) => (
            <li key={hub.id}>
              <Link
                href={eventHubPath(hub.id)}
                prefetch={false}
                className="foreign font-mono text-ink underline"
              >
                {hub.id}
              </Link>
              <p>
                {hub.error?.message}
                {hub.error === null ? null : (
                  <HelpMark href={reasonPath(hub.error.code)} of={hub.error.code} />
                )}
              </p>
            </li>
          ))}
        </ul>
      </Message>
    );
  }
  if (unread) {
    return (
      <Message
        kind="loading"
        icon={<Hourglass className="size-7" />}
        title="Reading the event hubs for the first time"
      >
        Figures appear here within seconds.
      </Message>
    );
  }
  return (
    <Message
      kind="empty"
      icon={<CircleDashed className="size-7" />}
      title={hubs.length === 0 ? "No event hub is configured" : "No consumer groups yet"}
      actions={
        <>
          {hubs.map((hub) => (
            <Link key={hub.id} href={eventHubPath(hub.id)} prefetch={false} className={buttonClass()}>
              Partitions of {hub.id}
            </Link>
          ))}
          <Link
            href={helpPagePath("get-started", "if-nothing-is-shown")}
            prefetch={false}
            className={buttonClass()}
          >
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
