import { isIP } from "node:net";

/** Names and addresses that only this machine can reach itself by. */
export function isLoopback(host: string): boolean {
  const name = bare(host);
  return (
    name === "localhost" || name.endsWith(".localhost") || name === "::1" || /^127(\.\d{1,3}){3}$/.test(name)
  );
}

/**
 * Whether a request's `Host` is one that the dashboard is known by. Anything else is another site's name
 * that was made to point here (DNS rebinding).
 */
export function isKnownHost(
  hostHeader: string | undefined,
  own: string,
  allowed: readonly string[],
): boolean {
  if (hostHeader === undefined || hostHeader === "" || /[\s/@\\]/.test(hostHeader)) {
    return false;
  }
  const name = bare(hostHeader.replace(/:\d+$/, ""));
  return (
    name === bare(own) || isLoopback(name) || allowed.some((host) => bare(host.replace(/:\d+$/, "")) === name)
  );
}

/** Whether a `Host` is an IP address, with or without a port: no name is then involved that could be another's. */
export function isAddress(hostHeader: string | undefined): boolean {
  return isIP(bare((hostHeader ?? "").replace(/:\d+$/, ""))) !== 0;
}

function bare(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "");
}
