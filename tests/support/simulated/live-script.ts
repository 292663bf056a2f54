/** The script for a live reset in a simulated world. Times are milliseconds from its start. */
export interface Script {
  /** The processor's place at the start. Null when there is no checkpoint. */
  before: number | null;
  target: number;
  last: number;
  perSecond: number;
  handlerMs: number;
  batch: number;
  /** The number of batches in its local queue when it is thrown out. */
  queued: number;
  /** When it or another processor takes a released partition. Null when nobody does. */
  returnsAfterMs: number | null;
  isSameOwner: boolean;
  storageDown: { fromMs: number; forMs: number };
  /** The fault of the n-th request to the storage. The others succeed. */
  storageFaults: ReadonlyMap<number, "refused" | "answerLost" | "requestLost">;
  thrownOutAtMs: number | null;
  connectionLostAtMs: number | null;
  stolenAtMs: number | null;
  stoppedAtMs: number | null;
  higherLevel: number | null;
  othersHeldUntilMs: number;
}
