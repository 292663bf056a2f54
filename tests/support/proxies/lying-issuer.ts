import { generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * `claims` replace the right ones, and undefined leaves one out. `signed` is with an unknown key under the
 * right key's id, or not at all.
 */
export interface Lie {
  claims?: Record<string, unknown>;
  signed?: "byAnother" | "byNobody";
  withoutIdToken?: true;
}

/**
 * An issuer that signs everybody in as a viewer at once, and lies on request. `changeKey` makes it sign with
 * another key under another id.
 */
export interface LyingIssuer {
  url: string;
  lie(lie: Lie): void;
  changeKey(): void;
  stop(): void;
}

interface Key {
  id: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
}

export async function startLyingIssuer(clientId: string): Promise<LyingIssuer> {
  let key = newKey();
  let told: Lie = {};
  const nonces = new Map<string, string | undefined>();
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", url);
    if (pathname === "/.well-known/openid-configuration") return json(response, 200, metadata(url));
    if (pathname === "/keys") return json(response, 200, { keys: [publicJwk(key)] });
    if (pathname === "/token") return hand(response, new URLSearchParams(await bodyOf(request)));
    const code = randomUUID();
    if (pathname === "/device") {
      nonces.set(code, undefined);
      const shown = { user_code: "ABCD-EFGH", verification_uri: `${url}/code`, expires_in: 60 };
      return json(response, 200, { device_code: code, ...shown });
    }
    nonces.set(code, searchParams.get("nonce") ?? "");
    const state = searchParams.get("state") ?? "";
    const back = `${searchParams.get("redirect_uri")}?${new URLSearchParams({ code, state })}`;
    response.writeHead(302, { location: back }).end();
  }

  function hand(response: ServerResponse, form: URLSearchParams): void {
    const code = form.get("code") ?? form.get("device_code") ?? "";
    const nonce = nonces.get(code);
    if (!nonces.delete(code)) {
      json(response, 400, { error: "invalid_grant" });
      return;
    }
    const now = Math.floor(Date.now() / 1000);
    const right = { iss: url, sub: "v-1", aud: clientId, iat: now, exp: now + 300, nonce };
    const claims = { ...right, name: "viewer", roles: ["viewer"], ...told.claims };
    const idToken = told.withoutIdToken ? {} : { id_token: tokenOf(claims, key, told.signed) };
    json(response, 200, { access_token: "an access token", token_type: "Bearer", ...idToken });
  }

  return {
    url,
    lie: (lie) => {
      told = lie;
    },
    changeKey: () => {
      key = newKey();
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function newKey(): Key {
  return { id: randomUUID(), ...generateKeyPairSync("rsa", { modulusLength: 2048 }) };
}

function publicJwk({ id, publicKey }: Key): object {
  return { ...publicKey.export({ format: "jwk" }), kid: id, alg: "RS256", use: "sig" };
}

function tokenOf(claims: object, { id, privateKey }: Key, signed: Lie["signed"]): string {
  const header = signed === "byNobody" ? { alg: "none" } : { alg: "RS256", kid: id };
  const text = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  if (signed === "byNobody") return `${text}.`;
  const by = signed === "byAnother" ? newKey().privateKey : privateKey;
  return `${text}.${sign("RSA-SHA256", Buffer.from(text), by).toString("base64url")}`;
}

function metadata(url: string): object {
  return {
    issuer: url,
    authorization_endpoint: `${url}/authorize`,
    token_endpoint: `${url}/token`,
    device_authorization_endpoint: `${url}/device`,
    jwks_uri: `${url}/keys`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    code_challenge_methods_supported: ["S256"],
  };
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of request.setEncoding("utf8")) text += part;
  return text;
}
