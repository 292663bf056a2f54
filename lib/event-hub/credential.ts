import type { AccessToken, GetTokenOptions, TokenCredential } from "@azure/core-auth";
import { abortController, withLimit } from "./with-limit.ts";

let shared: Promise<TokenCredential> | undefined;
const underWay = new WeakMap<TokenCredential, Map<string, Promise<AccessToken | null>>>();

const limitMs = 8_000;

/**
 * The machine's own identity (`DefaultAzureCredential`): managed identity, workload identity, Azure CLI … One
 * per process to share tokens. Loaded for the first token, since it is large. The time limit of a token is
 * below any request's own, so that a silent identity is reported as such.
 */
export function defaultCredential(): TokenCredential {
  return {
    async getToken(scopes, options = {}) {
      shared ??= import("@azure/identity").then((identity) => new identity.DefaultAzureCredential());
      return tokenWithin(await shared, scopes, options, limitMs);
    },
  };
}

/**
 * Requests a token once for all who wait.
 * @throws Error named CredentialUnavailableError when none comes in time: the identity sources are tried in
 * turn with retries, which takes longer than requests may
 */
export async function tokenWithin(
  credential: TokenCredential,
  scopes: string | string[],
  { claims, tenantId }: GetTokenOptions,
  within: number,
): Promise<AccessToken | null> {
  const all = underWay.get(credential) ?? new Map<string, Promise<AccessToken | null>>();
  underWay.set(credential, all);
  const key = JSON.stringify([scopes, claims, tenantId]);
  let asked = all.get(key);
  if (asked === undefined) {
    asked = credential.getToken(scopes, { ...(claims && { claims }), ...(tenantId && { tenantId }) });
    all.set(key, asked);
    const forget = () => void all.delete(key);
    asked.then(forget, forget);
  }
  const token = asked;
  return withLimit(abortController().signal, within, () => token).catch((cause: unknown) => {
    if (!(cause instanceof DOMException)) throw cause;
    const message = `No token came from any source of identity within ${within / 1000} s.`;
    throw Object.assign(new Error(message, { cause }), { name: "CredentialUnavailableError" });
  });
}
