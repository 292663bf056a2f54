import type { Incident } from "#lib/api/alerts.ts";
import { reason, toWire } from "#lib/api/reasons/reason.ts";
import type { Silence } from "#lib/api/silences.ts";
import { isAtLeast, type Role, roleEverywhere } from "#lib/core/access.ts";
import { AppError } from "#lib/core/app-error.ts";
import { lacking, type Scope } from "#lib/server/access/scope.ts";
import type { AlertsRuntime } from "#lib/server/alerts-runtime.ts";

const figuresHidden = toWire(reason("figuresHidden"));

/** Narrows incidents by hub and group. Rules, channels and deliveries need a role everywhere. */
export function narrowAlerts(whole: AlertsRuntime, scope: Scope): AlertsRuntime {
  const { grants } = scope;
  const everywhere = roleEverywhere(grants);
  const needEverywhere = (role: Role) => {
    if (isAtLeast(everywhere, role)) return;
    if (everywhere !== null) throw lacking(role, everywhere);
    throw new AppError(
      "forbidden",
      "Alert rules are about every hub, and your role covers some of them only.",
    );
  };
  /** A blind hub's reason may name a store with other groups. */
  const ofHub = (incident: Incident): Incident =>
    scope.seesAllOf(incident.hub) ? incident : { ...incident, summary: figuresHidden, worst: figuresHidden };
  /** A role for some groups only covers silences that name one of them. */
  const needResources = ({ hub, group }: Pick<Silence, "hub" | "group">) => {
    if (everywhere !== null && isAtLeast(everywhere, "operator")) return;
    if (hub.includes("*") || (group.includes("*") && group !== "*")) return needEverywhere("operator");
    scope.need("operator", group === "*" ? { hub } : { hub, group });
  };
  const mayKnow = ({ hub, group }: Silence) =>
    everywhere !== null ||
    (!hub.includes("*") && (group.includes("*") ? scope.seesAllOf(hub) : scope.sees(hub, group)));
  const needIncident = async (id: number) => {
    const { hub, group } = await whole.incident(id);
    const isSeen = group === null ? scope.seesAllOf(hub) : scope.sees(hub, group);
    if (!isSeen) throw new AppError("notFound", `There is no incident ${id}.`);
    scope.need("operator", group === null ? { hub } : { hub, group });
  };
  return {
    incident: async (id) => {
      if (everywhere === null) await needIncident(id);
      return whole.incident(id);
    },
    incidents: async (query) => {
      if (everywhere !== null) return whole.incidents(query);
      const { incidents, ...counts } = await whole.incidents(query, grants);
      return {
        // An incident of a store without a group may be about hidden groups.
        incidents: incidents
          .filter(({ hub, group, store }) =>
            group === null && store !== null ? scope.seesAllOf(hub) : scope.sees(hub, group ?? undefined),
          )
          .map((incident) => (incident.group === null ? ofHub(incident) : incident)),
        ...counts,
      };
    },
    acknowledge: async (id, note, caller) => {
      if (everywhere === null) await needIncident(id);
      const incident = await whole.acknowledge(id, note, caller);
      return incident.group === null ? ofHub(incident) : incident;
    },
    silences: async () => ({ silences: (await whole.silences()).silences.filter(mayKnow) }),
    silence: async (silence, caller) => {
      needResources(silence);
      return whole.silence(silence, caller);
    },
    endSilence: async (id, caller) => {
      const found = (await whole.silences()).silences.find((silence) => silence.id === id);
      if (found !== undefined && mayKnow(found)) needResources(found);
      else throw new AppError("notFound", `There is no silence ${id} that holds now.`);
      return { silences: (await whole.endSilence(id, caller)).silences.filter(mayKnow) };
    },
    alerts: async () => {
      needEverywhere("operator");
      return whole.alerts();
    },
    test: async (channel) => {
      needEverywhere("admin");
      return whole.test(channel);
    },
  };
}
