"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "#components/ui/button.tsx";
import type { Alerts } from "#lib/api/alerts.ts";
import { alertsKey } from "#lib/client/alerts/alert-queries.ts";
import { postJson } from "#lib/client/http/http.ts";

const kinds = {
  webhook: "Webhook",
  slack: "Slack",
  teams: "Microsoft Teams",
  pagerduty: "PagerDuty",
  opsgenie: "Opsgenie",
  email: "Email",
} as const;

export function ChannelList({ channels }: { channels: Alerts["channels"] }) {
  return (
    <ul aria-label="Alert channels" className="divide-y divide-line">
      {channels.map((channel) => (
        <ChannelLine key={channel.id} channel={channel} />
      ))}
    </ul>
  );
}

function ChannelLine({ channel }: { channel: Alerts["channels"][number] }) {
  const client = useQueryClient();
  const test = useMutation({
    mutationFn: () =>
      postJson(
        `/api/v1/alert-channels/${encodeURIComponent(channel.id)}/test`,
        {},
        async () => (await import("#lib/api/alerts.ts")).testSentSchema,
      ),
    onSettled: () => client.invalidateQueries({ queryKey: alertsKey }),
  });
  const said = test.isError
    ? `The test could not be sent: ${test.error.message}`
    : test.isSuccess
      ? "Test queued: see below."
      : "";
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2">
      <span className="font-mono">{channel.id}</span>
      <span className="text-muted">
        {kinds[channel.kind]} at {channel.host}
        {channel.isSigned ? ", signed" : ""}
      </span>
      <span className="ml-auto flex items-center gap-3">
        <span role="status" className="text-muted text-note">
          {said}
        </span>
        <Button
          onClick={() => test.mutate()}
          whyDisabled={test.isPending ? "Sending…" : null}
          aria-label={`Send a test on ${channel.id}`}
        >
          Send a test
        </Button>
      </span>
    </li>
  );
}
