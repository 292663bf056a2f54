import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "#lib/core/app-error.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { callbackPath, IssuerAway, signedOutPath } from "#lib/server/access/sign-in/issuer.ts";
import { returnPath } from "#lib/server/access/sign-in/return-path.ts";
import { type Onward, type SignIn, signInPath } from "#lib/server/access/sign-in/sign-in.ts";
import type { AccessConfig } from "../config/access-config.ts";
import { log } from "../http/log.ts";
import { isMcp } from "../http/operational.ts";
import { type PlainPage, plainPage } from "../http/plain-page.ts";
import type { Authenticated } from "./authenticate.ts";
import type { RateLimits } from "./rate-limits.ts";
import type { Refusals } from "./refusals.ts";

const signInsPerMinute = 30;

interface Visit extends Pick<Authenticated, "caller" | "hasTooManyGroups"> {
  path: string;
  address: string;
  cookies: string | undefined;
}

export class DoorPages {
  readonly #access: AccessConfig;
  readonly #signIn: SignIn | null;
  readonly #limits: RateLimits;
  readonly #refusals: Refusals;

  constructor(access: AccessConfig, signIn: SignIn | null, limits: RateLimits, refusals: Refusals) {
    this.#access = access;
    this.#signIn = signIn;
    this.#limits = limits;
    this.#refusals = refusals;
  }

  async answer(
    request: IncomingMessage,
    response: ServerResponse,
    visit: Visit,
    now: EpochMs,
  ): Promise<boolean> {
    const { path, caller } = visit;
    if (path === signInPath || path === callbackPath) {
      await this.#signingIn(request, response, visit, now);
      return true;
    }
    if (path === signedOutPath) {
      this.#show(response, 200, {
        title: "You are signed out",
        paragraphs: ["This browser is signed out of the dashboard."],
        link: { text: "Sign in", href: signInPath },
      });
      return true;
    }
    if (path.startsWith("/api/") || isMcp(path) || request.headers.rsc !== undefined) return false;
    if (caller === null) {
      this.#outside(request, response, visit.address);
      return true;
    }
    if (caller.role !== null) return false;
    this.#withoutRole(response, visit, caller.name);
    return true;
  }

  #outside(request: IncomingMessage, response: ServerResponse, address: string): void {
    if (this.#signIn !== null) {
      redirect(response, `${signInPath}?${new URLSearchParams({ return: request.url ?? "/" })}`);
      return;
    }
    log.debug({ address }, "A request came without a proof of the proxy's.");
    this.#show(response, 401, {
      title: "Nobody is signed in",
      paragraphs: [
        "This dashboard is reached through a proxy that signs people in, and this request did not come through it, or the proxy did not say who you are.",
      ],
    });
  }

  #withoutRole(response: ServerResponse, { hasTooManyGroups }: Visit, name: string): void {
    const { contact } = this.#access;
    this.#show(response, 403, {
      title: "You have no role here yet",
      paragraphs: [
        ["You are signed in as ", { strong: name }, ", and this account may not look at anything here."],
        ...(hasTooManyGroups
          ? [
              "It is in so many groups that the issuer left them out; ask for an app role in place of a group.",
            ]
          : []),
        contact === null
          ? "Ask whoever runs this dashboard for the role of viewer, operator or admin, then sign in again."
          : ["For the role of viewer, operator or admin ask ", { strong: contact }, ", then sign in again."],
      ],
      offersSignOut: this.#signIn !== null,
    });
  }

  async #signingIn(
    request: IncomingMessage,
    response: ServerResponse,
    { path, address, cookies }: Visit,
    now: EpochMs,
  ): Promise<void> {
    const url = request.url ?? "/";
    const wanted = new URL(url, "http://here.invalid").searchParams.get("return");
    // A proxy signs people in on any page.
    if (this.#signIn === null) return redirect(response, returnPath(wanted));
    const signIn = this.#signIn;
    const seconds = this.#limits.take(`signIn ${address}`, signInsPerMinute, now);
    if (seconds > 0) {
      response.setHeader("retry-after", String(seconds));
      const reason = `There were too many attempts: try again in ${seconds} s.`;
      return this.#failed(response, 429, reason, wanted);
    }
    try {
      const onward =
        path === signInPath
          ? await signIn.begin(wanted, cookies, now)
          : await signIn.finish(url, cookies, now);
      go(response, onward);
    } catch (error) {
      log.warn({ err: error, address }, "A sign-in failed.");
      const refusal = { code: "unauthenticated", message: `A sign-in failed, from ${address}.` };
      this.#refusals.note(
        { actor: "nobody", action: "signIn", hub: "", group: null, ...refusal },
        address,
        now,
      );
      let returnTo = wanted;
      if (path === callbackPath) {
        const givenUp = await signIn.giveUp(url, cookies);
        response.setHeader("set-cookie", givenUp.cookie);
        returnTo = givenUp.returnTo;
      }
      const isAway = error instanceof IssuerAway;
      const reason = isAway ? unreachable : error instanceof AppError ? error.message : whyNot(url);
      this.#failed(response, isAway ? 502 : 401, reason, returnTo);
    }
  }

  #failed(response: ServerResponse, status: number, reason: string, returnTo: string | null): void {
    const query = returnTo === null ? "" : `?${new URLSearchParams({ return: returnPath(returnTo) })}`;
    const link = { text: "Try again", href: signInPath + query };
    this.#show(response, status, { title: "The sign-in failed", paragraphs: [reason], link });
  }

  #show(response: ServerResponse, status: number, page: PlainPage): void {
    const policy = String(response.getHeader("content-security-policy") ?? "");
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
    const html = plainPage(page, nonce);
    response.writeHead(status, {
      "content-type": "text/html; charset=utf-8",
      "content-length": Buffer.byteLength(html),
      "cache-control": "no-store",
    });
    response.end(html);
  }
}

const unreachable = "The sign-in issuer can't be reached, or its answer is not valid. Try again in a moment.";

/** Shows the issuer's error code only: anybody can put free text into the address. */
function whyNot(url: string): string {
  const code = new URL(url, "http://here.invalid").searchParams.get("error");
  return code !== null && /^[a-z_]{1,40}$/.test(code)
    ? `The issuer answered: ${code}.`
    : "The issuer's answer is not valid: too old, used before, or meant for another browser.";
}

function go(response: ServerResponse, { location, cookies }: Onward): void {
  response.setHeader("set-cookie", cookies);
  redirect(response, location);
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { location, "cache-control": "no-store" });
  response.end();
}
