"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Button } from "#components/ui/button.tsx";
import { Ticking } from "#components/ui/clock.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Message } from "#components/ui/message.tsx";
import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import { formatAge } from "#lib/client/format/format.ts";
import { postJson } from "#lib/client/http/http.ts";
import { groupPath, keys } from "#lib/client/http/queries.ts";
import { eventHubPath } from "#lib/client/url/paths.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";

export function GoneGroup({
  address,
  group,
  whyNot,
}: {
  address: GroupAddress;
  group: ConsumerGroup;
  whyNot: string | null;
}) {
  const client = useQueryClient();
  const router = useRouter();
  const dismissing = useMutation({
    mutationFn: () =>
      postJson(
        groupPath(address, "/dismiss"),
        {},
        async () => (await import("#lib/api/consumer-group.ts")).dismissedSchema,
      ),
    onSuccess: () => {
      // Not the group's own page, which no longer exists.
      void client.invalidateQueries({ queryKey: keys.overview() });
      void client.invalidateQueries({ queryKey: keys.eventHub(address.hub) });
      router.push(eventHubPath(address.hub));
    },
  });
  const { goneSince, lastCheckpointAt } = group;
  return (
    <Message
      kind="empty"
      icon={<Icon name="unplug" className="size-7" />}
      title="All blobs of this group are deleted"
      actions={
        <Button
          onClick={() => dismissing.mutate()}
          whyDisabled={whyNot ?? (dismissing.isPending ? "It is being dismissed." : null)}
        >
          Dismiss the group
        </Button>
      }
    >
      <p>
        They were deleted <Ticking at={goneSince} format={(now) => formatAge(goneSince, now)} />.{" "}
        {lastCheckpointAt === null ? null : (
          <>
            The last checkpoint was written{" "}
            <Ticking at={lastCheckpointAt} format={(now) => formatAge(lastCheckpointAt, now)} />.{" "}
          </>
        )}
        If its processors start again, they read from their configured start position. The group comes back
        with its first blob. Otherwise it is shown for 30 days, or until it is dismissed.
      </p>
      <p role="status" className="text-stop">
        {dismissing.isError ? `The group could not be dismissed: ${dismissing.error.message}` : ""}
      </p>
    </Message>
  );
}
