import type { Environment } from "./substitute.ts";
import { knownVariables } from "./variables/known-variables.ts";

const { server, oidc, proxy, commandLine } = knownVariables;

export const variables: readonly string[] = Object.keys({
  ...server,
  ...oidc,
  ...proxy,
  ...commandLine,
}).toSorted();

/**
 * Variables that look like ours but are not, most likely misspelled. No fault, since platforms may set some;
 * skips those that Kubernetes sets for a service named `tidemark…`.
 */
export function unknownVariables(env: Environment): string[] {
  return Object.entries(env)
    .filter(
      ([name, value]) => name.startsWith("TIDEMARK_") && !variables.includes(name) && !isLink(name, value),
    )
    .map(([name]) => name)
    .toSorted();
}

function isLink(name: string, value = ""): boolean {
  return (
    /_SERVICE_(HOST|PORT(_\w+)?)$/.test(name) ||
    /_PORT_\d+_(TCP|UDP|SCTP)(_\w+)?$/.test(name) ||
    /^(tcp|udp|sctp):\/\//.test(value)
  );
}
