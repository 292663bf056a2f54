import { Alerts } from "#lib/alerts/alerts.ts";
import { hears, hostOf } from "#lib/alerts/channels/channel.ts";
import { countOpen } from "#lib/alerts/count-open.ts";
import { DeliveryQueue } from "#lib/alerts/delivery-queue.ts";
import { messageText } from "#lib/alerts/message.ts";
import { SilenceBook, silencedUntil } from "#lib/alerts/silences.ts";
import type { Delivery, Incident } from "#lib/api/alerts.ts";
import { toWire } from "#lib/api/reasons/reason.ts";
import { fromStoredText } from "#lib/api/reasons/stored.ts";
import { AppError } from "#lib/core/app-error.ts";
import { toIso } from "#lib/core/time.ts";
import type { History } from "#lib/history/history.ts";
import type { DeliveryRow } from "#lib/history/incidents/delivery-records.ts";
import type { IncidentRow } from "#lib/history/incidents/incident-records.ts";
import type { SilenceRow } from "#lib/history/incidents/silence-records.ts";
import type { Sampler } from "#lib/history/writing/recorder.ts";
import type { Monitor } from "#lib/monitor/monitor.ts";
import type { AlertsRuntime } from "./alerts-runtime.ts";
import type { AlertsConfig } from "./config/alerts-config.ts";
import { log } from "./http/log.ts";
import { QuietAlerts } from "./quiet-alerts.ts";
import { fingerprint } from "./reload/fingerprint.ts";

const defaultIncidents = 100;
const shownDeliveries = 100;
const keptMs = 365 * 86_400_000;
const upkeepEveryMs = 3_600_000;
/** Open incidents are saved every minute, so an older one belongs to a hub that is gone. */
const goneAfterMs = 3_600_000;

export interface RunningAlerts {
  runtime: AlertsRuntime;
  change(config: AlertsConfig): void;
  start(): void;
  stop(): Promise<void>;
}

export function runAlerts(
  configured: AlertsConfig,
  publicUrl: string | null,
  monitor: Monitor,
  history: History,
  samplerOf: (hub: string) => Sampler,
): RunningAlerts {
  let config = configured;
  const queue = new DeliveryQueue({
    channels: config.channels,
    records: history.deliveries,
    onGivenUp: (channel, error) => log.error({ channel }, `An alert could not be delivered: ${error}`),
  });
  let isFaulty = false;
  const hearsEvent = (channelId: string, event: Delivery["event"]) =>
    config.channels.some(({ id, kind }) => id === channelId && hears(kind, event));
  const silences = new SilenceBook(history.silences, Date.now);
  const alerts = new Alerts({
    rules: config.rules,
    incidents: history.incidents,
    deliveries: history.deliveries,
    publicUrl,
    silences,
    hears: hearsEvent,
    isWatched: (hub) => monitor.isWatched(hub),
    onQueued: () => queue.wake(),
    onFault: (error) => {
      if (!isFaulty) log.warn({ err: error }, "Incidents can't be kept now; alerts wait until they can.");
      isFaulty = true;
    },
  });
  const unsubscribe = monitor.subscribe((snapshot) => {
    const hub = snapshot.eventHub.id;
    const sampler = samplerOf(hub);
    // Incidents of a renamed hub are read again under its new id.
    alerts.keepOnly(new Set(monitor.hubIds()));
    if (sampler === "others") alerts.forget(hub);
    if (sampler !== "mine") return;
    isFaulty = false;
    void alerts.observe(snapshot);
  });
  const upkeep = () => {
    history.incidents.forgetBefore(Date.now() - keptMs).catch(() => {});
    history.silences.forgetBefore(Date.now() - keptMs).catch(() => {});
  };
  // Not at the start, when hubs of namespaces are not found yet.
  const closeOfGoneHubs = () => {
    const now = Date.now();
    const known = monitor.snapshots().map(({ eventHub }) => eventHub.id);
    history.incidents.closeOfGoneHubs(known, now - goneAfterMs, now).catch(() => {});
  };
  const timer = setInterval(() => {
    upkeep();
    closeOfGoneHubs();
  }, upkeepEveryMs).unref();
  return {
    runtime: alertsRuntime(
      () => config,
      history,
      new QuietAlerts({
        history,
        monitor,
        publicUrl,
        ruleOf: (id) => config.rules.find((rule) => rule.id === id),
        hears: (channel) => hearsEvent(channel, "acknowledged"),
        onQueued: () => queue.wake(),
        onSilences: () => silences.forget(),
      }),
      () => queue.wake(),
    ),
    change: (next) => {
      const kept = new Map(config.channels.map((channel) => [fingerprint(channel), channel]));
      config = {
        ...next,
        channels: next.channels.map((channel) => kept.get(fingerprint(channel)) ?? channel),
      };
      void alerts.changeRules(config.rules);
      queue.changeChannels(config.channels);
    },
    start: () => {
      upkeep();
      queue.start();
    },
    stop: async () => {
      unsubscribe();
      clearInterval(timer);
      await alerts.settled();
      await queue.stop();
    },
  };
}

