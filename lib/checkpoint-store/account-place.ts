/** Whether a blob service has the account as the first part of its path, as emulators do, and not in its host's name. */
export function hasAccountInPath({ hostname }: URL): boolean {
  const isAddress = /^\d+(\.\d+){3}$/.test(hostname) || hostname.startsWith("[");
  return isAddress || hostname === "host.docker.internal" || !hostname.includes(".");
}
