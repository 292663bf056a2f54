import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import type { PreviewRequest, Reset, ResetPlan } from "#lib/api/resets.ts";
import type { LiveSettings } from "#lib/reset/group/live-pace.ts";
import type { TestConfig } from "#tests/support/fixtures/test-config.ts";
import type { Read, RecordingTask } from "#tests/support/recording-processor.ts";
import type { LocalWorld } from "../local-world.ts";
import type { FromChild, ToChild } from "./reset-child.ts";

const folder = import.meta.dirname;

export interface LiveChild {
  process: ChildProcess;
  exited: Promise<void>;
  log(): string;
  /** @throws Error with the refusal, or when the child ends meanwhile */
  preview(group: string, request: PreviewRequest, hub?: string): Promise<ResetPlan>;
  apply(plan: ResetPlan): Promise<Reset>;
  reset(id: string): Promise<Reset>;
}

export async function startLiveChild(
  world: LocalWorld,
  eventHubs: readonly string[],
  over: {
    liveResets?: Partial<LiveSettings>;
    expirationSeconds: number;
    dataDir: string;
    databaseUrl?: string;
  },
): Promise<LiveChild> {
  const { expirationSeconds, ...rest } = over;
  const config: TestConfig = {
    refreshSeconds: 2,
    hubs: eventHubs.map((name) =>
      world.hubConfig(name, {
        ownershipExpirationSeconds: expirationSeconds,
        inspectionConsumerGroup: "inspect",
      }),
    ),
    ...rest,
  };
  const child = spawn(process.execPath, [join(folder, "reset-child.ts"), JSON.stringify(config)], {
    env: { ...process.env, TIDEMARK_LOG_LEVEL: "warn" },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let log = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    log = (log + text).slice(-20_000);
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const gone = exited.then((): never => {
    throw new Error(`The dashboard has ended: ${log}`);
  });
  gone.catch(() => {});
  let answered: (message: FromChild) => void = () => {};
  const answer = () =>
    Promise.race([
      gone,
      new Promise<FromChild>((resolve) => {
        answered = resolve;
      }),
    ]);
  child.on("message", (message: FromChild) => {
    if (!("told" in message)) answered(message);
  });
  await answer();
  let last: Promise<unknown> = Promise.resolve();
  const ask = (question: ToChild): Promise<FromChild> => {
    const asked = last
      .catch(() => {})
      .then(() => {
        const coming = answer();
        if (child.connected) child.send(question, () => {});
        return coming;
      });
    last = asked;
    return asked;
  };
  const resetOf = (message: FromChild): Reset => {
    if ("answer" in message) return message.answer;
    throw new Error(JSON.stringify(message));
  };
  const address = (hub: string, group: string) => ({ hub, group, store: undefined });
  const [hub = ""] = eventHubs;
  return {
    process: child,
    exited,
    log: () => log,
    preview: async (group, request, id = hub) => {
      const message = await ask({ preview: address(id, group), request, actor: "admin-1" });
      if ("plan" in message) return message.plan;
      throw new Error(JSON.stringify(message));
    },
    apply: async ({ hub: id, group, planId }) =>
      resetOf(
        await ask({ apply: address(id, group), request: { planId, confirm: group }, actor: "admin-1" }),
      ),
    reset: async (id) => resetOf(await ask({ reset: id })),
  };
}

export function startProcessorChild(task: RecordingTask, tell: (read: Read) => void): ChildProcess {
  const child = spawn(
    process.execPath,
    [join(folder, "../../recording-processor.ts"), JSON.stringify(task)],
    {
      env: { ...process.env },
      stdio: ["ignore", "pipe", "ignore", "ipc"],
    },
  );
  let rest = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) tell(JSON.parse(line) as Read);
  });
  return child;
}
