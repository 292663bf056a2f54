import { formatCount } from "#lib/client/format/format.ts";
import { ZonedMoment } from "#lib/client/format/use-times.ts";

interface Props {
  total: number | null;
  since: string | null;
  /** The count that stands beside it: the same one is not told twice. */
  beside?: number | null;
}

export function LostSince({ total, since, beside = null }: Props) {
  if (total === null || total === 0 || since === null) return null;
  if (total === beside)
    return (
      <>
        since <ZonedMoment at={since} />
      </>
    );
  return (
    <>
      lost {formatCount(total)} since <ZonedMoment at={since} />
    </>
  );
}
