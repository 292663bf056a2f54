export class ClientError extends Error {
  /** The server's code, or `unreachable`, `timedOut`, `notUnderstood` without an answer of its own. */
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

export function codeOf(error: unknown): string | null {
  return error instanceof ClientError ? error.code : null;
}

export function unreachable(cause: unknown): ClientError {
  return new ClientError(
    "unreachable",
    "The dashboard's server can't be reached. Check that it is running and that this machine is online.",
    { cause },
  );
}
