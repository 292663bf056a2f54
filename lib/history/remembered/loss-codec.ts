import type { LossWatch } from "#lib/lag/lost-events.ts";
import type { ByteReader, ByteWriter } from "../samples/bytes.ts";
import { partitionIndex } from "../samples/sample.ts";

/** Packs a group's losses by partition number, about 12 bytes each, with their count first. */
export function writeLosses(
  out: ByteWriter,
  losses: Iterable<readonly [partitionId: string, watch: LossWatch]>,
): void {
  const packed = [...losses].flatMap(([partitionId, watch]) => {
    const index = partitionIndex(partitionId);
    return index === null ? [] : [{ index, watch }];
  });
  out.whole(packed.length);
  for (const { index, watch } of packed) {
    out.whole(index);
    // Shifted by one: -1 precedes the first event.
    out.whole(watch.waterMark + 1);
    out.whole(watch.lost);
    out.whole(watch.since);
  }
}

export function readLosses(reader: ByteReader): Map<string, LossWatch> {
  const losses = new Map<string, LossWatch>();
  for (let left = reader.whole(); left > 0; left -= 1) {
    const partitionId = String(reader.whole());
    const waterMark = reader.whole() - 1;
    const [lost, since] = [reader.whole(), reader.whole()];
    // What had gone past it is seen again.
    losses.set(partitionId, { waterMark, gone: waterMark, lost, since, first: null });
  }
  return losses;
}
