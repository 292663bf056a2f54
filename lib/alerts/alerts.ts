import type { AlertRule } from "#lib/api/alerts.ts";
import { toStoredText } from "#lib/api/reasons/stored.ts";
import type { Clock, EpochMs } from "#lib/core/time.ts";
import type { DeliveryRecords, NewDelivery } from "#lib/history/incidents/delivery-records.ts";
import { incidentKey } from "#lib/history/incidents/incident-key.ts";
import type { IncidentObservation, IncidentRecords } from "#lib/history/incidents/incident-records.ts";
import type { HubSnapshot } from "#lib/monitor/snapshot.ts";
import { type Cause, type ClosedBy, nextCause } from "./incident.ts";
import { causeOf, subjectOf } from "./kept-incident.ts";
import type { AlertMessage } from "./message.ts";
import type { Observation, Subject } from "./observation.ts";
import { observeHubInTurns } from "./observe-hub.ts";
import type { SilenceBook } from "./silences.ts";
import { type ToldCause, toldOf } from "./told-of.ts";
import { UnownedPartitions } from "./unowned-partitions.ts";
import { whatIsTold } from "./what-is-told.ts";

const noteEveryMs = 60_000;
const noteChangedEveryMs = 10_000;

export interface AlertsOptions {
  rules: readonly AlertRule[];
  incidents: IncidentRecords;
  deliveries: DeliveryRecords;
  silences: SilenceBook;
  publicUrl: string | null;
  hears(channel: string, event: AlertMessage["event"]): boolean;
  isWatched(hub: string): boolean;
  onQueued(): void;
  onFault(error: unknown): void;
  clock?: Clock;
}

interface KeptCause {
  cause: Cause;
  subject: Subject;
  rule: AlertRule;
  noted: { at: EpochMs; summary: string };
}

interface HubState {
  causes: Map<string, KeptCause>;
  unowned: UnownedPartitions;
}

/**
 * Opens, repeats and closes incidents, refresh by refresh. Only the dashboard that refreshes a hub watches
 * it. When the database can't be reached, messages wait for it, so that nothing is sent twice.
 */
export class Alerts {
  readonly #options: AlertsOptions;
  readonly #clock: Clock;
  readonly #hubs = new Map<string, HubState>();
  #rules: readonly AlertRule[];
  #working: Promise<void> = Promise.resolve();

  constructor(options: AlertsOptions) {
    this.#options = options;
    this.#rules = options.rules;
    this.#clock = options.clock ?? Date.now;
  }

