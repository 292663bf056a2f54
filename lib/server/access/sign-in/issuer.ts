import * as oidc from "openid-client";
import type { EpochMs } from "#lib/core/time.ts";
import { claimedIdentity, type Identity } from "#lib/server/access/identity.ts";
import type { OidcConfig } from "#lib/server/config/access-config.ts";
import { isLoopback } from "#lib/server/hosts.ts";

const timeLimitSeconds = 10;
/** Where people are sent to sign in changes rarely; what signatures are checked by is asked for each time. */
const addressesGoodMs = 300_000;

export const callbackPath = "/sign-in/callback";
export const signedOutPath = "/signed-out";

/** What has to come back unchanged from the issuer, or be known to us alone. */
export interface Attempt {
  state: string;
  nonce: string;
  codeVerifier: string;
}

/** The issuer can't be reached, or does not answer as one. */
export class IssuerAway extends Error {}

/** The OpenID Connect issuer that people sign in at: authorisation code with PKCE. */
export class Issuer {
  readonly #config: OidcConfig;
  /** The claim that roles are told by. */
  rolesClaim: string;
  #known: { client: oidc.Configuration; at: EpochMs } | null = null;

  constructor(config: OidcConfig, rolesClaim: string) {
    this.#config = config;
    this.rolesClaim = rolesClaim;
  }

  /** Where to send somebody, and what to keep until they are back. @throws Error where the issuer can't be asked */
  async begin(now: EpochMs): Promise<{ url: string; attempt: Attempt }> {
    const attempt = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      codeVerifier: oidc.randomPKCECodeVerifier(),
    };
    const url = oidc.buildAuthorizationUrl(await this.#addresses(now), {
      redirect_uri: `${this.#config.publicUrl}${callbackPath}`,
      scope: this.#config.scope,
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(attempt.codeVerifier),
      code_challenge_method: "S256",
    });
    return { url: url.href, attempt };
  }

  /**
   * Who came back. The keys are fetched anew each time, so one that the issuer has changed is found.
   * @param pathAndQuery of the request that the issuer sent the browser to
   * @throws Error where anything of the answer, of the code or of the ID token is not as it has to be
   */
  async finish(pathAndQuery: string, attempt: Attempt): Promise<{ identity: Identity; idToken: string }> {
    const client = await this.#discover();
    const tokens = await oidc.authorizationCodeGrant(client, new URL(pathAndQuery, this.#config.publicUrl), {
      expectedState: attempt.state,
      expectedNonce: attempt.nonce,
      pkceCodeVerifier: attempt.codeVerifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined || tokens.id_token === undefined)
      throw new Error("The issuer sent no ID token.");
    return { identity: claimedIdentity(claims, this.rolesClaim), idToken: tokens.id_token };
  }

  /** Where signing out goes on, at the issuer; null where it has no such place, or can't be asked. */
  async endSessionUrl(idToken: string | null, now: EpochMs): Promise<string | null> {
    try {
      const client = await this.#addresses(now);
      if (client.serverMetadata().end_session_endpoint === undefined) return null;
      return oidc.buildEndSessionUrl(client, {
        post_logout_redirect_uri: `${this.#config.publicUrl}${signedOutPath}`,
        ...(idToken === null ? {} : { id_token_hint: idToken }),
      }).href;
    } catch {
      return null;
    }
  }

  /** What signatures of tokens are checked by. @throws IssuerAway; Error where the issuer names no keys */
  async keys(now: EpochMs): Promise<{ issuer: string; jwksUri: string }> {
    const { issuer, jwks_uri } = (await this.#addresses(now)).serverMetadata();
    if (jwks_uri === undefined) throw new Error("The issuer names no keys.");
    return { issuer, jwksUri: jwks_uri };
  }

  async #addresses(now: EpochMs): Promise<oidc.Configuration> {
    if (this.#known === null || now - this.#known.at > addressesGoodMs) {
      this.#known = { client: await this.#discover(), at: now };
    }
    return this.#known.client;
  }

  async #discover(): Promise<oidc.Configuration> {
    try {
      return await this.#ask();
    } catch (cause) {
      throw new IssuerAway("The issuer could not be asked for its addresses.", { cause });
    }
  }

  async #ask(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret } = this.#config;
    const server = new URL(issuer);
    const client = await oidc.discovery(server, clientId, clientSecret?.reveal(), undefined, {
      timeout: timeLimitSeconds,
      execute: [
        // A token that came straight from the issuer need not be checked by its signature; ours is, all the same.
        oidc.enableNonRepudiationChecks,
        ...(server.protocol === "http:" && isLoopback(server.hostname) ? [oidc.allowInsecureRequests] : []),
      ],
    });
    if (client.serverMetadata().issuer.includes("{tenantid}")) {
      throw new Error("The issuer answers for every tenant; name one by its id in TIDEMARK_OIDC_ISSUER.");
    }
    return client;
  }
}
