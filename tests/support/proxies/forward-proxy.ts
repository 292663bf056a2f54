import { fork } from "node:child_process";
import { once } from "node:events";

export interface ForwardProxy {
  url: string;
  seen(): readonly string[];
  stop(): Promise<void>;
}

export interface ForwardProxyOptions {
  user: string;
  password: string;
  /** Where unknown hosts lead: `contoso.example:443` to a port of this machine. */
  hosts?: Record<string, number>;
}

export async function startForwardProxy(options: ForwardProxyOptions): Promise<ForwardProxy> {
  const child = fork(new URL("./forward-proxy-process.ts", import.meta.url), [JSON.stringify(options)]);
  const seen: string[] = [];
  const port = await new Promise<number>((resolve, reject) => {
    child.on("message", (message: { port?: number; seen?: string }) => {
      if (message.port !== undefined) resolve(message.port);
      if (message.seen !== undefined) seen.push(message.seen);
    });
    child.once("exit", () => reject(new Error("The proxy ended.")));
  });
  const { user, password } = options;
  return {
    url: `http://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${port}`,
    seen: () => seen,
    stop: async () => {
      const ended = once(child, "exit");
      child.kill();
      await ended;
    },
  };
}
