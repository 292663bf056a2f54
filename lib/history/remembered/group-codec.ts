import type { CommitRing } from "#lib/lag/commits.ts";
import { ByteReader, ByteWriter } from "../samples/bytes.ts";
import { decodeCommits, encodeCommits } from "./commit-codec.ts";

/** Before it there were the commits alone, whose form is another. */
const form = 2;

/** What is remembered of a group. */
export interface RememberedGroup {
  /** By partition id. */
  commits: ReadonlyMap<string, CommitRing>;
  /** Seconds between two renewals of its owners; null: none was observed. */
  renewalSeconds: number | null;
}

/** A group as bytes: how often its owners renew, and its commits behind that. */
export function encodeGroup(
  commits: Iterable<readonly [partitionId: string, ring: CommitRing]>,
  renewalSeconds: number | null,
): Uint8Array {
  const out = new ByteWriter();
  out.byte(form);
  out.optional(renewalSeconds === null ? null : Math.round(renewalSeconds * 1000));
  return Buffer.concat([out.bytes(), encodeCommits(commits)]);
}

/** @throws RangeError where the bytes were cut off */
export function decodeGroup(bytes: Uint8Array): RememberedGroup {
  const reader = new ByteReader(bytes);
  if (reader.byte() !== form) return { commits: decodeCommits(bytes), renewalSeconds: null };
  const milliseconds = reader.optional();
  return {
    renewalSeconds: milliseconds === null ? null : milliseconds / 1000,
    commits: decodeCommits(bytes.subarray(reader.position)),
  };
}
