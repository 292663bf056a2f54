import { createHash } from "node:crypto";
import { z } from "zod";
import { AppError } from "#lib/core/app-error.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { ExpiringSet } from "#lib/server/access/expiring-set.ts";
import type { AccessConfig, OidcConfig } from "#lib/server/config/access-config.ts";
import { parseCookies, seal, setCookie, unseal } from "./cookies.ts";
import { DeviceSignIns } from "./device-sign-in.ts";
import { Issuer } from "./issuer.ts";
import { returnPath } from "./return-path.ts";
import { type Session, Sessions } from "./sessions.ts";

const attemptSeconds = 600;
const mostAttempts = 8;
const attemptPrefix = "tidemark-sign-in-";
const idTokenName = "tidemark-id";
export const signInPath = "/sign-in";
const signOutPath = "/api/v1/sign-out";

const attemptSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  returnTo: z.string(),
});

export interface Onward {
  location: string;
  cookies: string[];
}

export class SignIn {
  readonly sessions: Sessions;
  readonly devices: DeviceSignIns;
  readonly #config: OidcConfig;
  readonly #issuer: Issuer;
  readonly #isSecure: boolean;
  readonly #used = new ExpiringSet();

  constructor(config: OidcConfig, { grants, rolesClaim }: Pick<AccessConfig, "grants" | "rolesClaim">) {
    this.sessions = new Sessions(config, grants);
    this.#config = config;
    this.#issuer = new Issuer(config, rolesClaim);
    this.devices = new DeviceSignIns(config, this.#issuer, this.sessions);
    this.#isSecure = config.publicUrl.startsWith("https:");
  }

  changeAccess({ grants, rolesClaim }: Pick<AccessConfig, "grants" | "rolesClaim">): void {
    this.sessions.changeGrants(grants);
    this.#issuer.rolesClaim = rolesClaim;
  }

  async begin(wanted: string | null, cookieHeader: string | undefined, now: EpochMs): Promise<Onward> {
    const { url, attempt } = await this.#issuer.begin(now);
    const data = { ...attempt, returnTo: returnPath(wanted) };
    const sealed = await seal(data, this.#config.sessionSecret, attemptSeconds);
    if (sealed === null) return this.begin(null, cookieHeader, now);
    const open = [...parseCookies(cookieHeader).keys()].filter((name) => name.startsWith(attemptPrefix));
    const stale = open.length < mostAttempts ? [] : open;
    return {
      location: url,
      cookies: [
        ...stale.map((name) => this.#cookie(name, signInPath, "", 0)),
        this.#cookie(attemptName(attempt.state), signInPath, sealed, attemptSeconds),
      ],
    };
  }

  /**
   * Finishes an attempt when the browser returns; each works once.
   * @throws AppError `unauthenticated` if it never left; Error if the answer is not valid
   */
  async finish(pathAndQuery: string, cookieHeader: string | undefined, now: EpochMs): Promise<Onward> {
    const state = this.#stateIn(pathAndQuery);
    const begun = await this.#begun(state, cookieHeader);
    if (begun === null || this.#used.has(state)) {
      throw new AppError(
        "unauthenticated",
        "This browser began no such sign-in, has ended it already, did so more than ten minutes ago, or takes no cookies.",
      );
    }
    const { returnTo, ...attempt } = begun;
    this.#used.add(state, now + attemptSeconds * 1000, now);
    const { identity, idToken } = await this.#issuer.finish(pathAndQuery, attempt);
    const seconds = this.#config.sessionMs / 1000;
    const keptToken = await seal({ idToken }, this.#config.sessionSecret, seconds);
    return {
      location: returnTo,
      cookies: [
        this.#cookie(attemptName(state), signInPath, "", 0),
        await this.sessions.begin(identity, now),
        // Only saves a question when signing out; dropped if too long.
        this.#cookie(idTokenName, signOutPath, keptToken ?? "", keptToken === null ? 0 : seconds),
      ],
    };
  }

  async giveUp(
    pathAndQuery: string,
    cookieHeader: string | undefined,
  ): Promise<{ cookie: string; returnTo: string | null }> {
    const state = this.#stateIn(pathAndQuery);
    const begun = await this.#begun(state, cookieHeader);
    return {
      cookie: this.#cookie(attemptName(state), signInPath, "", 0),
      returnTo: begun?.returnTo ?? null,
    };
  }

  #stateIn(pathAndQuery: string): string {
    return new URL(pathAndQuery, this.#config.publicUrl).searchParams.get("state") ?? "";
  }

  async #begun(
    state: string,
    cookieHeader: string | undefined,
  ): Promise<z.infer<typeof attemptSchema> | null> {
    const sealed = parseCookies(cookieHeader).get(attemptName(state)) ?? "";
    const opened = await unseal(sealed, this.#config.sessionSecret, attemptSeconds);
    return attemptSchema.safeParse(opened).data ?? null;
  }

  async end(session: Session | null, cookieHeader: string | undefined, now: EpochMs): Promise<Onward> {
    const sealed = parseCookies(cookieHeader).get(idTokenName) ?? "";
    const seconds = this.#config.sessionMs / 1000;
    const kept = z
      .object({ idToken: z.string() })
      .safeParse(await unseal(sealed, this.#config.sessionSecret, seconds));
    const location = await this.#issuer.endSessionUrl(kept.data?.idToken ?? null, now);
    return {
      location: location ?? "/signed-out",
      cookies: [this.sessions.end(session, now), this.#cookie(idTokenName, signOutPath, "", 0)],
    };
  }

  #cookie(name: string, path: string, value: string, maxAgeSeconds: number): string {
    return setCookie({ name, path, isSecure: this.#isSecure, maxAgeSeconds }, value);
  }
}

/** The state may contain anything, so hash it. */
function attemptName(state: string): string {
  return attemptPrefix + createHash("sha256").update(state).digest("hex").slice(0, 16);
}
