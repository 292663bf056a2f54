import { Button, buttonClass } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Link } from "#components/ui/text/link.tsx";
import type { ConsumerGroup, GroupPartition } from "#lib/api/consumer-group.ts";
import { formatCount } from "#lib/client/format/format.ts";
import { resumeAfterPath } from "#lib/client/url/paths.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";

interface Props {
  address: GroupAddress;
  group: Pick<ConsumerGroup, "formats">;
  partition: GroupPartition;
  sequenceNumber: number;
  whyNot: string | null;
  text?: string;
}

/** Leads to the choice of a reset with partition and position filled in. */
export function ResumeAfter({ address, group, partition, sequenceNumber, whyNot, text }: Props) {
  const { partitionId, owner } = partition;
  const isLive = owner?.state === "active" && group.formats.includes("common");
  // In a column of them each needs a name of its own.
  const named =
    text === undefined ? {} : { "aria-label": `Resume after event ${formatCount(sequenceNumber)}…` };
  const content = (
    <>
      <Icon name="step-forward" className="size-3.5 text-faint" />
      {text ?? "Resume after this event…"}
    </>
  );
  if (whyNot !== null) {
    return (
      <Button whyDisabled={whyNot} {...named}>
        {content}
      </Button>
    );
  }
  return (
    <Link
      href={resumeAfterPath(address, { partitionId, sequenceNumber, isLive })}
      {...named}
      data-tip={`${tipOf(partition, sequenceNumber)} Nothing changes until you review and confirm.`}
      className={buttonClass()}
    >
      {content}
    </Link>
  );
}

function tipOf({ checkpoint }: GroupPartition, sequenceNumber: number): string {
  const at = checkpoint?.sequenceNumber ?? null;
  return at !== null && sequenceNumber < at
    ? "All events after this one are processed again."
    : "Skips all that waits up to this event, this one too.";
}
