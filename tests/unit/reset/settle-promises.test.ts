import { type ContainerClient, RestError } from "@azure/storage-blob";
import fc from "fast-check";
import { expect, it } from "vitest";
import { reason } from "#lib/api/reasons/reason.ts";
import type { GroupListing } from "#lib/checkpoint-store/listing/group-listing.ts";
import type { NotedWrite } from "#lib/reset/apply/blob-decides.ts";
import { isInDoubt, settleWrites } from "#lib/reset/apply/settle-writes.ts";
import { writeEntry } from "#lib/reset/apply/write-entry.ts";
import { plannedWrite } from "#tests/support/fixtures/plan-record.ts";
import { noon } from "#tests/support/fixtures/sources.ts";

/** The fate of one try. `late`: its answer is lost, and it arrives before the next look; `last`: after all of them. */
const fates = ["answered", "refused", "cutBefore", "cutAfter", "late", "last"] as const;
type Fate = (typeof fates)[number];
const plannedEtag = "planned";

class Store {
  etag = plannedEtag;
  metadata: Record<string, string> = { sequencenumber: "50", offset: "3200" };
  ours = 0;
  tries = 0;
  triesAfterChange = 0;
  #changeWasSeen = false;
  unanswered = 0;
  #late: (() => void)[] = [];
  #last: (() => void)[] = [];
  #etags = 0;
  readonly #fates: Fate[];
  readonly #rest: Fate;

  /** @param rest the fate of all further tries */
  constructor(fates: readonly Fate[], rest: Fate) {
    this.#fates = [...fates];
    this.#rest = rest;
  }

  readonly container = {
    getBlockBlobClient: () => ({
      setMetadata: (metadata: Record<string, string>, options: { conditions: { ifMatch: string } }) =>
        this.#try(metadata, options.conditions.ifMatch),
    }),
  } as unknown as ContainerClient;

  write(metadata: Record<string, string>): void {
    this.#etags += 1;
    this.etag = String(this.#etags);
    this.metadata = metadata;
  }

  arriveLate(): void {
    for (const arrive of this.#late.splice(0)) arrive();
  }

  arriveAtLast(): void {
    for (const arrive of this.#last.splice(0)) arrive();
  }

  look(name: string): GroupListing {
    this.arriveLate();
    this.#changeWasSeen ||= this.etag !== plannedEtag;
    const metadata = new Map(Object.entries(this.metadata));
    const blob = { name, etag: this.etag, updatedAt: noon, size: 0, leased: false, metadata };
    return { readAt: noon, blobs: new Map([[name, blob]]) };
  }

  async #try(metadata: Record<string, string>, ifMatch: string) {
    this.tries += 1;
    if (this.#changeWasSeen) this.triesAfterChange += 1;
    expect(ifMatch).toBe(plannedEtag);
    const arrive = () => {
      if (this.etag !== ifMatch) return false;
      this.ours += 1;
      this.write(metadata);
      return true;
    };
    const fate = this.#fates.shift() ?? this.#rest;
    if (fate === "refused") throw new RestError("Busy.", { statusCode: 429, code: "ServerBusy" });
    if (fate !== "answered") this.unanswered += 1;
    if (fate === "late") this.#late.push(arrive);
    if (fate === "last") this.#last.push(arrive);
    if (fate === "late" || fate === "last" || fate === "cutBefore")
      throw new RestError("Reset.", { code: "ECONNRESET" });
    const isWritten = arrive();
    if (fate === "cutAfter") throw new RestError("Reset.", { code: "ECONNRESET" });
    if (!isWritten) throw new RestError("Changed.", { statusCode: 412, code: "ConditionNotMet" });
    return { etag: this.etag, lastModified: new Date(noon) };
  }
}

it("writes once at most, never over a change, and says what became of it, whatever fails and whoever writes", async () => {
  const results = new Map<string, number>();
  const fate = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom("cutBefore" as const, "refused" as const) },
    fc.constantFrom(...fates),
  );
  // How many looks and tries go by before the processor stores its checkpoint.
  const foreignAt = fc.option(fc.integer({ min: 0, max: 8 }), { freq: 2 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fate, { maxLength: 6 }),
      foreignAt,
      fc.boolean(),
      fc.constantFrom(undefined, "release" as const),
      fc.constantFrom("cutBefore" as const, "refused" as const),
      async (script, at, judges, act, rest) => {
        const position = { sequenceNumber: 9, offset: "576", etag: plannedEtag };
        const write = plannedWrite("0", { ...position, ...(act && { act }) });
        const noted: NotedWrite = { resetId: "reset", write, before: null };
        const store = new Store(script, rest);
        let steps = 0;
        const step = () => {
          if (steps === at) store.write({ sequencenumber: "70", offset: "4480" });
          steps += 1;
        };
        step();
        const answer = await writeEntry(store.container, noted);
        if (answer.answer === "written") return;
        const [outcome] = await settleWrites([{ noted, answer, wasLost: isInDoubt(answer) }], {
          container: store.container,
          writer: store.container,
          list: async () => {
            step();
            return store.look(write.blobName);
          },
          confirm: async () => {},
          patience: { tries: 5, forMs: 60_000, pauseMs: () => 0 },
          stop: new AbortController().signal,
          whyNot: async () => {
            step();
            store.arriveLate();
            return judges && store.etag !== plannedEtag ? reason("checkpointDeleted") : null;
          },
        });
        if (outcome === undefined) throw new Error("The write has no result.");
        const label = `${act ?? "write"}: ${outcome.result}`;
        results.set(label, (results.get(label) ?? 0) + 1);
        expect(store.ours).toBeLessThanOrEqual(1);
        expect(store.tries).toBeLessThanOrEqual(5);
        expect(store.triesAfterChange).toBe(0);
        if (outcome.result === "written") expect(store.ours).toBe(1);
        if (outcome.result === "conflict" || outcome.result === "failed") expect(store.ours).toBe(0);
        const isForeign = store.metadata.sequencenumber === "70";
        if (outcome.result === "unknown" && act === undefined) expect(isForeign).toBe(true);
        if (outcome.result === "unknown") expect(isForeign || store.unanswered > 0).toBe(true);
        store.arriveAtLast();
        // What is signed is looked for after the end.
        if (outcome.result === "failed" && act !== undefined) expect(store.ours).toBe(0);
      },
    ),
    { numRuns: 500 },
  );
  for (const act of ["write", "release"])
    for (const result of ["written", "conflict", "failed", "unknown"])
      expect(results.get(`${act}: ${result}`) ?? 0, `${act}: ${result}`).toBeGreaterThan(0);
});
