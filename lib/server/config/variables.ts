import type { Environment } from "./substitute.ts";

/** Every variable of the product's own; README's tables say what each means. */
export const variables: readonly string[] = [
  "TIDEMARK_ALLOW_ANONYMOUS",
  "TIDEMARK_AUTH",
  "TIDEMARK_CONFIG",
  "TIDEMARK_DATA_DIR",
  "TIDEMARK_HOSTS",
  "TIDEMARK_LOG_LEVEL",
  "TIDEMARK_OIDC_CLIENT_ID",
  "TIDEMARK_OIDC_CLIENT_SECRET",
  "TIDEMARK_OIDC_ISSUER",
  "TIDEMARK_OIDC_SCOPE",
  "TIDEMARK_OPERATIONS_PORT",
  "TIDEMARK_PROXY_ADDRESSES",
  "TIDEMARK_PROXY_HEADERS",
  "TIDEMARK_PROXY_SECRET",
  "TIDEMARK_PUBLIC_URL",
  "TIDEMARK_READ_ONLY",
  "TIDEMARK_SESSION_MINUTES",
  "TIDEMARK_SESSION_SECRET",
];

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
