import type { Figure } from "#components/ui/panel.tsx";
import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import type { EventHub } from "#lib/api/event-hub.ts";
import { formatCount, unknownMark } from "#lib/client/format/format.ts";
import { ownerFigures } from "#lib/client/lag/totals.ts";
import { unread, whyNoGroups } from "#lib/client/lag/why-not-known.ts";

export function ownersFigure(groups: readonly ConsumerGroup[], hubs: readonly EventHub[]): Figure {
  const none = whyNoGroups(groups, hubs);
  if (none === unread) return { label: "Owners", value: unknownMark, tone: "unknown", note: none };
  const { owners, unowned } = ownerFigures(groups);
  return {
    label: "Owners",
    value: formatCount(owners),
    note:
      unowned > 0
        ? `${formatCount(unowned)} unowned in running groups`
        : (none ?? (owners === 0 ? "no owner" : "running groups fully owned")),
  };
}
