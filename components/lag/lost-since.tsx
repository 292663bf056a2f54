import { formatCount } from "#lib/client/format/format.ts";
import { ZonedMoment } from "#lib/client/format/use-times.ts";

export function LostSince({ total, since }: { total: number | null; since: string | null }) {
  if (total === null || total === 0 || since === null) return null;
  return (
    <>
      lost {formatCount(total)} since <ZonedMoment at={since} />
    </>
  );
}
