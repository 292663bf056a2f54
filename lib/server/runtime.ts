import type { Configuration } from "#lib/api/configuration.ts";
import type { ConsumerGroupDetail, DismissedGroup } from "#lib/api/consumer-group.ts";
import type { Diagnosis } from "#lib/api/diagnosis.ts";
import type { EventHubDetail, EventHubs } from "#lib/api/event-hub.ts";
import type {
  Activity,
  ActivityQuery,
  History,
  HistoryQuery,
  Owners,
  OwnersQuery,
} from "#lib/api/history.ts";
import type { Overview, Trend } from "#lib/api/overview.ts";
import type { ReadEvent } from "#lib/api/read-event.ts";
import type { Scaling, ScalingQuery } from "#lib/api/scaling.ts";
import type { StreamQuery } from "#lib/api/stream.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { VisiblePlaces } from "#lib/history/storage/visible.ts";
import type { WantedEvent } from "#lib/server/hubs/inspect-event.ts";
import type { GroupAddress, ResetsRuntime } from "#lib/server/resets/resets-runtime.ts";
import type { AdmittedCaller, Caller } from "./access/caller.ts";
import { currentRequest } from "./access/request-context.ts";
import type { AlertsRuntime } from "./alerts-runtime.ts";
import type { StreamNews } from "./stream.ts";

/**
 * What pages and routes ask of the running dashboard. Nothing here but the resets and the reading of one event
 * reaches Azure: all else is the last snapshot, or the history.
 */
export interface Runtime {
  readonly refreshSeconds: number;
  /** Nothing may be changed, nor a change be prepared, whoever asks. */
  readonly isReadOnly: boolean;
  /** Whether tools for assistants are served, and where people reach the pages that they link to (null: not told). */
  readonly tools: { readonly areOn: boolean; readonly publicUrl: string | null };
  readonly resets: ResetsRuntime;
  readonly alerts: AlertsRuntime;
  overview(): Overview;
  eventHubs(): EventHubs;
  /** @throws AppError `notFound` */
  eventHub(hubId: string): EventHubDetail;
  /** The group's name matches without case; without `store` the first store that holds it. @throws AppError `notFound` */
  consumerGroup(hubId: string, groupName: string, store?: string): ConsumerGroupDetail;
  /** Shows a group all of whose blobs are deleted to nobody any more. @throws AppError `notFound`, `conflict`, `historyUnavailable` */
  dismissGroup(address: GroupAddress, caller: Caller): Promise<DismissedGroup>;
  /** @throws AppError `notFound` */
  trend(hubId: string, groupName: string, store?: string): Trend;
  /** What an autoscaler may go by. @throws AppError `notFound`, `notReadYet`, `figuresTooOld`, `lagUnknown` */
  scaling(hubId: string, groupName: string, query: ScalingQuery): Scaling;
  /** What is off with a hub and its stores, and what to do. @throws AppError `notFound` */
  diagnosis(hubId: string): Diagnosis;
  /** One event, read just now and kept nowhere. @throws AppError `notFound`, `conflict`, `tooManyRequests`, `azure…` */
  readEvent(address: GroupAddress, wanted: WantedEvent, abortSignal: AbortSignal): Promise<ReadEvent>;
  /** A group over time, or one of its partitions. @throws AppError `notFound`, `invalidRequest` */
  history(hubId: string, groupName: string, query: HistoryQuery): Promise<History>;
  /** @throws AppError `notFound`, `invalidRequest`, `historyUnavailable` */
  owners(hubId: string, groupName: string, query: OwnersQuery): Promise<Owners>;
  /** @param visible the places whose entries may be told; default: all. @throws AppError `historyUnavailable` */
  activity(query: ActivityQuery, visible?: VisiblePlaces): Promise<Activity>;
  /** How the configuration stands; what its faults are is for admins of everything alone. */
  configuration(): Configuration;
  /** All metrics as the last finished refreshes left them, in Prometheus' text format, UTF-8. */
  metrics(): Promise<Uint8Array<ArrayBuffer>>;
  /** Every hub was read at least once, or has failed with a named error. */
  readiness(): { ready: boolean; waiting: number; waitingFor: string[] };
  /** Calls back after each refresh of a hub that the query asks for, and at each step of a reset on it; answers the function that ends it. */
  subscribe(query: StreamQuery, listener: (news: StreamNews) => void): () => void;
}

// Next's production server gives instrumentation, routes and pages different instances of one module;
// globalThis is the same everywhere, so the start script leaves the wiring there.
const key = Symbol.for("tidemark");
type RuntimeFor = (caller: AdmittedCaller | null) => Runtime;
const world = globalThis as { [key]?: { runtimeFor: RuntimeFor; buildId: string } };

/**
 * @param runtimeFor what a caller may see and do of the running dashboard; null: nobody has signed in
 * @param buildId of the pages that are served
 */
export function setRuntime(runtimeFor: RuntimeFor, buildId: string): void {
  world[key] = { runtimeFor, buildId };
}

/** Which build of the pages is served; each build has another one. @throws AppError `internal` like `runtime` */
export function buildId(): string {
  return wiring().buildId;
}

/**
 * The dashboard as whoever asks may see it: there is no way to another one from routes and pages.
 * @throws AppError `internal` outside of a request, or where a page is rendered outside the dashboard's own server
 */
export function runtime(): Runtime {
  return wiring().runtimeFor(currentRequest().caller);
}

function wiring() {
  const wired = world[key];
  if (wired === undefined) {
    throw new AppError(
      "internal",
      "The dashboard's own server is not running: start it with `npm start`, not with `next start`.",
    );
  }
  return wired;
}
