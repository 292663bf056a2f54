import { PositionRing } from "#lib/lag/positions.ts";
import { ByteReader, ByteWriter } from "../samples/bytes.ts";
import { partitionIndex } from "../samples/sample.ts";

const form = 1;
const keptPairs = 64;

/** Packs the history of partitions' beginnings by number, about 5 bytes a pair. */
export function encodeBeginnings(rings: ReadonlyMap<string, PositionRing>): Uint8Array {
  const out = new ByteWriter();
  out.byte(form);
  for (const [partitionId, ring] of rings) {
    const partition = partitionIndex(partitionId);
    if (partition === null) continue;
    const first = Math.max(0, ring.size - keptPairs);
    out.whole(partition);
    out.whole(ring.size - first);
    let [before, beforeAt] = [-1, 0];
    for (let index = first; index < ring.size; index += 1) {
      const [value, at] = [ring.sequenceNumberAt(index), ring.timeAt(index)];
      out.whole(value - before);
      out.whole(at - beforeAt);
      [before, beforeAt] = [value, at];
    }
  }
  return out.bytes();
}

export function decodeBeginnings(bytes: Uint8Array): Map<string, PositionRing> {
  const rings = new Map<string, PositionRing>();
  const reader = new ByteReader(bytes);
  if (reader.byte() !== form) return rings;
  while (!reader.isAtEnd) {
    const partitionId = String(reader.whole());
    const count = reader.whole();
    const ring = new PositionRing();
    let [value, at] = [-1, 0];
    for (let index = 0; index < count; index += 1) {
      value += reader.whole();
      at += reader.whole();
      ring.add(value, at);
    }
    rings.set(partitionId, ring);
  }
  return rings;
}
