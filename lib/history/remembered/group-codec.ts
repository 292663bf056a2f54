import type { CommitRing } from "#lib/lag/commits.ts";
import type { LossWatch } from "#lib/lag/lost-events.ts";
import { ByteReader, ByteWriter } from "../samples/bytes.ts";
import { decodeCommits, encodeCommits } from "./commit-codec.ts";
import { readLosses, writeLosses } from "./loss-codec.ts";
import { decodePartitions, encodePartitions, type RememberedPartition } from "./partition-codec.ts";

/** 1, 3 and 5 hold only commits; alone, older versions wrote them. */
const form = 6;
const formWithoutPartitions = 4;
const formWithoutLosses = 2;

const hadBlobFlag = 1;
const wasReadFlag = 2;

export interface RememberedGroup {
  commits: ReadonlyMap<string, CommitRing>;
  losses: ReadonlyMap<string, LossWatch>;
  renewalSeconds: number | null;
  partitions: ReadonlyMap<string, RememberedPartition>;
  hadBlob: boolean;
  wasRead: boolean;
}

export type GroupToRemember = Pick<RememberedGroup, "renewalSeconds" | "hadBlob" | "wasRead"> & {
  commits: Iterable<readonly [partitionId: string, ring: CommitRing]>;
  losses: Iterable<readonly [partitionId: string, watch: LossWatch]>;
  partitions: Iterable<readonly [partitionId: string, RememberedPartition]>;
};

export function encodeGroup(group: GroupToRemember): Uint8Array {
  const { renewalSeconds, hadBlob, wasRead } = group;
  const out = new ByteWriter();
  out.byte(form);
  out.optional(renewalSeconds === null ? null : Math.round(renewalSeconds * 1000));
  writeLosses(out, group.losses);
  out.byte((hadBlob ? hadBlobFlag : 0) + (wasRead ? wasReadFlag : 0));
  return Buffer.concat([out.bytes(), encodePartitions(group.partitions), encodeCommits(group.commits)]);
}

export function decodeGroup(bytes: Uint8Array): RememberedGroup {
  const reader = new ByteReader(bytes);
  const found = reader.byte();
  const hasLosses = found === form || found === formWithoutPartitions;
  if (!hasLosses && found !== formWithoutLosses) {
    return withoutPartitions({ commits: decodeCommits(bytes), losses: new Map(), renewalSeconds: null });
  }
  const milliseconds = reader.optional();
  const renewalSeconds = milliseconds === null ? null : milliseconds / 1000;
  const losses = hasLosses ? readLosses(reader) : new Map<string, LossWatch>();
  const flags = found === form ? reader.byte() : null;
  const partitions = found === form ? decodePartitions(reader) : new Map<string, RememberedPartition>();
  const group = { renewalSeconds, losses, commits: decodeCommits(bytes.subarray(reader.position)) };
  return flags === null
    ? withoutPartitions(group)
    : {
        ...group,
        partitions,
        hadBlob: (flags & hadBlobFlag) !== 0,
        wasRead: (flags & wasReadFlag) !== 0,
      };
}

/** A group with commits had a blob and was read. */
function withoutPartitions(
  group: Pick<RememberedGroup, "commits" | "losses" | "renewalSeconds">,
): RememberedGroup {
  const wasRead = [...group.commits.values()].some(
    (ring) => ring.commits.length > 0 || ring.ownWrite !== null,
  );
  const hadBlob = wasRead || group.renewalSeconds !== null;
  return { ...group, partitions: new Map(), hadBlob, wasRead };
}
