import { isLoopback } from "../hosts.ts";
import type { ServerConfig } from "./config.ts";
import type { Environment } from "./substitute.ts";

type Report = (problem: string) => void;

export function readServerSettings(
  env: Environment,
  report: Report,
): { server: ServerConfig; readOnly: boolean } {
  const hostname = env.HOSTNAME?.trim() || "127.0.0.1";
  const allowAnonymous = readFlag(env, "TIDEMARK_ALLOW_ANONYMOUS", false, report);
  const auth = env.TIDEMARK_AUTH?.trim() || "none";
  const isAnonymous = auth !== "oidc" && auth !== "proxy";
  if (isAnonymous && !isLoopback(hostname) && !allowAnonymous) {
    report(
      `HOSTNAME: ${hostname} can be reached from outside and nobody has to sign in; listen on 127.0.0.1, ` +
        "set TIDEMARK_AUTH, or set TIDEMARK_ALLOW_ANONYMOUS=true to let everybody in who can reach it",
    );
  }
  const publicUrl = readPublicUrl(env, report);
  return {
    readOnly: readFlag(env, "TIDEMARK_READ_ONLY", isAnonymous, report),
    server: {
      hostname,
      port: readPort(env, report),
      publicUrl,
      allowedHosts: [...(publicUrl === null ? [] : [new URL(publicUrl).host]), ...readHosts(env)],
    },
  };
}

function readHosts(env: Environment): string[] {
  return (env.TIDEMARK_HOSTS ?? "")
    .split(",")
    .map((host) => host.trim().toLowerCase())
    .filter((host) => host !== "");
}

function readPort(env: Environment, report: Report): number {
  const text = env.PORT?.trim() || "3000";
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    report("PORT: must be a whole number from 0 to 65535");
    return 0;
  }
  return port;
}

function readPublicUrl(env: Environment, report: Report): string | null {
  const text = env.TIDEMARK_PUBLIC_URL?.trim() ?? "";
  if (text === "") return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^https?:$/.test(url.protocol) && url.pathname !== "/" && url.search === "") {
    report(
      "TIDEMARK_PUBLIC_URL: has a path, and the dashboard is not served below one: give it a host name of its own, such as https://tidemark.example",
    );
    return null;
  }
  if (url === null || !/^https?:$/.test(url.protocol) || url.pathname !== "/" || url.search !== "") {
    report("TIDEMARK_PUBLIC_URL: must be the address that people open, such as https://tidemark.example");
    return null;
  }
  return url.origin;
}

function readFlag(env: Environment, name: string, fallback: boolean, report: Report): boolean {
  const text = env[name]?.trim().toLowerCase() ?? "";
  if (text === "") {
    return fallback;
  }
  if (text !== "true" && text !== "false") {
    report(`${name}: must be true or false`);
  }
  return text === "true";
}
