import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { type AlertReceiver, startAlertReceiver } from "./demo/alert-receiver.ts";
import { toEnvironment } from "./demo/child-settings.ts";
import { Children } from "./demo/children.ts";
import { dashboardConfig } from "./demo/dashboard-config.ts";
import { choosePort } from "./demo/port.ts";
import { startWorld, type World } from "./demo/start-world.ts";
import { type DemoGroup, demoGroups, demoHubs } from "./demo/world.ts";

// `npm run demo`: local event hubs and storage with real clients, and the dashboard.
const here = import.meta.dirname;
const extension = extname(import.meta.filename);
const say = (line: string) => process.stdout.write(`demo: ${line}\n`);
const children = new Children(say);
let world: World | null = null;
let receiver: AlertReceiver | null = null;
let folder: string | null = null;
let stopping: Promise<void> | null = null;

function stop(exitCode: number): Promise<void> {
  stopping ??= (async () => {
    say("stopping …");
    setTimeout(() => process.exit(exitCode), 9_000).unref();
    await children.stop();
    await world?.stop();
    receiver?.stop();
    if (folder !== null) await rm(folder, { recursive: true, force: true });
    process.exit(exitCode);
  })();
  return stopping;
}

if (process.argv.slice(2).some((argument) => argument === "--help" || argument === "-h")) {
  process.stdout.write(
    "Starts local event hubs, storage, producers, processors and the dashboard, and prints its URL. Ctrl-C ends all of it.\n" +
      "It takes no arguments. PORT chooses the dashboard's port: PORT=3001 npm run demo\n",
  );
  process.exit(0);
}

process.on("SIGINT", () => void stop(0));
process.on("SIGTERM", () => void stop(0));

function startProcessors(group: DemoGroup, { eventHubs, azurite, container }: World): void {
  for (let number = 1; number <= group.processors; number += 1) {
    const name = `${group.consumerGroup}-${number}`;
    children.start({
      name,
      script: join(here, `demo/processor${extension}`),
      mayLeave: group.behaviour.leavesAfterEvents !== undefined,
      env: toEnvironment({
        name,
        eventHub: group.eventHub,
        consumerGroup: group.consumerGroup,
        eventHubsConnectionString: eventHubs.connectionString,
        storageConnectionString: azurite.connectionString,
        container,
        behaviour: group.behaviour,
      }),
    });
  }
  if (group.restartEverySeconds !== undefined) {
    let turn = 0;
    setInterval(() => {
      const name = `${group.consumerGroup}-${(turn % group.processors) + 1}`;
      const isCrash = turn % 2 === 1;
      children.end(name, isCrash ? "SIGKILL" : "SIGTERM");
      say(`${name} ${isCrash ? "crashes" : "is deployed anew"}, as planned; it comes back`);
      turn += 1;
    }, group.restartEverySeconds * 1_000).unref();
  }
}

async function startDashboard(
  { eventHubs, azurite, container }: World,
  inFolder: string,
  file: string,
  port: number,
): Promise<string> {
  receiver = await startAlertReceiver(say);
  const connections = {
    eventHubs: eventHubs.connectionString,
    storage: azurite.connectionString,
    container,
    alerts: receiver.url,
  };
  await writeFile(file, JSON.stringify(dashboardConfig(connections), null, 2), { mode: 0o600 });
  return await new Promise((resolve, reject) => {
    let url: string | undefined;
    children.start({
      name: "the dashboard",
      script: join(here, `../server/start${extension}`),
      env: {
        TIDEMARK_CONFIG: file,
        TIDEMARK_DATA_DIR: join(inFolder, "data"),
        TIDEMARK_READ_ONLY: "false",
        HOSTNAME: "127.0.0.1",
        PORT: String(port),
      },
      onLine: (line) => {
        url ??= /http:\/\/\S+/.exec(line)?.[0];
        if (url !== undefined) resolve(url);
      },
      // Restarts it once it was up; one that never comes up would only fail again.
      onDeath: (lastWords) => {
        if (url === undefined) reject(new Error(["The dashboard did not start:", ...lastWords].join("\n")));
        return url !== undefined;
      },
    });
  });
}

async function main(): Promise<void> {
  const port = await choosePort(process.env.PORT);
  say("starting the local storage and the local event hubs …");
  folder = await mkdtemp(join(tmpdir(), "tidemark-demo-"));
  world = await startWorld();
  say("starting the dashboard …");
  const file = join(folder, "tidemark.config.json");
  const url = await startDashboard(world, folder, file, port);
  for (const hub of demoHubs.filter(({ eventsPerSecondPerPartition }) => eventsPerSecondPerPartition > 0)) {
    children.start({
      name: `the producer of ${hub.name}`,
      script: join(here, `demo/producer${extension}`),
      env: toEnvironment({
        eventHub: hub.name,
        partitionCount: hub.partitionCount,
        eventsPerSecondPerPartition: hub.eventsPerSecondPerPartition,
        poisoned: hub.poisoned,
        eventHubsConnectionString: world.eventHubs.connectionString,
      }),
    });
  }
  for (const group of demoGroups) startProcessors(group, world);
  const width = Math.max(...demoGroups.map(({ consumerGroup }) => consumerGroup.length));
  for (const { consumerGroup, shows } of demoGroups) say(`  ${consumerGroup.padEnd(width)}  ${shows}`);
  say(`  ${"$Default".padEnd(width)}  never checkpointed: its lag can only be bounded`);
  const hanging = demoGroups.find(({ behaviour }) => behaviour.needsNumbers);
  const pid = hanging && children.pidOf(`${hanging.consumerGroup}-1`);
  if (pid !== undefined) say(`  The process that hangs on it is ${pid}. It is started again when it ends.`);
  say("");
  say(`Open ${url}`);
  say(`Its configuration, with the connection strings of this world: ${file}`);
  say("Ctrl-C ends all of it.");
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  void stop(1);
});
