import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const renewedBeforeSeconds = 120;

export interface IdentityEndpoint {
  env: { IDENTITY_ENDPOINT: string; IDENTITY_HEADER: string };
  given: string[];
  /** `elsewhere` gives tokens that nobody accepts, `away` none. */
  mood: "give" | "elsewhere" | "away";
  stop(): void;
}

/**
 * Starts App Service's endpoint for managed identities. Tokens last for `lifeSeconds`. Client libraries renew
 * one two minutes before the end that they are told, so they are told a later one.
 */
export async function startIdentityEndpoint(lifeSeconds: number): Promise<IdentityEndpoint> {
  const secret = "the header that App Service gives";
  const server = createServer((request, response) => {
    const { searchParams, pathname } = new URL(request.url ?? "/", "http://localhost");
    const resource = searchParams.get("resource") ?? "";
    if (endpoint.mood === "away") return void request.destroy();
    const isMeant = pathname === "/msi/token" && searchParams.get("api-version") === "2019-08-01";
    if (!isMeant || resource === "" || request.headers["x-identity-header"] !== secret) {
      response.writeHead(400, { "content-type": "application/json" }).end(`{"message":"No such identity."}`);
      return;
    }
    endpoint.given.push(resource);
    const audience = endpoint.mood === "give" ? resource : "https://elsewhere.example";
    const expiresAt = Math.floor(Date.now() / 1000) + lifeSeconds;
    response.writeHead(200, { "content-type": "application/json" }).end(
      JSON.stringify({
        access_token: makeJwt(audience, expiresAt),
        expires_on: String(expiresAt - 2 + renewedBeforeSeconds),
        resource,
        token_type: "Bearer",
        client_id: "00000000-0000-0000-0000-0000000000aa",
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint: IdentityEndpoint = {
    env: {
      IDENTITY_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}/msi/token`,
      IDENTITY_HEADER: secret,
    },
    given: [],
    mood: "give",
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return endpoint;
}

/**
 * Makes a token like Microsoft Entra ID's, except for the signature.
 * @param expiresAt in seconds
 */
export function makeJwt(audience: string, expiresAt: number): string {
  const issued = Math.floor(Date.now() / 1000) - 5;
  const claims = {
    aud: audience,
    iss: "https://sts.windows.net/00000000-0000-0000-0000-0000000000bb/",
    iat: issued,
    nbf: issued,
    exp: expiresAt,
    oid: "00000000-0000-0000-0000-0000000000cc",
  };
  return [{ alg: "RS256", typ: "JWT" }, claims, "signature"]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
}
