/** What a simulated world does to a live reset; times in milliseconds from its start. */
export interface Script {
  /** The processor's place at the start. Null: no checkpoint. */
  before: number | null;
  target: number;
  last: number;
  /** Events that are added while it runs. */
  perSecond: number;
  /** How long its handler takes for a batch, and how many events that has. */
  handlerMs: number;
  batch: number;
  /** Batches that wait in its local queue when it is thrown out. */
  queued: number;
  /** When it or another takes a partition that was given back; null: nobody does. */
  returnsAfterMs: number | null;
  isSameOwner: boolean;
  /** The storage answers nothing from … for so long. */
  storageDown: { fromMs: number; forMs: number };
  /** What the n-th request to the storage meets, whatever it is; the others go well. */
  storageFaults: ReadonlyMap<number, "refused" | "answerLost" | "requestLost">;
  /** Another reader throws the fence out, at a level above it. */
  thrownOutAtMs: number | null;
  connectionLostAtMs: number | null;
  /** Another processor takes the ownership, whoever holds it. */
  stolenAtMs: number | null;
  stoppedAtMs: number | null;
  higherLevel: number | null;
  /** Other partitions are held until then. */
  othersHeldUntilMs: number;
}
