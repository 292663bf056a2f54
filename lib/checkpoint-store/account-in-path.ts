/** True when the account is the first part of the path, as in emulators, and not part of the host's name. */
export function hasAccountInPath({ hostname }: URL): boolean {
  const isAddress = /^\d+(\.\d+){3}$/.test(hostname) || hostname.startsWith("[");
  return isAddress || hostname === "host.docker.internal" || !hostname.includes(".");
}
