import type { exitCodes } from "./declarations.ts";

export type Outcome = keyof typeof exitCodes;

/** `mayPass`: the same call may succeed later without anybody's help. */
export class CommandFailure extends Error {
  readonly outcome: Outcome;
  readonly mayPass: boolean;

  constructor(outcome: Outcome, message: string, { mayPass = false } = {}) {
    super(message);
    this.name = "CommandFailure";
    this.outcome = outcome;
    this.mayPass = mayPass;
  }
}

export function usage(message: string): CommandFailure {
  return new CommandFailure("usage", message);
}
