import { plural } from "#lib/client/format/format.ts";

/** What a line of sums leaves out at its end; null: nothing. */
export function leftOutWords(withoutCheckpoint: number | null | undefined): string | null {
  return withoutCheckpoint == null || withoutCheckpoint === 0
    ? null
    : `${plural(withoutCheckpoint, "partition")} without a checkpoint not counted`;
}
