import { z } from "zod";
import type { DeviceOutcome, DeviceSignIn } from "#lib/api/sign-in.ts";
import { AppError } from "#lib/core/app-error.ts";
import { type EpochMs, toIso } from "#lib/core/time.ts";
import type { OidcConfig } from "#lib/server/config/access-config.ts";
import { log } from "../../http/log.ts";
import { seal, unseal } from "./cookies.ts";
import { type Issuer, IssuerAway } from "./issuer.ts";
import type { Sessions } from "./sessions.ts";

/** No attempt is kept for longer, whatever the issuer allows. */
const longestSeconds = 1_800;
/** RFC 8628, 3.2, where the issuer names none. */
const defaultIntervalSeconds = 5;

const attemptSchema = z.object({ kind: z.literal("device"), deviceCode: z.string(), until: z.number() });

/**
 * Signing in without a browser at hand: the person types a code at the issuer (RFC 8628), and the program
 * gets the session that a browser would have got. The issuer's device code stays sealed; nothing is kept
 * here.
 */
export class DeviceSignIns {
  readonly #config: OidcConfig;
  readonly #issuer: Issuer;
  readonly #sessions: Sessions;

  constructor(config: OidcConfig, issuer: Issuer, sessions: Sessions) {
    this.#config = config;
    this.#issuer = issuer;
    this.#sessions = sessions;
  }

  /** @throws AppError `deviceSignInUnavailable` where the issuer has no such thing, `issuerFailed` */
  async begin(now: EpochMs): Promise<DeviceSignIn> {
    const begun = await told(this.#issuer.beginDevice(now));
    if (begun === null) {
      throw deviceSignInUnavailable("The issuer that people sign in at has no sign-in by device code.");
    }
    const seconds = Math.min(begun.expires_in, longestSeconds);
    const until = now + seconds * 1_000;
    const data = { kind: "device", deviceCode: begun.device_code, until };
    const attempt = await seal(data, this.#config.sessionSecret, seconds);
    if (attempt === null) throw issuerFailed("The issuer's device code is too long.");
    return {
      attempt,
      userCode: begun.user_code,
      verificationUri: begun.verification_uri,
      verificationUriComplete: begun.verification_uri_complete ?? null,
      expiresAt: toIso(until),
      intervalSeconds: begun.interval ?? defaultIntervalSeconds,
    };
  }

  /**
   * Asks the issuer once whether the person has signed in. Each attempt is good for one session.
   * @throws AppError `unauthenticated` where they declined, or the attempt is over or none; `issuerFailed`
   */
  async poll(attempt: string, now: EpochMs): Promise<DeviceOutcome> {
    const { sessionSecret, sessionMs } = this.#config;
    const opened = attemptSchema.safeParse(await unseal(attempt, sessionSecret, longestSeconds)).data;
    if (opened === undefined || opened.until <= now) throw over();
    const answer = await told(this.#issuer.pollDevice(opened.deviceCode));
    if (answer === "pending" || answer === "slowDown")
      return { state: "pending", slowDown: answer === "slowDown" };
    if (answer === "declined")
      throw new AppError("unauthenticated", "The sign-in was declined at the issuer.");
    if (answer === "over") throw over();
    const cookie = await this.#sessions.beginForProgram(answer, now);
    return { state: "signedIn", cookie, name: answer.name, until: toIso(now + sessionMs) };
  }
}

export function deviceSignInUnavailable(why: string): AppError {
  return new AppError("deviceSignInUnavailable", `${why} Use an API token.`);
}

function over(): AppError {
  return new AppError("unauthenticated", "This sign-in is over: it was used, or not finished in time.");
}

function issuerFailed(message: string, cause?: unknown): AppError {
  return new AppError("issuerFailed", message, { cause });
}

async function told<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    log.warn({ err: error }, "A sign-in by device code failed.");
    throw error instanceof IssuerAway
      ? issuerFailed("The sign-in issuer can't be reached now.", error)
      : issuerFailed("The sign-in by device code failed at the issuer; the dashboard's log says why.", error);
  }
}
