/**
 * The script for a live reset in a simulated world. Times are milliseconds from its start. Without a
 * checkpoint `before` is null, and when nobody takes a released partition `returnsAfterMs` is. `queued`
 * counts the batches in the reader's local queue when it is thrown out. `storageFaults` are by the number of
 * the request.
 */
export interface Script {
  before: number | null;
  target: number;
  last: number;
  perSecond: number;
  handlerMs: number;
  batch: number;
  queued: number;
  returnsAfterMs: number | null;
  isSameOwner: boolean;
  storageDown: { fromMs: number; forMs: number };
  storageFaults: ReadonlyMap<number, "refused" | "answerLost" | "requestLost">;
  thrownOutAtMs: number | null;
  connectionLostAtMs: number | null;
  stolenAtMs: number | null;
  stoppedAtMs: number | null;
  higherLevel: number | null;
  othersHeldUntilMs: number;
}