function alertsRuntime(
  configured: () => AlertsConfig,
  history: History,
  quiet: QuietAlerts,
  wake: () => void,
): AlertsRuntime {
  return {
    incidents: async ({ state, limit = defaultIncidents, ...filter }, visible) => {
      const rows = await history.incidents.list({ ...filter, visible, limit, openOnly: state === "open" });
      const now = Date.now();
      const silences = await history.silences.holding(now);
      return {
        incidents: rows.map((row) => toIncident(row, silences)),
        ...countOpen(await history.incidents.headsOfOpen(visible), silences, now),
      };
    },
    incident: async (id) => {
      const { hub, consumer_group } = await quiet.incident(id);
      return { hub, group: consumer_group };
    },
    acknowledge: async (id, note, caller) => {
      const row = await quiet.acknowledge(id, note, caller);
      return toIncident(row, await history.silences.holding(Date.now()));
    },
    silences: async () => ({ silences: await quiet.silences() }),
    silence: (silence, caller) => quiet.silence(silence, caller),
    endSilence: async (id, caller) => {
      await quiet.endSilence(id, caller);
      return { silences: await quiet.silences() };
    },
    alerts: async () => ({
      rules: [...configured().rules],
      areDefaults: configured().areDefaults,
      channels: configured().channels.map((channel) => ({
        id: channel.id,
        kind: channel.kind,
        host: hostOf(channel),
        isSigned: "secret" in channel && channel.secret !== null,
      })),
      deliveries: (await history.deliveries.latest(shownDeliveries)).map(toDelivery),
    }),
    test: async (channelId) => {
      if (!configured().channels.some(({ id }) => id === channelId)) {
        throw new AppError("notFound", `There is no alert channel ${JSON.stringify(channelId)}.`);
      }
      const message = {
        version: 1,
        event: "test",
        incident: null,
        text: messageText("test", null),
        link: null,
        sentBy: "tidemark",
      };
      const id = await history.deliveries.add({
        channel: channelId,
        event: "test",
        incident_id: null,
        message: JSON.stringify(message),
        created_at: Date.now(),
      });
      wake();
      return { id };
    },
  };
}

function toIncident(row: IncidentRow, silences: readonly SilenceRow[]): Incident {
  const subject = { ruleId: row.rule_id, hub: row.hub, group: row.consumer_group };
  const until = row.closed_at === null ? silencedUntil(silences, subject, Date.now()) : null;
  return {
    id: row.id,
    ruleId: row.rule_id,
    severity: row.severity as Incident["severity"],
    hub: row.hub,
    store: row.store,
    group: row.consumer_group,
    state: row.closed_at === null ? "open" : "closed",
    since: toIso(row.since),
    openedAt: toIso(row.opened_at),
    closedAt: toIso(row.closed_at),
    closedBy: row.closed_by as Incident["closedBy"],
    summary: toWire(fromStoredText(row.summary)),
    worst: toWire(fromStoredText(row.worst)),
    acknowledged:
      row.acknowledged_at === null
        ? null
        : {
            at: toIso(row.acknowledged_at),
            by: row.acknowledged_by ?? "",
            note: row.acknowledged_note,
          },
    silencedUntil: toIso(until),
    lastSeenAt: toIso(row.last_seen_at),
  };
}

function toDelivery(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    channel: row.channel,
    event: row.event as Delivery["event"],
    incidentId: row.incident_id,
    summary: (JSON.parse(row.message) as { text: string }).text,
    createdAt: toIso(row.created_at),
    state: row.state as Delivery["state"],
    tries: row.tries,
    lastTriedAt: toIso(row.last_tried_at),
    nextTryAt: row.state === "waiting" ? toIso(row.next_try_at) : null,
    error: row.error,
  };
}
