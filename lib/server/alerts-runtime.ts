import type { Alerts, Delivery, Incident, Incidents, IncidentsQuery } from "#lib/api/alerts.ts";
import type { NewSilence, Silence, Silences } from "#lib/api/silences.ts";
import type { VisibleGroups } from "#lib/history/storage/visible.ts";
import type { Caller } from "./access/caller.ts";

export interface AlertsRuntime {
  /**
   * Newest first.
   * @param visible the places to include; default: all.
   * @throws AppError `historyUnavailable`
   */
  incidents(query: IncidentsQuery, visible?: VisibleGroups): Promise<Incidents>;
  /** @throws AppError `notFound`, `historyUnavailable` */
  incident(id: number): Promise<Pick<Incident, "hub" | "group">>;
  /**
   * Acknowledges as the caller.
   * @throws AppError `notFound`, `conflict`, `historyUnavailable`
   */
  acknowledge(id: number, note: string | null, caller: Caller): Promise<Incident>;
  /** @throws AppError `historyUnavailable` */
  silences(): Promise<Silences>;
  /** @throws AppError `historyUnavailable` */
  silence(silence: NewSilence, caller: Caller): Promise<Silence>;
  /**
   * Returns the remaining silences.
   * @throws AppError `notFound`, `historyUnavailable`
   */
  endSilence(id: number, caller: Caller): Promise<Silences>;
  /** @throws AppError `historyUnavailable` */
  alerts(): Promise<Alerts>;
  /** Queues a test. @throws AppError `notFound`, `historyUnavailable` */
  test(channelId: string): Promise<Pick<Delivery, "id">>;
}
