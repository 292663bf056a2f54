import type { exitCodes } from "./declarations.ts";

export type Outcome = keyof typeof exitCodes;

/** What ends a command with a sentence for the person, and with an exit code for the script. */
export class CommandFailure extends Error {
  readonly outcome: Outcome;

  constructor(outcome: Outcome, message: string) {
    super(message);
    this.name = "CommandFailure";
    this.outcome = outcome;
  }
}

/** The command line, or a value of it, is wrong. */
export function usage(message: string): CommandFailure {
  return new CommandFailure("usage", message);
}
