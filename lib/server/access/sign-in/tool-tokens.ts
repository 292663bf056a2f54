import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from "jose";
import { roles } from "#lib/core/access.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { type AdmittedCaller, person } from "#lib/server/access/caller.ts";
import { claimedIdentity } from "#lib/server/access/identity.ts";
import type { AccessConfig, OidcConfig } from "#lib/server/config/access-config.ts";
import { Issuer } from "./issuer.ts";

const metadataPath = "/.well-known/oauth-protected-resource";
const clockSkewSeconds = 30;
const timeLimitMs = 10_000;

const scopes = roles.map((role) => `tidemark.${role}`);

/**
 * Accepts the issuer's access tokens for tools at `/mcp`, as an OAuth protected resource (RFC 9728, RFC
 * 9068).
 */
export class ToolTokens {
  readonly #config: OidcConfig;
  readonly #issuer: Issuer;
  readonly #resource: string;
  #keys: { uri: string; get: ReturnType<typeof createRemoteJWKSet> } | null = null;

  constructor(config: OidcConfig) {
    this.#config = config;
    this.#issuer = new Issuer(config, "");
    this.#resource = `${config.publicUrl}/mcp`;
  }

  metadataAt(path: string): object | null {
    if (path !== metadataPath && path !== `${metadataPath}/mcp`) return null;
    return {
      resource: this.#resource,
      resource_name: "Tidemark",
      authorization_servers: [this.#config.issuer],
      scopes_supported: scopes,
      bearer_methods_supported: ["header"],
      resource_documentation: `${this.#config.publicUrl}/help/assistants`,
    };
  }

  /** A refusal's WWW-Authenticate header, which tells clients where to get a token. */
  challenge({ code }: AppError): string {
    const lacks =
      code === "forbidden" ? `error="insufficient_scope", scope="${scopes[0]}"` : `scope="${scopes[0]}"`;
    return `Bearer resource_metadata="${this.#config.publicUrl}${metadataPath}/mcp", ${lacks}`;
  }

  /**
   * Returns the person behind a bearer token, with their roles limited by its scopes.
   * @throws AppError `unauthenticated` if it is not valid here, `forbidden` if it has none of the scopes
   */
  async caller(
    token: string,
    { grants, rolesClaim }: Pick<AccessConfig, "grants" | "rolesClaim">,
    now: EpochMs,
  ): Promise<AdmittedCaller> {
    const claims = await this.#verified(token, now);
    const { sub, exp = 0 } = claims;
    if (sub === undefined) throw refused("It names nobody.");
    const held = scopesOf(claims);
    const most = roles.findLast((role) => held.has(`tidemark.${role}`));
    if (most === undefined) {
      throw new AppError("forbidden", `The access token has none of the scopes ${scopes.join(", ")}.`);
    }
    const identity = claimedIdentity({ ...claims, sub }, rolesClaim);
    const capped = grants.map((grant) => ({
      ...grant,
      role: roles[Math.min(roles.indexOf(grant.role), roles.indexOf(most))] ?? most,
    }));
    return person(identity, this.#config.issuer, capped, exp * 1000);
  }

  async #verified(token: string, now: EpochMs): Promise<JWTPayload> {
    try {
      const { issuer, jwksUri } = await this.#issuer.keys(now);
      if (this.#keys?.uri !== jwksUri) {
        const get = createRemoteJWKSet(new URL(jwksUri), { timeoutDuration: timeLimitMs });
        this.#keys = { uri: jwksUri, get };
      }
      const { publicUrl, clientId } = this.#config;
      const { payload } = await jwtVerify(token, this.#keys.get, {
        issuer,
        // Some issuers name the dashboard by its address, others by its client.
        audience: [this.#resource, publicUrl, clientId],
        requiredClaims: ["exp"],
        clockTolerance: clockSkewSeconds,
        currentDate: new Date(now),
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw refused("It has expired.");
      if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout)) {
        throw refused("It is not the issuer's, or not for this dashboard.");
      }
      throw new AppError(
        "unauthenticated",
        "The issuer's keys can't be read now to check the access token.",
        {
          retryable: true,
          cause: error,
        },
      );
    }
  }
}

export function bearerJwt(header: string | undefined): string | null {
  return /^bearer +([\w-]+\.[\w-]+\.[\w-]+) *$/i.exec(header ?? "")?.[1] ?? null;
}

function refused(why: string): AppError {
  return new AppError("unauthenticated", `The access token is not accepted. ${why}`);
}

/** The standard has `scope`, Microsoft Entra ID `scp`. */
function scopesOf({ scope, scp }: JWTPayload): ReadonlySet<string> {
  const texts = [scope, scp].flat().filter((text): text is string => typeof text === "string");
  return new Set(texts.flatMap((text) => text.split(" ")));
}
