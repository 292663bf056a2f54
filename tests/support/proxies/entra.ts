import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { makeJwt } from "./identity-endpoint.ts";

export interface Entra {
  port: number;
  given: string[];
  stop(): void;
}

export interface EntraOptions {
  tls: { key: string; cert: string };
  tenantId: string;
  clientId: string;
  assertion: string;
  lifeSeconds: number;
}

const origin = "https://login.microsoftonline.com";

/** Acts like Microsoft Entra ID for a workload identity: gives a token for another's signed assertion. */
export async function startEntra({
  tls,
  tenantId,
  clientId,
  assertion,
  lifeSeconds,
}: EntraOptions): Promise<Entra> {
  const given: string[] = [];
  const base = `${origin}/${tenantId}`;
  const server = createServer(tls, async (request, response) => {
    const send = (status: number, body: object) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    const { pathname } = new URL(request.url ?? "/", origin);
    if (pathname === "/common/discovery/instance") {
      return void send(200, {
        tenant_discovery_endpoint: `${base}/v2.0/.well-known/openid-configuration`,
        metadata: [],
      });
    }
    if (pathname === `/${tenantId}/v2.0/.well-known/openid-configuration`) {
      return void send(200, {
        issuer: `${base}/v2.0`,
        authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
        token_endpoint: `${base}/oauth2/v2.0/token`,
        jwks_uri: `${base}/discovery/v2.0/keys`,
      });
    }
    let body = "";
    for await (const part of request) body += part;
    const form = new URLSearchParams(body);
    const isMeant =
      pathname === `/${tenantId}/oauth2/v2.0/token` &&
      form.get("grant_type") === "client_credentials" &&
      form.get("client_id") === clientId &&
      form.get("client_assertion") === assertion;
    if (!isMeant) return void send(400, { error: "invalid_client", error_description: "AADSTS7000215" });
    const scope = (form.get("scope") ?? "").split(" ").find((one) => one.endsWith("/.default")) ?? "";
    given.push(scope);
    const expiresAt = Math.floor(Date.now() / 1000) + lifeSeconds;
    const token = makeJwt(scope.replace(/\/?\/\.default$/, ""), expiresAt);
    // Clients renew two minutes before the stated end.
    send(200, { token_type: "Bearer", expires_in: lifeSeconds + 118, access_token: token });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    given,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
