import type { TokenCredential } from "@azure/core-auth";

let shared: Promise<TokenCredential> | undefined;

/**
 * The machine's own identity: managed identity, workload identity, Azure CLI … (`DefaultAzureCredential`).
 * One per process, so that tokens are shared; loaded when the first token is wanted, for it is large.
 */
export function defaultCredential(): TokenCredential {
  return {
    async getToken(scopes, options) {
      shared ??= import("@azure/identity").then((identity) => new identity.DefaultAzureCredential());
      const credential = await shared;
      return credential.getToken(scopes, options);
    },
  };
}
