import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import type { ContainerClient } from "@azure/storage-blob";
import { expect } from "vitest";
import type { GroupMove, GroupMovePreviewRequest } from "#lib/api/plans/group-moves.ts";
import type { Caller } from "#lib/server/access/caller.ts";
import type { GroupMovesRuntime } from "#lib/server/moves/group-moves-runtime.ts";
import type { ResetsRuntime } from "#lib/server/resets/resets-runtime.ts";
import type { TestConfig } from "#tests/support/fixtures/test-config.ts";
import type { Asked } from "./group-moves-child.ts";

export const admin1: Caller = { name: "admin-1", key: "admin-1", role: "admin" };

type Answer = { question: number } & ({ answer: unknown } | { refused: string });

export class MovingChild {
  readonly process: ChildProcess;
  readonly exited: Promise<void>;
  readonly #ready: Promise<void>;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #asked = 0;
  #log = "";

  constructor(config: TestConfig) {
    const file = join(import.meta.dirname, "group-moves-child.ts");
    this.process = spawn(process.execPath, [file, JSON.stringify(config)], {
      env: { ...process.env, TIDEMARK_LOG_LEVEL: "error" },
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    this.process.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#log = (this.#log + text).slice(-20_000);
    });
    this.exited = new Promise((resolve) => this.process.once("exit", () => resolve()));
    this.#ready = new Promise((resolve) => {
      this.process.on("message", (message: Answer | { isReady: true }) => {
        if ("isReady" in message) resolve();
        else this.#waiting.get(message.question)?.(message);
      });
    });
  }

  static async start(config: TestConfig): Promise<MovingChild> {
    const child = new MovingChild(config);
    await child.#unlessGone(child.#ready);
    return child;
  }

  moves<Ask extends keyof GroupMovesRuntime>(
    ask: Ask,
    ...args: Parameters<GroupMovesRuntime[Ask]>
  ): ReturnType<GroupMovesRuntime[Ask]> {
    return this.#ask({ room: "groupMoves", ask, args }) as ReturnType<GroupMovesRuntime[Ask]>;
  }

  resets<Ask extends "reset">(
    ask: Ask,
    ...args: Parameters<ResetsRuntime[Ask]>
  ): ReturnType<ResetsRuntime[Ask]> {
    return this.#ask({ room: "resets", ask, args }) as ReturnType<ResetsRuntime[Ask]>;
  }

  async kill(): Promise<void> {
    this.process.kill("SIGKILL");
    await this.exited;
  }

  async #ask(asked: Omit<Asked, "question">): Promise<unknown> {
    this.#asked += 1;
    const question = this.#asked;
    const coming = new Promise<Answer>((resolve) => this.#waiting.set(question, resolve));
    this.process.send({ ...asked, question } satisfies Asked, () => {});
    const answer = await this.#unlessGone(coming);
    this.#waiting.delete(question);
    if ("answer" in answer) return answer.answer;
    throw new Error(answer.refused);
  }

  #unlessGone<T>(coming: Promise<T>): Promise<T> {
    const gone = this.exited.then((): never => {
      throw new Error(`The dashboard has ended: ${this.#log}`);
    });
    return Promise.race([gone, coming]);
  }
}

/** Plans the groups, again until none of them counts as running any more. */
export async function plannedMove(
  child: Pick<MovingChild, "moves">,
  request: GroupMovePreviewRequest,
  wait: { timeout?: number; interval?: number } = {},
): Promise<GroupMove> {
  for (;;) {
    const { id } = await child.moves("preview", request, admin1);
    const planned = await reaching(child, id, ({ state }) => state === "planned", wait);
    if (!planned.entries.some(({ isRunning }) => isRunning)) return planned;
  }
}

export async function reaching(
  child: Pick<MovingChild, "moves">,
  id: string,
  isReached: (move: GroupMove) => boolean,
  { timeout = 60_000, interval = 20 } = {},
): Promise<GroupMove> {
  let move = await child.moves("groupMove", id);
  const until = Date.now() + timeout;
  // A dashboard that has ended answers no more: that is told at once.
  while (!isReached(move) && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, interval));
    move = await child.moves("groupMove", id);
  }
  expect(isReached(move), JSON.stringify({ state: move.state, results: move.results })).toBe(true);
  return move;
}

export async function begunUndo(
  child: Pick<MovingChild, "moves">,
  id: string,
  wait: { timeout?: number; interval?: number } = {},
): Promise<{ planned: GroupMove; begun: GroupMove }> {
  const undo = await child.moves("undo", id, { whenRunning: "skip" }, admin1);
  const planned = await reaching(child, undo.id, ({ state }) => state === "planned", wait);
  const begun = await child.moves("apply", undo.id, { confirm: undo.to.store }, admin1);
  return { planned, begun };
}

export async function contentOf(container: ContainerClient): Promise<Record<string, unknown>> {
  const all: Record<string, unknown> = {};
  for await (const { name, metadata, properties } of container.listBlobsFlat({ includeMetadata: true })) {
    const { contentLength, contentType, contentMD5 } = properties;
    all[name] = { metadata, contentLength, contentType, md5: Buffer.from(contentMD5 ?? []).toString("hex") };
  }
  return all;
}
