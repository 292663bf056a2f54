import type { Environment } from "./substitute.ts";
import { knownVariables } from "./variables/known-variables.ts";

const { server, oidc, proxy, commandLine } = knownVariables;

/** The names of every variable of the product's own. */
export const variables: readonly string[] = Object.keys({
  ...server,
  ...oidc,
  ...proxy,
  ...commandLine,
}).toSorted();

/**
 * Names of variables that look like the product's own and are not: mistyped ones, most likely, without effect.
 * No fault, for a platform may set some itself; those of Kubernetes, for a service named `tidemark…`, are left out.
 */
export function unknownVariables(env: Environment): string[] {
  return Object.entries(env)
    .filter(
      ([name, value]) => name.startsWith("TIDEMARK_") && !variables.includes(name) && !isLink(name, value),
    )
    .map(([name]) => name)
    .toSorted();
}

/** `TIDEMARK_SERVICE_HOST=10.0.0.7`, `TIDEMARK_PORT=tcp://10.0.0.7:80`, `TIDEMARK_PORT_80_TCP_ADDR=10.0.0.7` … */
function isLink(name: string, value = ""): boolean {
  return (
    /_SERVICE_(HOST|PORT(_\w+)?)$/.test(name) ||
    /_PORT_\d+_(TCP|UDP|SCTP)(_\w+)?$/.test(name) ||
    /^(tcp|udp|sctp):\/\//.test(value)
  );
}
