import type { z } from "zod";
import { errorBodySchema } from "#lib/api/errors.ts";
import type { Operation } from "#lib/api/operations/operation.ts";
import { CommandFailure, type Outcome } from "./failure.ts";
import { withOptions } from "./output/shell-words.ts";

const timeLimitMs = 30_000;
/** A preview reads one event per partition from Azure. */
const longTimeLimitMs = 120_000;

const outcomes: Record<number, Outcome> = { 400: "usage", 401: "refused", 403: "refused", 409: "conflict" };

interface Input<P, Q, B> {
  params: P;
  query?: Q;
  body?: B;
}

type Proof = { token: string } | { cookie: string } | object;

/**
 * A client of the dashboard's API. Each operation's own schema parses its answers. Calls throw CommandFailure
 * with the dashboard's message, the constructor `usage` for an invalid URL.
 */
export class Api {
  readonly #base: string;
  readonly #proof: Proof;

  constructor(url: string, proof: Proof) {
    const parsed = URL.parse(url);
    if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
      throw new CommandFailure("usage", `--url is ${url}: it must be like https://tidemark.example.`);
    }
    this.#base = parsed.origin;
    this.#proof = proof;
  }

  get origin(): string {
    return this.#base;
  }

  signedInBy(cookie: string): Api {
    return new Api(this.#base, { cookie });
  }

  page(path: string): string {
    return this.#base + path;
  }

  async call<P extends z.ZodObject, Q extends z.ZodObject, A extends z.ZodType, B extends z.ZodType>(
    operation: Operation<P, Q, A, B>,
    { params, query, body }: Input<z.input<P>, z.input<Q>, z.input<B>>,
  ): Promise<z.output<A>> {
    const limitMs = operation.method === "get" ? timeLimitMs : longTimeLimitMs;
    const init =
      body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
    const response = await this.#send(addressOf(operation, params, query ?? {}), {
      method: operation.method.toUpperCase(),
      signal: AbortSignal.timeout(limitMs),
      ...init,
    });
    const parsed = operation.answer.safeParse(await response.json().catch(() => null));
    if (parsed.success) return parsed.data;
    throw new CommandFailure(
      "failed",
      `${this.#base} answered what this version does not know: take its own tidemark.`,
    );
  }

  async open(
    operation: Operation,
    query: object,
    signal: AbortSignal,
  ): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    const { body } = await this.#send(addressOf(operation, {}, query), { signal });
    if (body === null) throw new CommandFailure("failed", `${this.#base} sent no stream.`);
    return body;
  }

  async #send(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    if ("token" in this.#proof) headers.set("authorization", `Bearer ${this.#proof.token}`);
    if ("cookie" in this.#proof) headers.set("cookie", this.#proof.cookie);
    // A redirect leads to a sign-in page, which must not get the proof.
    const response = await fetch(this.#base + path, { ...init, headers, redirect: "manual" }).catch(
      (error) => {
        throw unanswered(this.#base, error);
      },
    );
    if (response.ok) return response;
    const said = errorBodySchema.safeParse(await response.json().catch(() => null));
    const outcome = outcomes[response.status] ?? "failed";
    const mayPass = response.status >= 500 || response.status === 429;
    const message = said.success
      ? `${withOptions(said.data.error.message)} (${said.data.error.code})`
      : `${this.#base} answered ${response.status}, and not as Tidemark does.`;
    throw new CommandFailure(outcome, message, { mayPass });
  }
}

function addressOf({ path, id }: Pick<Operation, "path" | "id">, params: object, query: object): string {
  const values = params as Record<string, unknown>;
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    if (values[name] === undefined) throw new Error(`${id} needs ${name}.`);
    return encodeURIComponent(String(values[name]));
  });
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return given.length === 0
    ? filled
    : `${filled}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

function unanswered(base: string, error: unknown): unknown {
  if (!(error instanceof Error) || error.name === "AbortError") return error;
  if (error.name === "TimeoutError")
    return new CommandFailure("failed", `${base} did not answer in time.`, { mayPass: true });
  const cause = error.cause instanceof Error ? error.cause.message || String(error.cause) : error.message;
  return new CommandFailure(
    "failed",
    `Nothing answers at ${base} (${cause}). Name the dashboard with --url or TIDEMARK_URL.`,
    { mayPass: true },
  );
}
