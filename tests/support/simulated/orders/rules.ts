import { expect } from "vitest";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import type { EntryRecord, ResetRecord } from "#lib/history/resets/reset-record.ts";
import { restedMs } from "#lib/ownership/cleanup-candidates.ts";
import { ownersOf } from "#lib/reset/cleanup/own-tree.ts";
import type { Containers, Made } from "./clients.ts";
import type { Planned } from "./scenes.ts";
import type { ModelBlob } from "./store.ts";
import { guardSeconds, type OrderedWorld, type Side } from "./world.ts";

/** A look at the blobs, at the hub and at the list of groups is at most this old when a change is made. */
const mostLookMs = 5_000;
const mostHubMs = 30_000;

type Blobs = ReadonlyMap<string, ModelBlob>;

const nothing: Blobs = new Map();

/** Owners that haven't expired by then, also those without a name. */
function activeIn(blobs: Blobs, { group }: Side, at: number): Map<string, ModelBlob> {
  return new Map(
    [...blobs].filter(([name, { metadata, updatedAt }]) => {
      const [, kind, folder] = name.split("/").reverse();
      const isOwned = Object.entries(metadata).find(([key]) => key.toLowerCase() === "ownerid")?.[1] !== "";
      const isIn = folder?.toLowerCase() === group && kind === "ownership";
      return isIn && isOwned && at - updatedAt < guardSeconds * 1_000;
    }),
  );
}

/** What stands in the way of one write, among the owners that are given. */
function inItsWay(write: PlannedWrite, isWhole: boolean, owners: Blobs): string[] {
  const { blobName, format, cleans, partitionId } = write;
  const names = [...owners.keys()];
  if (cleans === undefined)
    return names.filter((name) => isWhole || name.endsWith(`/ownership/${partitionId}`));
  if (cleans.why === "goneGroup" && write.act === "remove") return names;
  const stored = [...owners].map(([name, { metadata, etag, updatedAt: lastRenewedAt }]) => {
    const id = name.split("/").at(-1) ?? "";
    return { partitionId: id, blobName: name, etag, lastRenewedAt, ownerId: metadata.ownerid ?? null };
  });
  const byPartition = Map.groupBy(stored, (one) => one.partitionId);
  return ownersOf({ blobName, format, ...cleans }, byPartition).map((one) => one.blobName);
}

/** A partition's checkpoints in every spelling and layout, with their etags. */
function checkpointsOf(blobs: Blobs, { group }: Side, partitionId: string): Record<string, string> {
  const isOne = (name: string) =>
    [`/${group}/checkpoint/${partitionId}`, `/${group}/${partitionId}`].some((end) =>
      name.toLowerCase().endsWith(end),
    );
  return Object.fromEntries(
    [...blobs].filter(([name]) => isOne(name)).map(([name, { etag }]) => [name, etag]),
  );
}

const lowerCased = (metadata: Record<string, string>) =>
  Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key.toLowerCase(), value]));

/** All that an undo has to bring back. */
function wholeOf(blob: ModelBlob | null | undefined) {
  if (blob == null) return null;
  const { metadata, body, headers, tags, tier } = blob;
  return { metadata, body: body.toString(), headers, tags, tier };
}

/** What has to hold of all that a dashboard changes, whatever happens between its requests. */
export class OrderedRules {
  readonly counts = new Map<string, number>();
  readonly world: OrderedWorld;
  /** By reset: what it replaced, by blob. */
  readonly #replaced = new Map<string, Map<string, ModelBlob | null>>();
  readonly #ours = new Set<string>();

  constructor(world: OrderedWorld) {
    this.world = world;
  }

  forget(): void {
    this.#replaced.clear();
    this.#ours.clear();
  }

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  /** @param standing what stood there when the plan was made */
  check(
    label: string,
    planned: Planned,
    standing: Containers,
    reset: ResetRecord,
    made: readonly Made[],
  ): void {
    for (const one of made) {
      const write = planned.record.writes.find(({ blobName }) => blobName === one.write.blobName);
      if (write === undefined) throw new Error(`Nobody planned to write ${one.write.blobName}.`);
      const why =
        write.cleans?.why === undefined || label.endsWith(write.cleans.why) ? "" : ` ${write.cleans.why}`;
      this.count(`${label}: ${write.act ?? "write"}${why}`);
      this.#isConditional(write, one);
      this.#isRecorded(write, one);
      // One that was given up and arrives later has nothing but its condition.
      if (!one.write.isLate) this.#isUndisturbed(planned, write, one, standing);
      // What somebody has touched since is neither removed, nor replaced by what a clean-up took away.
      const { before } = one.write;
      const isOverOurs = write.act === "remove" || (write.cleans !== undefined && before !== null);
      if (planned.record.plan.target.kind === "undo" && isOverOurs)
        expect(this.#ours.has(before?.etag ?? ""), `the undo changes its own ${write.blobName}`).toBe(true);
    }
    for (const { write } of made) if (write.after !== null) this.#ours.add(write.after.etag);
    this.#takesIdentical(planned, reset, made);
    this.#isHonest(planned, reset, made);
    if (planned.record.plan.target.kind === "undo") this.#bringsBack(planned, reset, made);
    this.#replaced.set(reset.id, new Map(made.map(({ write }) => [write.blobName, write.before])));
  }

  /** Where an answer was lost, nobody can tell our content from the same of somebody else. */
  #takesIdentical({ target }: Planned, reset: ResetRecord, made: readonly Made[]): void {
    for (const { result, write, after } of reset.entries) {
      if (result !== "written" || write?.act !== "restore" || after === null) continue;
      if (made.some((one) => one.write.blobName === write.blobName)) continue;
      const blob = this.world.store.blobs(target.store).get(write.blobName);
      if (blob?.etag !== after.etag) continue;
      expect(lowerCased(blob.metadata)).toEqual(lowerCased(write.metadata ?? {}));
      this.#ours.add(after.etag);
    }
  }

