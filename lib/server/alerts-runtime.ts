import type { Alerts, Delivery, Incident, Incidents, IncidentsQuery } from "#lib/api/alerts.ts";
import type { NewSilence, Silence, Silences } from "#lib/api/silences.ts";
import type { VisibleGroups } from "#lib/history/storage/visible.ts";
import type { Caller } from "./access/caller.ts";

/**
 * All throw AppError `historyUnavailable`; with an id also `notFound`, and `acknowledge` also `conflict`.
 * Incidents come newest first. `visible`: the places to include; default: all.
 */
export interface AlertsRuntime {
  incidents(query: IncidentsQuery, visible?: VisibleGroups): Promise<Incidents>;
  incident(id: number): Promise<Pick<Incident, "hub" | "group">>;
  acknowledge(id: number, note: string | null, caller: Caller): Promise<Incident>;
  silences(): Promise<Silences>;
  silence(silence: NewSilence, caller: Caller): Promise<Silence>;
  endSilence(id: number, caller: Caller): Promise<Silences>;
  alerts(): Promise<Alerts>;
  test(channelId: string): Promise<Pick<Delivery, "id">>;
}
