/** A failed call to this dashboard's own server, in words that can stand on the page. */
export class ClientError extends Error {
  /** The server's stable code, or `unreachable`, `timedOut`, `notUnderstood` where no answer of its own came. */
  readonly code: string;
  readonly status: number | null;
  readonly requestId: string | null;

  constructor(
    code: string,
    message: string,
    more: { status?: number; requestId?: string; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? {} : { cause: more.cause });
    this.name = "ClientError";
    this.code = code;
    this.status = more.status ?? null;
    this.requestId = more.requestId ?? null;
  }
}

/** The stable code of a failed call; null for whatever else went wrong. */
export function codeOf(error: unknown): string | null {
  return error instanceof ClientError ? error.code : null;
}

/** The server gave no answer at all. */
export function unreachable(cause: unknown): ClientError {
  return new ClientError(
    "unreachable",
    "The dashboard's server can't be reached. Check that it is running and that this machine is online.",
    { cause },
  );
}
