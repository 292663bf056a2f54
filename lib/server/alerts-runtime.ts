import type { Alerts, Delivery, Incidents, IncidentsQuery } from "#lib/api/alerts.ts";

/** What routes and pages ask of the alerts. */
export interface AlertsRuntime {
  /** Newest first. @throws AppError `historyUnavailable` */
  incidents(query: IncidentsQuery): Promise<Incidents>;
  /** @throws AppError `historyUnavailable` */
  alerts(): Promise<Alerts>;
  /** Queues a test. @throws AppError `notFound`, `historyUnavailable` */
  test(channelId: string): Promise<Pick<Delivery, "id">>;
}
