import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

/**
 * A real OpenID Connect issuer on loopback. Each account has the role of its name, such as `admin`. While it
 * is `away` it takes no request, and its state stays.
 */
export interface TestIssuer {
  url: string;
  port: number;
  away: boolean;
  stop(): void;
}

const programClient = "program";
const toolScopes = ["tidemark.viewer", "tidemark.operator", "tidemark.admin"];
export const testClient = { id: "tidemark", secret: "the-secret-of-the-client" };

/** @param named has it serve https under this address, which leads to `port` */
export async function startIssuer(
  publicUrl: string,
  named?: { url: string; tls: { key: string; cert: string } },
): Promise<TestIssuer> {
  const server = named === undefined ? createServer() : createSecureServer(named.tls);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const url = named?.url ?? `http://127.0.0.1:${port}`;
  const provider = new Provider(url, {
    clients: [
      {
        client_id: testClient.id,
        client_secret: testClient.secret,
        grant_types: ["authorization_code", "urn:ietf:params:oauth:grant-type:device_code"],
        redirect_uris: [`${publicUrl}/sign-in/callback`],
        post_logout_redirect_uris: [`${publicUrl}/signed-out`],
      },
      // This client stands for programs that act on behalf of people.
      {
        client_id: programClient,
        token_endpoint_auth_method: "none",
        redirect_uris: [`${publicUrl}/help`],
      },
    ],
    scopes: ["openid", "profile", ...toolScopes],
    features: {
      deviceFlow: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_, resource) => ({
          scope: toolScopes.join(" "),
          audience: resource,
          accessTokenFormat: "jwt",
        }),
      },
    },
    extraTokenClaims: (_, token) => ("accountId" in token ? { roles: [token.accountId] } : undefined),
    claims: { openid: ["sub", "roles"], profile: ["name"] },
    conformIdTokenClaims: false,
    cookies: { keys: ["a key for the cookies of a test"] },
    findAccount: (_, sub) => ({
      accountId: sub,
      claims: () => ({ sub, name: sub, roles: sub === "stranger" ? [] : [sub] }),
    }),
  });
  const answer = provider.callback();
  server.on("request", (request, response) => {
    if (issuer.away) request.destroy();
    else void answer(request, response);
  });
  const issuer: TestIssuer = {
    url,
    port,
    away: false,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return issuer;
}

interface Visited {
  url: string;
  status: number;
  headers: Headers;
  text: string;
}

export class FormBrowser {
  readonly #cookies = new Map<string, Map<string, string>>();

  async open(url: string, form?: Record<string, string>): Promise<Visited> {
    let at = url;
    let body = form === undefined ? null : new URLSearchParams(form).toString();
    for (let hop = 0; hop < 12; hop += 1) {
      const { host } = new URL(at);
      const jar = this.#cookies.get(host) ?? new Map<string, string>();
      this.#cookies.set(host, jar);
      const response = await fetch(at, {
        method: body === null ? "GET" : "POST",
        headers: {
          accept: "text/html",
          cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; "),
          ...(body === null ? {} : { "content-type": "application/x-www-form-urlencoded" }),
        },
        ...(body === null ? {} : { body }),
        redirect: "manual",
      });
      for (const cookie of response.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        if (value === "") jar.delete(name);
        else jar.set(name, value);
      }
      const location = response.headers.get("location");
      if (location === null) {
        const { status, headers } = response;
        return { url: at, status, headers, text: await response.text() };
      }
      at = new URL(location, at).href;
      body = null;
    }
    throw new Error(`It is sent on and on, at last to ${at}.`);
  }

  async signIn(url: string, account: string): Promise<Visited> {
    return this.#signInAt(await this.open(url), account);
  }

  /** Confirms a program's code on the issuer's pages and signs in. Declines it without an account. */
  async answerDevice(uriWithCode: string, account: string | null): Promise<Visited> {
    const first = await this.open(uriWithCode);
    const typed = { xsrf: hiddenIn(first.text, "xsrf"), user_code: hiddenIn(first.text, "user_code") };
    const at = new URL(first.url);
    at.search = "";
    if (account === null) return this.open(at.href, { ...typed, abort: "yes" });
    return this.#signInAt(await this.open(at.href, { ...typed, confirm: "yes" }), account);
  }

  async #signInAt(form: Visited, account: string): Promise<Visited> {
    const consent = await this.open(form.url, { prompt: "login", login: account, password: "any" });
    if (!consent.url.includes("/interaction/")) return consent;
    return this.open(consent.url, { prompt: "consent" });
  }

  forget(): void {
    this.#cookies.clear();
  }
}

function hiddenIn(html: string, name: string): string {
  const [, value] = new RegExp(`name="${name}" value="([^"]*)"`).exec(html) ?? [];
  if (value === undefined) throw new Error(`The issuer's page has no ${name}: ${html}`);
  return value;
}

export async function accessToken(
  issuer: TestIssuer,
  { account, scope, resource, publicUrl }: Record<"account" | "scope" | "resource" | "publicUrl", string>,
): Promise<string> {
  const verifier = randomBytes(32).toString("base64url");
  const redirect = { redirect_uri: `${publicUrl}/help` };
  const asked = new URLSearchParams({
    ...redirect,
    client_id: programClient,
    response_type: "code",
    scope: `openid ${scope}`,
    resource,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  });
  const back = await new FormBrowser().signIn(`${issuer.url}/auth?${asked}`, account);
  const response = await fetch(`${issuer.url}/token`, {
    method: "POST",
    body: new URLSearchParams({
      ...redirect,
      client_id: programClient,
      grant_type: "authorization_code",
      code: new URL(back.url).searchParams.get("code") ?? "",
      code_verifier: verifier,
      resource,
    }),
  });
  const body = (await response.json()) as { access_token?: string };
  if (body.access_token === undefined) throw new Error(`The issuer gave no token: ${JSON.stringify(body)}`);
  return body.access_token;
}
