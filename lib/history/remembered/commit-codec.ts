import type { Commit, CommitRing, OwnWrite } from "#lib/lag/commits.ts";
import { type Progress, progressOver } from "#lib/lag/progress.ts";
import { ByteReader, ByteWriter } from "../samples/bytes.ts";
import { partitionIndex } from "../samples/sample.ts";

/** The first byte names the form; others are skipped. 2, 4 and 6 are a group's. */
const form = 5;
const formWithoutProgress = 3;
const formWithoutBlindTimes = 1;
const forms = [form, formWithoutProgress, formWithoutBlindTimes];

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
    writeProgress(out, ring.progress);
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
  if (!forms.includes(found)) return rings;
  while (!reader.isAtEnd) {
    const partitionId = String(reader.whole());
    const lastModified = reader.optional();
    const ownWrite = readOwnWrite(reader);
    const progress = found === form ? readProgress(reader) : null;
    const count = reader.whole();
    const commits: Commit[] = [];
    let [sequenceNumber, at] = [0, 0];
    for (let index = 0; index < count; index += 1) {
      at += reader.whole();
      sequenceNumber += reader.signed();
      const lag = reader.optional();
      commits.push({
        sequenceNumber,
        at,
        lag,
        blindMs: found === formWithoutBlindTimes ? 0 : reader.optional(),
      });
    }
    const reached = found === form ? progress : progressOver(commits, null, null);
    rings.set(partitionId, { commits, lastModified, ownWrite, progress: reached });
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

function writeProgress(out: ByteWriter, progress: Progress | null): void {
  out.optional(progress?.at ?? null);
  if (progress !== null) out.byte(progress.isExact ? 1 : 0);
}

function readProgress(reader: ByteReader): Progress | null {
  const at = reader.optional();
  return at === null ? null : { at, isExact: reader.byte() === 1 };
}
