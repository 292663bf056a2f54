import type { CommitRing } from "#lib/lag/commits.ts";
import type { LossWatch } from "#lib/lag/lost-events.ts";
import { ByteReader, ByteWriter } from "../samples/bytes.ts";
import { decodeCommits, encodeCommits } from "./commit-codec.ts";
import { readLosses, writeLosses } from "./loss-codec.ts";

/** 1 and 3 are of commits alone, which stood here before there was more to say of a group. */
const form = 4;
const formWithoutLosses = 2;

/** What is remembered of a group. */
export interface RememberedGroup {
  /** By partition id. */
  commits: ReadonlyMap<string, CommitRing>;
  /** By partition id. */
  losses: ReadonlyMap<string, LossWatch>;
  /** Seconds between two renewals of its owners; null: none was observed. */
  renewalSeconds: number | null;
}

/** A group as bytes: how often its owners renew, what it lost, and its commits behind that. */
export function encodeGroup(
  commits: Iterable<readonly [partitionId: string, ring: CommitRing]>,
  renewalSeconds: number | null,
  losses: Iterable<readonly [partitionId: string, watch: LossWatch]> = [],
): Uint8Array {
  const out = new ByteWriter();
  out.byte(form);
  out.optional(renewalSeconds === null ? null : Math.round(renewalSeconds * 1000));
  writeLosses(out, losses);
  return Buffer.concat([out.bytes(), encodeCommits(commits)]);
}

/** @throws RangeError where the bytes were cut off */
export function decodeGroup(bytes: Uint8Array): RememberedGroup {
  const reader = new ByteReader(bytes);
  const found = reader.byte();
  if (found !== form && found !== formWithoutLosses) {
    return { commits: decodeCommits(bytes), losses: new Map(), renewalSeconds: null };
  }
  const milliseconds = reader.optional();
  const losses = found === form ? readLosses(reader) : new Map<string, LossWatch>();
  return {
    renewalSeconds: milliseconds === null ? null : milliseconds / 1000,
    losses,
    commits: decodeCommits(bytes.subarray(reader.position)),
  };
}
