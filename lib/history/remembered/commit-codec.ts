import type { Commit, CommitRing, OwnWrite } from "#lib/lag/commits.ts";
import { ByteReader, ByteWriter } from "../samples/bytes.ts";
import { partitionIndex } from "../samples/sample.ts";

/** The first byte names the form; others are skipped. 2 is a group's. */
const form = 3;
const formWithoutBlindTimes = 1;

/** Packs a group's rings by partition number, about 8 bytes a commit. */
export function encodeCommits(rings: Iterable<readonly [partitionId: string, ring: CommitRing]>): Uint8Array {
  const out = new ByteWriter();
  out.byte(form);
  for (const [partitionId, ring] of rings) {
    const index = partitionIndex(partitionId);
    if (index === null) continue;
    out.whole(index);
    out.optional(ring.lastModified);
    writeOwnWrite(out, ring.ownWrite);
    out.whole(ring.commits.length);
    let [before, beforeAt] = [0, 0];
    for (const { sequenceNumber, at, lag, blindMs } of ring.commits) {
      out.whole(at - beforeAt);
      out.signed(sequenceNumber - before);
      out.optional(lag);
      out.optional(blindMs);
      [before, beforeAt] = [sequenceNumber, at];
    }
  }
  return out.bytes();
}

export function decodeCommits(bytes: Uint8Array): Map<string, CommitRing> {
  const rings = new Map<string, CommitRing>();
  const reader = new ByteReader(bytes);
  const found = reader.byte();
  if (found !== form && found !== formWithoutBlindTimes) return rings;
  while (!reader.isAtEnd) {
    const partitionId = String(reader.whole());
    const lastModified = reader.optional();
    const ownWrite = readOwnWrite(reader);
    const count = reader.whole();
    const commits: Commit[] = [];
    let [sequenceNumber, at] = [0, 0];
    for (let index = 0; index < count; index += 1) {
      at += reader.whole();
      sequenceNumber += reader.signed();
      const lag = reader.optional();
      commits.push({ sequenceNumber, at, lag, blindMs: found === form ? reader.optional() : 0 });
    }
    rings.set(partitionId, { commits, lastModified, ownWrite });
  }
  return rings;
}

function writeOwnWrite(out: ByteWriter, ownWrite: OwnWrite | null): void {
  out.optional(ownWrite?.at ?? null);
  if (ownWrite === null) return;
  // Shifted by one: -1 precedes the first event.
  out.optional(ownWrite.sequenceNumber === null ? null : ownWrite.sequenceNumber + 1);
}

function readOwnWrite(reader: ByteReader): OwnWrite | null {
  const at = reader.optional();
  if (at === null) return null;
  const next = reader.optional();
  return { at, sequenceNumber: next === null ? null : next - 1 };
}
