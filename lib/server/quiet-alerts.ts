import { toldOfAcknowledged } from "#lib/alerts/told-of.ts";
import type { AlertRule } from "#lib/api/alerts.ts";
import type { NewSilence, Silence } from "#lib/api/silences.ts";
import { AppError } from "#lib/core/app-error.ts";
import { subjectDetails } from "#lib/core/subject.ts";
import { type EpochMs, toIso } from "#lib/core/time.ts";
import type { History } from "#lib/history/history.ts";
import type { NewDelivery } from "#lib/history/incidents/delivery-records.ts";
import type { IncidentRow } from "#lib/history/incidents/incident-records.ts";
import type { SilenceRow } from "#lib/history/incidents/silence-records.ts";
import type { Monitor } from "#lib/monitor/monitor.ts";
import type { Caller } from "./access/caller.ts";

export interface QuietParts {
  history: History;
  monitor: Pick<Monitor, "snapshots">;
  publicUrl: string | null;
  ruleOf(id: string): AlertRule | undefined;
  hears(channelId: string): boolean;
  onQueued(): void;
  onSilences(): void;
}

/**
 * Acknowledges incidents and silences alerts, after recording each in the activity. All throw AppError
 * `historyUnavailable`; with an id also `notFound`, and `conflict` for an incident that is over or
 * acknowledged.
 */
export class QuietAlerts {
  readonly #parts: QuietParts;

  constructor(parts: QuietParts) {
    this.#parts = parts;
  }

  async acknowledge(id: number, note: string | null, caller: Caller): Promise<IncidentRow> {
    const { history, onQueued } = this.#parts;
    const row = await this.incident(id);
    refuseIfSettled(row);
    const at = Date.now();
    await history.appendActivity({
      at,
      actor: caller.name,
      action: "acknowledgeIncident",
      hub: row.hub,
      group: row.consumer_group,
      outcome: "done",
      details: { incidentId: id, rule: row.rule_id, note, ...subjectDetails(caller) },
    });
    const acknowledgement = { at, by: caller.name, note };
    const isFirst = await history.incidents.acknowledge(id, acknowledgement, this.#told(row, at));
    const after = await this.incident(id);
    if (!isFirst) refuseIfSettled(after);
    onQueued();
    return after;
  }

  async incident(id: number): Promise<IncidentRow> {
    const row = await this.#parts.history.incidents.find(id);
    if (row === undefined) throw new AppError("notFound", `There is no incident ${id}.`);
    return row;
  }

  async silences(): Promise<Silence[]> {
    return (await this.#parts.history.silences.holding(Date.now())).map(toSilence);
  }

  async silence({ hub, group, rule, seconds, note }: NewSilence, caller: Caller): Promise<Silence> {
    const at = Date.now();
    const silence = {
      hub,
      consumer_group: group,
      rule,
      created_at: at,
      until: at + seconds * 1000,
      created_by: caller.name,
      note,
    };
    await this.#note("silence", silence, caller);
    const id = await this.#parts.history.silences.add(silence);
    this.#parts.onSilences();
    return toSilence({ ...silence, id });
  }

  async endSilence(id: number, caller: Caller): Promise<void> {
    const { history, onSilences } = this.#parts;
    const found = (await history.silences.holding(Date.now())).find((silence) => silence.id === id);
    if (found === undefined) throw new AppError("notFound", `There is no silence ${id} that holds now.`);
    await this.#note("endSilence", found, caller);
    await history.silences.end(id, Date.now());
    onSilences();
  }

  async #note(action: "silence" | "endSilence", silence: Omit<SilenceRow, "id">, caller: Caller) {
    const { hub, consumer_group, rule, until, note } = silence;
    const isOne = (pattern: string) => !pattern.includes("*");
    await this.#parts.history.appendActivity({
      at: Date.now(),
      actor: caller.name,
      action,
      // A pattern names no single place, so only those who see every hub see it.
      hub: isOne(hub) ? hub : "",
      group: isOne(hub) && isOne(consumer_group) ? consumer_group : null,
      outcome: "done",
      details: {
        hubs: hub,
        groups: consumer_group,
        rules: rule,
        until: toIso(until),
        note,
        ...subjectDetails(caller),
      },
    });
  }

  #told(row: IncidentRow, now: EpochMs): NewDelivery[] {
    const { ruleOf, monitor, publicUrl, hears } = this.#parts;
    const rule = ruleOf(row.rule_id);
    const eventHub = monitor.snapshots().find(({ eventHub: { id } }) => id === row.hub)?.eventHub;
    // Nobody was told, or nobody can be told any more.
    if (rule === undefined || eventHub === undefined || row.told_at === 0) return [];
    return toldOfAcknowledged(row, rule, eventHub, publicUrl, now, hears);
  }
}

function refuseIfSettled({ id, closed_at, acknowledged_by }: IncidentRow): void {
  if (closed_at !== null) throw new AppError("conflict", `The incident ${id} is over.`);
  if (acknowledged_by !== null) {
    throw new AppError("conflict", `The incident ${id} is acknowledged already, by ${acknowledged_by}.`);
  }
}

function toSilence(row: SilenceRow): Silence {
  return {
    id: row.id,
    hub: row.hub,
    group: row.consumer_group,
    rule: row.rule,
    createdAt: toIso(row.created_at),
    until: toIso(row.until),
    by: row.created_by,
    note: row.note,
  };
}
