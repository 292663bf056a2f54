import * as oidc from "openid-client";
import type { EpochMs } from "#lib/core/time.ts";
import { claimedIdentity, type Identity } from "#lib/server/access/identity.ts";
import type { OidcConfig } from "#lib/server/config/access-config.ts";
import { isLoopback } from "#lib/server/hosts.ts";

const timeLimitSeconds = 10;
const addressesGoodMs = 300_000;

export const callbackPath = "/sign-in/callback";
export const signedOutPath = "/signed-out";

const deviceGrant = "urn:ietf:params:oauth:grant-type:device_code";
/** RFC 8628, 3.5. `invalid_grant`: what issuers answer about a code that was used. */
const deviceOutcomes: Record<string, "pending" | "slowDown" | "declined" | "over"> = {
  authorization_pending: "pending",
  slow_down: "slowDown",
  access_denied: "declined",
  authorization_declined: "declined",
  expired_token: "over",
  invalid_grant: "over",
};

type DeviceAuthorization = Awaited<ReturnType<typeof oidc.initiateDeviceAuthorization>>;

export interface Attempt {
  state: string;
  nonce: string;
  codeVerifier: string;
}

export class IssuerAway extends Error {}

export class Issuer {
  readonly #config: OidcConfig;
  rolesClaim: string;
  #known: { client: oidc.Configuration; at: EpochMs } | null = null;

  constructor(config: OidcConfig, rolesClaim: string) {
    this.#config = config;
    this.rolesClaim = rolesClaim;
  }

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
   * Fetches the keys each time, so that changed ones are found.
   * @param pathAndQuery of the request that the issuer redirected to
   * @throws Error if the answer, the code or the ID token is not valid
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

  async beginDevice(now: EpochMs): Promise<DeviceAuthorization | null> {
    const client = await this.#addresses(now);
    if (client.serverMetadata().device_authorization_endpoint === undefined) return null;
    return oidc.initiateDeviceAuthorization(client, { scope: this.#config.scope });
  }

  /**
   * Asks once who has typed the code, with freshly fetched keys. `over`: the code has expired or was used.
   * @throws IssuerAway; Error for an invalid answer or ID token
   */
  async pollDevice(deviceCode: string): Promise<Identity | "pending" | "slowDown" | "declined" | "over"> {
    const client = await this.#discover();
    try {
      const tokens = await oidc.genericGrantRequest(client, deviceGrant, { device_code: deviceCode });
      const claims = tokens.claims();
      if (claims === undefined) throw new Error("The issuer sent no ID token.");
      return claimedIdentity(claims, this.rolesClaim);
    } catch (error) {
      const outcome = error instanceof oidc.ResponseBodyError ? deviceOutcomes[error.error] : undefined;
      if (outcome === undefined) throw error;
      return outcome;
    }
  }

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
        // A token straight from the issuer needs no signature check, but gets one.
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
