import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { StoreSurvey } from "#lib/core/stored-blobs.ts";
import type { DiagnosedStore } from "./subject-hub.ts";

interface Sought {
  store: DiagnosedStore;
  namespaces: readonly string[];
  eventHubName: string;
}

interface NearMiss {
  item: string;
  remedy: Reason;
}

const correct = reason("correctNamespace");

export function nearMisses(survey: StoreSurvey, sought: Sought): NearMiss[] {
  const own = new Set(sought.namespaces.map((name) => name.toLowerCase()));
  const hub = sought.eventHubName.toLowerCase();
  const isOwn = (tree: StoreSurvey["trees"][number]) => own.has(tree.namespace.toLowerCase());
  const elsewhere = survey.trees.filter((tree) => !isOwn(tree) && tree.eventHubName.toLowerCase() === hub);
  const others = survey.trees.filter((tree) => isOwn(tree) && tree.eventHubName.toLowerCase() !== hub);
  const withPort = elsewhere.filter(({ namespace }) => own.has(withoutPort(namespace)));
  return [
    ...missingSlash(survey, sought.store),
    ...withPort.map(({ namespace, eventHubName }) => ({
      item: `${namespace}/${eventHubName} (this namespace with its port, as Python and Go write it)`,
      remedy: reason("addAlias", { namespace, isEmulator: false }),
    })),
    ...elsewhere
      .filter((tree) => !withPort.includes(tree))
      .map(({ namespace, eventHubName }) => ({
        item: `${namespace}/${eventHubName} (${isEmulator(namespace) ? "an emulator's" : "another namespace"})`,
        remedy: isEmulator(namespace) ? reason("addAlias", { namespace, isEmulator: true }) : correct,
      })),
    ...others.map(({ namespace, eventHubName }) => ({
      item: `${namespace}/${eventHubName} (another hub)`,
      remedy: correct,
    })),
  ];
}

/** A prefix is any beginning of a name: `java` and `java/` differ. */
function missingSlash({ unclaimed }: StoreSurvey, { prefix }: DiagnosedStore): NearMiss[] {
  if (prefix === "" || prefix.endsWith("/")) return [];
  const inside = unclaimed.find(({ folder }) => folder.startsWith(`${prefix}/`));
  if (inside === undefined) return [];
  return [
    {
      item: `${inside.folder}${inside.partitionIds[0] ?? ""} (in the folder ${JSON.stringify(`${prefix}/`)})`,
      remedy: reason("endPrefixInSlash", { prefix: `${prefix}/` }),
    },
  ];
}

/** A host name without a dot is an emulator's: `localhost`, or a container's name. */
function isEmulator(namespace: string): boolean {
  return !withoutPort(namespace).includes(".") || /^127\./.test(namespace);
}

function withoutPort(namespace: string): string {
  return namespace.toLowerCase().replace(/:\d+$/, "");
}
