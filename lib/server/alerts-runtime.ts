import type { Alerts, Delivery, Incidents, IncidentsQuery } from "#lib/api/alerts.ts";
import type { VisiblePlaces } from "#lib/history/storage/visible.ts";

/** What routes and pages ask of the alerts. */
export interface AlertsRuntime {
  /** Newest first. @param visible the places to tell of; default: all. @throws AppError `historyUnavailable` */
  incidents(query: IncidentsQuery, visible?: VisiblePlaces): Promise<Incidents>;
  /** @throws AppError `historyUnavailable` */
  alerts(): Promise<Alerts>;
  /** Queues a test. @throws AppError `notFound`, `historyUnavailable` */
  test(channelId: string): Promise<Pick<Delivery, "id">>;
}
