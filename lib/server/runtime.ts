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
import type { EventFile, EventsPage, ReadEvent } from "#lib/api/read-event.ts";
import type { Scaling, ScalingQuery } from "#lib/api/scaling.ts";
import type { StreamQuery } from "#lib/api/stream.ts";
import type { AskedGroup } from "#lib/core/addresses.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { VisibleGroups } from "#lib/history/storage/visible.ts";
import type { WantedEvent, WantedEvents } from "#lib/server/hubs/inspect-event.ts";
import type { GroupMovesRuntime } from "#lib/server/moves/group-moves-runtime.ts";
import type { ResetsRuntime } from "#lib/server/resets/resets-runtime.ts";
import type { AdmittedCaller, Caller } from "./access/caller.ts";
import { currentRequest } from "./access/request-context.ts";
import type { AlertsRuntime } from "./alerts-runtime.ts";
import type { StreamNews } from "./stream.ts";

/**
 * The running dashboard for pages and routes. Only the resets and the reading of events call Azure; all else
 * comes from the last snapshot or the history.
 *
 * A method that names a hub or a group throws AppError `notFound`. `history` and `owners` add
 * `invalidRequest`; `owners`, `activity` and `dismissGroup` add `historyUnavailable`; `dismissGroup` adds
 * `conflict`; `scaling` adds `notReadYet`, `figuresTooOld` and `lagUnknown`; reading events adds `conflict`,
 * `tooManyRequests` and `azure…`. `visible`: the places to include; default: all.
 */
export interface Runtime {
  readonly refreshSeconds: number;
  readonly isReadOnly: boolean;
  /** Tools for assistants, and the public address that they link to (null: not told). */
  readonly tools: { readonly areOn: boolean; readonly publicUrl: string | null };
  readonly resets: ResetsRuntime;
  readonly groupMoves: GroupMovesRuntime;
  readonly alerts: AlertsRuntime;
  /** The version of the snapshots, or of one hub's. Answers made from them stay the same while it does. */
  snapshotVersion(hubId?: string): string;
  overview(): Overview;
  eventHubs(): EventHubs;
  eventHub(hubId: string): EventHubDetail;
  consumerGroup(hubId: string, groupName: string, store?: string): ConsumerGroupDetail;
  dismissGroup(address: AskedGroup, caller: Caller): Promise<DismissedGroup>;
  trend(hubId: string, groupName: string, store?: string): Trend;
  scaling(hubId: string, groupName: string, query: ScalingQuery): Scaling;
  diagnosis(hubId: string): Diagnosis;
  readEvent(address: AskedGroup, wanted: WantedEvent, abortSignal: AbortSignal): Promise<ReadEvent>;
  readEvents(
    address: AskedGroup,
    wanted: Omit<WantedEvents, "begin">,
    abortSignal: AbortSignal,
  ): Promise<EventsPage>;
  readEventFile(address: AskedGroup, wanted: WantedEvent, abortSignal: AbortSignal): Promise<EventFile>;
  history(hubId: string, groupName: string, query: HistoryQuery): Promise<History>;
  owners(hubId: string, groupName: string, query: OwnersQuery): Promise<Owners>;
  activity(query: ActivityQuery, visible?: VisibleGroups): Promise<Activity>;
  /** Only admins of everything see its faults. */
  configuration(): Configuration;
  metrics(): Promise<Uint8Array<ArrayBuffer>>;
  /** Ready when every hub was read once or failed with a named error. */
  readiness(): { ready: boolean; waiting: number; waitingFor: string[] };
  /** Calls back after each refresh of a queried hub and each step of its resets. */
  subscribe(query: StreamQuery, listener: (news: StreamNews) => void): () => void;
}

// In Next's production server instrumentation, routes and pages each have an instance of this module;
// globalThis is shared, so the start script puts the wiring there.
const key = Symbol.for("tidemark");
type RuntimeFor = (caller: AdmittedCaller | null) => Runtime;
const world = globalThis as { [key]?: { runtimeFor: RuntimeFor; buildId: string } };

export function setRuntime(runtimeFor: RuntimeFor, buildId: string): void {
  world[key] = { runtimeFor, buildId };
}

export function buildId(): string {
  return wiring().buildId;
}

/**
 * The dashboard as the caller may see it; routes and pages have no other access.
 * @throws AppError `internal` outside of a request or of the dashboard's own server
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
