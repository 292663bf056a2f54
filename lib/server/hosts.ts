import { isIP } from "node:net";

export function isLoopback(host: string): boolean {
  const name = bare(host);
  return (
    name === "localhost" || name.endsWith(".localhost") || name === "::1" || /^127(\.\d{1,3}){3}$/.test(name)
  );
}

/** True for a known `Host`. Others are foreign names that point here (DNS rebinding). */
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

export function isAddress(hostHeader: string | undefined): boolean {
  return isIP(bare((hostHeader ?? "").replace(/:\d+$/, ""))) !== 0;
}

function bare(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "");
}