  /** Takes in one refresh at a time. Never throws. */
  observe(snapshot: HubSnapshot): Promise<void> {
    const { observedAt, error } = snapshot.eventHub;
    if (observedAt === null && error === null) return this.#working;
    this.#working = this.#working.then(() =>
      this.#observe(snapshot).catch((fault: unknown) => this.#options.onFault(fault)),
    );
    return this.#working;
  }

  /** Another dashboard watches the hub now. Its open incidents are read again when the hub comes back. */
  forget(hub: string): void {
    this.#hubs.delete(hub);
  }

  keepOnly(hubs: ReadonlySet<string>): void {
    for (const hub of this.#hubs.keys()) if (!hubs.has(hub)) this.forget(hub);
  }

  changeRules(rules: readonly AlertRule[]): Promise<void> {
    this.#working = this.#working.then(() =>
      this.#changeRules(rules).catch((fault: unknown) => this.#options.onFault(fault)),
    );
    return this.#working;
  }

  settled(): Promise<void> {
    return this.#working;
  }

  async #observe(snapshot: HubSnapshot): Promise<void> {
    const hub = snapshot.eventHub.id;
    // Taken out while this waited: its incidents may go on under the hub's new id.
    if (!this.#options.isWatched(hub)) return;
    const state = this.#hubs.get(hub) ?? (await this.#load(hub));
    this.#hubs.set(hub, state);
    const now = this.#clock();
    const seen = new Set<string>();
    state.unowned.take(snapshot);
    for (const observation of await observeHubInTurns(this.#rules, snapshot, now, state.unowned.since)) {
      const key = incidentKey(observation.rule.id, observation.subject);
      seen.add(key);
      await this.#advance(state, key, observation, snapshot, now);
    }
    await this.#noteObservations(state, now);
    if (snapshot.eventHub.error !== null) return;
    for (const [key, { cause }] of [...state.causes]) {
      if (seen.has(key)) continue;
      if (cause.incidentId !== null) await this.#close(state, key, snapshot, "gone", now);
      state.causes.delete(key);
    }
  }

  async #load(hub: string): Promise<HubState> {
    const { incidents } = this.#options;
    const causes: HubState["causes"] = new Map();
    const unowned = new UnownedPartitions();
    for (const row of await incidents.openOf(hub)) {
      const rule = this.#rules.find(({ id }) => id === row.rule_id);
      if (rule === undefined) {
        await this.#closeUnwatched(row.id);
        continue;
      }
      const subject = subjectOf(row);
      const cause = causeOf(row);
      unowned.recall(cause, rule, subject);
      causes.set(incidentKey(rule.id, subject), {
        cause,
        subject,
        rule,
        noted: { at: row.last_seen_at, summary: row.summary },
      });
    }
    return { causes, unowned };
  }

  async #changeRules(rules: readonly AlertRule[]): Promise<void> {
    this.#rules = rules;
    for (const { causes } of this.#hubs.values()) {
      for (const [key, kept] of [...causes]) {
        const rule = rules.find(({ id }) => id === kept.rule.id);
        if (rule !== undefined) {
          causes.set(key, { ...kept, rule });
          continue;
        }
        if (kept.cause.incidentId !== null) await this.#closeUnwatched(kept.cause.incidentId);
        causes.delete(key);
      }
    }
  }

  #closeUnwatched(incidentId: number): Promise<void> {
    const closedBy: ClosedBy = "rule";
    return this.#options.incidents.update(incidentId, { closed_at: this.#clock(), closed_by: closedBy });
  }

  async #advance(
    state: HubState,
    key: string,
    observation: Observation,
    snapshot: HubSnapshot,
    now: EpochMs,
  ): Promise<void> {
    const { rule, subject } = observation;
    const before = state.causes.get(key);
    const earlier = before?.cause ?? null;
    const next = nextCause(earlier, observation, now);
    const { cause, step } = await whatIsTold(earlier, next, observation, this.#options, now);
    if (cause === null) {
      state.causes.delete(key);
      return;
    }
    if (step === "closed") {
      await this.#close(state, key, snapshot, "recovered", now);
      return;
    }
    if (step === "opened") {
      const incidentId = await this.#open(key, cause, observation, snapshot, now);
      if (incidentId === null) {
        this.#hubs.delete(subject.hub);
        return;
      }
      state.causes.set(key, { cause: { ...cause, incidentId }, subject, rule, noted: notedNow(cause, now) });
      return;
    }
    if (step === "repeated") {
      const event = before?.cause.toldAt === null ? "opened" : "repeated";
      await this.#tell(event, cause, observation, snapshot, now);
    }
    const noted = before === undefined || step === "repeated" ? notedNow(cause, now) : before.noted;
    state.causes.set(key, { cause, subject, rule, noted });
  }

  /** Saves all open incidents in one commit. Pages show what was last saved. */
  async #noteObservations(state: HubState, now: EpochMs): Promise<void> {
    const due = [...state.causes.values()].filter(({ cause, noted }) => {
      const isSame = toStoredText(cause.summary) === noted.summary;
      const isDue = now - noted.at >= (isSame ? noteEveryMs : noteChangedEveryMs);
      return cause.incidentId !== null && isDue && (!isSame || cause.lastSeenAt > noted.at);
    });
    if (due.length === 0) return;
    const observations = due.flatMap(({ cause }): IncidentObservation[] =>
      cause.incidentId === null ? [] : [{ id: cause.incidentId, ...observationOf(cause) }],
    );
    await this.#options.incidents.noteObservations(observations);
    for (const kept of due) kept.noted = notedNow(kept.cause, now);
  }

  async #open(
    key: string,
    cause: Cause,
    { rule, subject }: Observation,
    { eventHub }: HubSnapshot,
    now: EpochMs,
  ): Promise<number | null> {
    const id = await this.#options.incidents.open(
      {
        cause: key,
        rule_id: rule.id,
        severity: rule.severity,
        hub: subject.hub,
        store: subject.store,
        consumer_group: subject.group,
        since: cause.since,
        opened_at: now,
        told_at: cause.toldAt ?? 0,
        ...observationOf(cause),
      },
      (incidentId) =>
        cause.toldAt === null
          ? []
          : this.#told("opened", { cause: { ...cause, incidentId }, rule, subject, eventHub }, now),
    );
    this.#options.onQueued();
    return id;
  }

  async #tell(
    event: "opened" | "repeated",
    cause: Cause,
    { rule, subject }: Observation,
    { eventHub }: HubSnapshot,
    now: EpochMs,
  ): Promise<void> {
    if (cause.incidentId === null) return;
    await this.#options.incidents.update(
      cause.incidentId,
      { told_at: cause.toldAt ?? now, ...observationOf(cause) },
      this.#told(event, { cause, rule, subject, eventHub }, now),
    );
    this.#options.onQueued();
  }

  async #close(
    state: HubState,
    key: string,
    { eventHub }: HubSnapshot,
    closedBy: ClosedBy,
    now: EpochMs,
  ): Promise<void> {
    const kept = state.causes.get(key);
    if (kept === undefined || kept.cause.incidentId === null) return;
    const { cause, rule, subject } = kept;
    await this.#options.incidents.update(
      kept.cause.incidentId,
      { closed_at: now, closed_by: closedBy, ...observationOf(cause) },
      // Nobody heard of its opening, so nobody hears of its end.
      cause.toldAt === null ? [] : this.#told("closed", { cause, rule, subject, eventHub }, now),
    );
    state.causes.delete(key);
    this.#options.onQueued();
  }

  #told(event: "opened" | "repeated" | "closed", of: ToldCause, now: EpochMs): NewDelivery[] {
    const { publicUrl, hears } = this.#options;
    return toldOf(event, of, publicUrl, now, (channel) => hears(channel, event));
  }
}

function observationOf(cause: Cause): Omit<IncidentObservation, "id"> {
  return {
    last_seen_at: cause.lastSeenAt,
    summary: toStoredText(cause.summary),
    worst: toStoredText(cause.worst),
    worst_measure: cause.worstMeasure,
  };
}

function notedNow({ summary }: Cause, now: EpochMs): KeptCause["noted"] {
  return { at: now, summary: toStoredText(summary) };
}
