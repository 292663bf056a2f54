import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { EpochMs } from "#lib/core/time.ts";
import { ExpiringSet } from "#lib/server/access/expiring-set.ts";
import type { Identity } from "#lib/server/access/identity.ts";
import type { ClaimGrant, OidcConfig } from "#lib/server/config/access-config.ts";
import { parseCookies, seal, setCookie, unseal } from "./cookies.ts";

const sessionSchema = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  values: z.array(z.string()),
  hasTooManyGroups: z.boolean(),
  until: z.number(),
});
export type Session = z.infer<typeof sessionSchema>;

export class Sessions {
  readonly #config: OidcConfig;
  #granted: ReadonlySet<string> = new Set();
  readonly #isSecure: boolean;
  readonly #name: string;
  /** Ended sessions: a kept copy of their cookie is refused here. */
  readonly #ended = new ExpiringSet();

  /** @param grants only claim values that they name are kept, since cookies are small */
  constructor(config: OidcConfig, grants: readonly ClaimGrant[]) {
    this.#config = config;
    this.changeGrants(grants);
    this.#isSecure = config.publicUrl.startsWith("https:");
    // Browsers accept this prefix only from this very host over TLS.
    this.#name = `${this.#isSecure ? "__Host-" : ""}tidemark-session`;
  }

  changeGrants(grants: readonly ClaimGrant[]): void {
    this.#granted = new Set(grants.flatMap(({ values }) => values));
  }

  /** @throws Error if the identity is too long for a cookie, as `beginForProgram` does */
  async begin(identity: Identity, now: EpochMs): Promise<string> {
    return this.#cookie(await this.#seal(identity, now), this.#config.sessionMs / 1000);
  }

  async beginForProgram(identity: Identity, now: EpochMs): Promise<string> {
    return `${this.#name}=${await this.#seal(identity, now)}`;
  }

  async #seal(identity: Identity, now: EpochMs): Promise<string> {
    const { sessionMs, sessionSecret } = this.#config;
    const values = identity.values.filter((value) => this.#granted.has(value));
    const session: Session = { ...identity, id: randomUUID(), values, until: now + sessionMs };
    const sealed = await seal(session, sessionSecret, sessionMs / 1000);
    if (sealed === null) throw new Error("The account's name or its groups are too long for a cookie.");
    return sealed;
  }

  async read(cookieHeader: string | undefined, now: EpochMs): Promise<Session | null> {
    const sealed = parseCookies(cookieHeader).get(this.#name);
    if (sealed === undefined) return null;
    const { sessionSecret, sessionMs } = this.#config;
    const parsed = sessionSchema.safeParse(await unseal(sealed, sessionSecret, sessionMs / 1000));
    if (!parsed.success || parsed.data.until <= now || this.#ended.has(parsed.data.id)) return null;
    return parsed.data;
  }

  end(session: Session | null, now: EpochMs): string {
    if (session !== null) this.#ended.add(session.id, session.until, now);
    return this.#cookie("", 0);
  }

  #cookie(value: string, maxAgeSeconds: number): string {
    return setCookie({ name: this.#name, path: "/", isSecure: this.#isSecure, maxAgeSeconds }, value);
  }
}
