import type { exitCodes } from "./declarations.ts";

export type Outcome = keyof typeof exitCodes;

export class CommandFailure extends Error {
  readonly outcome: Outcome;

  constructor(outcome: Outcome, message: string) {
    super(message);
    this.name = "CommandFailure";
    this.outcome = outcome;
  }
}

export function usage(message: string): CommandFailure {
  return new CommandFailure("usage", message);
}
