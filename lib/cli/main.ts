import { setGlobalProxyFromEnv } from "node:http";
import tab from "@bomb.sh/tab/commander";
import { CommanderError } from "commander";
import { exitCodes } from "./declarations.ts";
import { CommandFailure, type Outcome } from "./failure.ts";
import { configFolder, KeptSignIns } from "./kept-sign-ins.ts";
import { createProgram } from "./program.ts";

async function main(): Promise<void> {
  setGlobalProxyFromEnv();
  const stopping = new AbortController();
  process.once("SIGINT", () => stopping.abort());
  // The reader has seen enough: `| head`.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    process.exit(error.code === "EPIPE" ? exitCodes.done.code : exitCodes.failed.code);
  });
  const end = (outcome: Outcome) => {
    process.exitCode = exitCodes[outcome].code;
  };
  const program = createProgram(end, stopping.signal, new KeptSignIns(configFolder(process.env)));
  tab(program);
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? exitCodes.done.code : exitCodes.usage.code;
    } else if (error instanceof CommandFailure) {
      process.stderr.write(`tidemark: ${error.message}\n`);
      end(error.outcome);
    } else {
      throw error;
    }
  }
}

await main();