  /** Each change has a condition, and replaces only what its plan showed. */
  #isConditional(planned: PlannedWrite, { write }: Made): void {
    const { etag } = planned;
    const asked = [write.ifMatch?.replaceAll('"', "") ?? null, write.ifNoneMatch];
    expect(asked, `the condition on ${write.blobName}`).toEqual(etag === null ? [null, "*"] : [etag, null]);
    expect(write.before?.etag ?? null).toBe(etag);
  }

  /** Before each change its record says that it may happen, and what it replaces. */
  #isRecorded({ cleans, source, act, undoesMove }: PlannedWrite, { entry, write }: Made): void {
    // A late one may arrive when its result is settled.
    if (!write.isLate) expect(entry?.result).toBe("writing");
    const before = entry?.before ?? null;
    expect(before === null, `the record of ${write.blobName}`).toBe(write.before === null);
    if (before === null || write.before === null) return;
    expect(before.etag).toBe(write.before.etag);
    const { metadata, body, headers, tags, tier } = wholeOf(write.before) ?? {};
    if (before.body !== null) return void expect(before.body).toBe(body);
    expect(lowerCased(before.metadata)).toEqual(lowerCased(metadata ?? {}));
    if (cleans === undefined && source === undefined && act === undefined && !undoesMove) return;
    expect(before.metadata).toEqual(metadata);
    expect(Buffer.from(before.base64 ?? "-", "base64").toString()).toBe(body);
    expect(before.headers).toEqual({ blobContentType: headers?.["content-type"] });
    expect(before.tier ?? null).toBe(tier);
    if (cleans !== undefined && act === "remove")
      expect(before.tags).toEqual(Object.fromEntries(new URLSearchParams(tags)));
  }

  /** By the last look, which is young: nobody is at work on what is changed, and its reason holds. */
  #isUndisturbed({ target, source }: Planned, write: PlannedWrite, made: Made, standing: Containers): void {
    const { now, seen, seenAt, hub, known } = made;
    const isWhole = write.source !== undefined || write.undoesMove === true;
    for (const side of source === null ? [target] : [target, source]) {
      const at = seenAt.get(side.store) ?? 0;
      const blobs = seen.get(side.store) ?? nothing;
      expect(now - at, `the age of the look at ${side.store}`).toBeLessThanOrEqual(mostLookMs);
      expect(inItsWay(write, isWhole, activeIn(blobs, side, at)), `owners at ${side.store}`).toEqual([]);
      if (write.cleans !== undefined) continue;
      const planned = checkpointsOf(standing.get(side.store) ?? nothing, side, write.partitionId);
      expect(checkpointsOf(blobs, side, write.partitionId), "checkpoints since the plan").toEqual(planned);
    }
    expect(now - (hub?.at ?? 0), "the age of the look at the hub").toBeLessThanOrEqual(mostHubMs);
    const { cleans } = write;
    if (cleans === undefined || write.act === "restore") return;
    const isThere = hub?.value.includes(cleans.partitionId) ?? true;
    if (cleans.why === "gonePartition" || cleans.why === "placeholder") expect(isThere).toBe(false);
    else if (cleans.why !== "goneGroup") expect(isThere).toBe(true);
    const blobs = seen.get(target.store) ?? nothing;
    if (cleans.needs !== undefined) expect([...blobs.keys()]).toContain(cleans.needs);
    if (cleans.why !== "goneGroup") return;
    expect(known?.value ?? ["billing"]).not.toContain("billing");
    expect(now - (known?.at ?? 0)).toBeLessThanOrEqual(mostHubMs);
    for (const [name, { updatedAt }] of blobs)
      if (name.toLowerCase().includes("/billing/"))
        expect(now - updatedAt).toBeGreaterThanOrEqual(restedMs - mostLookMs);
  }

  /** The record's results are what happened, and a claim at the moment of a write is told. */
  #isHonest({ record, target }: Planned, reset: ResetRecord, made: readonly Made[]): void {
    for (const entry of reset.entries) {
      const { result, write, reason } = entry;
      if (write === null) continue;
      expect(["pending", "writing"]).not.toContain(result);
      const ours = made.filter((one) => one.write.blobName === write.blobName);
      expect(ours.length, `changes of ${write.blobName}`).toBeLessThanOrEqual(1);
      if (result === "conflict" || result === "skipped") expect(ours, JSON.stringify(reason)).toEqual([]);
      if (result === "written" && write.act === undefined) expect(ours).toHaveLength(1);
      this.count(result);
      const [one] = ours;
      // Where the dashboard was killed, nobody knows when it deleted a blob.
      const isTimed = reset.state === "done" || write.act !== "remove";
      if (one !== undefined && !one.write.isLate && result === "written" && isTimed)
        this.#isToldOf(target, entry, one);
    }
    expect(reset.entries.map(({ partitionId }) => partitionId)).toEqual(
      record.plan.entries.map(({ partitionId }) => partitionId),
    );
  }

  #isToldOf(target: Side, { write, reason }: EntryRecord, made: Made): void {
    const {
      now,
      standing,
      prefixes,
      write: { before },
    } = made;
    if (write === null || write.act === "release") return;
    const blobs = standing.get(target.store) ?? nothing;
    const partitionId = write.cleans?.partitionId ?? write.partitionId;
    const stillThere = this.world.store.blobs(target.store);
    const claimed = inItsWay(write, false, activeIn(blobs, target, now)).filter((name) => {
      const blob = blobs.get(name);
      const isSame = stillThere.get(name)?.etag === blob?.etag && name !== write.blobName;
      const isLive = this.world.store.now - (blob?.updatedAt ?? 0) < guardSeconds * 1_000;
      const isListed = [...prefixes].some((prefix) => name.startsWith(prefix));
      return (
        isListed &&
        isSame &&
        isLive &&
        blob?.metadata.ownerid !== undefined &&
        name.endsWith(`/${partitionId}`)
      );
    });
    if (claimed.length > 0) {
      this.count("claimed at the moment of a change");
      expect(reason?.code, `${write.act ?? "write"} of ${write.blobName}`).toMatch(/^(claimed|written)At/);
    }
    if (write.act !== "remove" || before === null) return;
    const again = blobs.get(write.blobName) === before ? stillThere.get(write.blobName) : undefined;
    if (again !== undefined && reason?.code === "writtenAtDeletion")
      this.count("written again at a deletion");
  }

  /** What an undo writes is what its reset replaced, byte for byte, or its plan says why not. */
  #bringsBack({ record, target }: Planned, reset: ResetRecord, made: readonly Made[]): void {
    const { plan, writes } = record;
    const former = plan.target.kind === "undo" ? this.#replaced.get(plan.target.resetId) : undefined;
    for (const entry of plan.entries) {
      const write = writes.find(({ partitionId }) => partitionId === entry.partitionId);
      if (write === undefined)
        expect(entry.blockedBy, `why ${entry.partitionId} is left alone`).not.toBeNull();
      const { result } = reset.entries.find(({ partitionId }) => partitionId === entry.partitionId) ?? {};
      const one = made.find(({ write: { blobName } }) => blobName === write?.blobName)?.write;
      const before = former?.get(write?.blobName ?? "");
      if (write === undefined || result !== "written" || one === undefined || before === undefined) continue;
      const isExact = before === null || write.act !== undefined;
      if (write.undoesMove && !isExact)
        expect(entry.warnings.map(({ code }) => code)).toContain("positionRestoredAlone");
      const after = wholeOf(one.after);
      if (!isExact) {
        expect(after?.metadata.sequencenumber).toBe(lowerCased(before.metadata).sequencenumber);
        continue;
      }
      this.count(before === null ? "removed again" : "brought back");
      // A move's record has no tags, and what keeps a blob in place leaves its tier alone.
      const isClean = write.cleans !== undefined;
      const wanted =
        isClean || before === null ? wholeOf(before) : { ...wholeOf(before), tags: "", tier: null };
      const brought = isClean || before === null ? after : { ...after, tags: "", tier: null };
      expect(brought, `${target.store} ${write.blobName}`).toEqual(wanted);
    }
  }

  /** Nothing happened but the operation and its undo. */
  isAsBefore(before: Containers): void {
    const contents = (all: Containers) =>
      Object.fromEntries(
        [...all].flatMap(([store, blobs]) =>
          [...blobs].map(([name, blob]) => [`${store} ${name}`, wholeOf(blob)] as const),
        ),
      );
    this.count("as before");
    expect(contents(this.world.standing())).toEqual(contents(before));
  }
}
