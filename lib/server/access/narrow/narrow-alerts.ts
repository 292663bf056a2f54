import type { Incident } from "#lib/api/alerts.ts";
import { reason, toWire } from "#lib/api/reasons/reason.ts";
import { isAtLeast, type Role, roleEverywhere } from "#lib/core/access.ts";
import { AppError } from "#lib/core/app-error.ts";
import { lacking, type Scope } from "#lib/server/access/scope.ts";
import type { AlertsRuntime } from "#lib/server/alerts-runtime.ts";

const figuresHidden = toWire(reason("figuresHidden"));

/** Incidents are each about a place; rules, channels and deliveries are about all of them. */
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
  /** Why a hub is blind may name a store and its container, which hold other groups. */
  const ofHub = (incident: Incident): Incident =>
    scope.seesAllOf(incident.hub) ? incident : { ...incident, summary: figuresHidden, worst: figuresHidden };
  return {
    incidents: async (query) => {
      if (everywhere !== null) return whole.incidents(query);
      const { incidents, open } = await whole.incidents(query, grants);
      return {
        // What is a store's and no group's may be about groups that are not to be seen.
        incidents: incidents
          .filter(({ hub, group, store }) =>
            group === null && store !== null ? scope.seesAllOf(hub) : scope.sees(hub, group ?? undefined),
          )
          .map((incident) => (incident.group === null ? ofHub(incident) : incident)),
        open,
      };
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
