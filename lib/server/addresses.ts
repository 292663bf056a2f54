import { BlockList, isIP } from "node:net";

export function isNetwork(text: string): boolean {
  const [address = "", bits, ...rest] = text.split("/");
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

/**
 * Matches addresses against networks such as `10.0.0.0/8` and single addresses. Each must pass `isNetwork`.
 */
export function addressMatcher(networks: readonly string[]): (address: string | undefined) => boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", bits] = network.split("/");
    const family = isIP(address) === 4 ? "ipv4" : "ipv6";
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (address) => {
    const plain = plainAddress(address ?? "");
    const family = isIP(plain);
    return family !== 0 && list.check(plain, family === 4 ? "ipv4" : "ipv6");
  };
}

function plainAddress(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  return mapped?.[1] ?? address;
}

/** The client's address: the socket's or, behind a proxy, the last in X-Forwarded-For that is no proxy. */
export function clientAddress(
  remote: string | undefined,
  forwardedFor: string | undefined,
  isProxy: (address: string | undefined) => boolean,
): string {
  const direct = plainAddress(remote ?? "");
  if (!isProxy(direct)) return direct;
  const told = (forwardedFor ?? "").split(",").map((part) => plainAddress(part.trim()));
  const client = told.findLast((address) => !isProxy(address));
  return client !== undefined && isIP(client) !== 0 ? client : direct;
}
