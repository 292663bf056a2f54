import http from "node:http";
import { type ProxySettings, proxyVariables } from "./config/proxy-settings.ts";
import { log } from "./http/log.ts";

/**
 * Sends the requests of this process through the proxies: those of Node's `fetch` and global agents, and those of the
 * Azure SDKs, which have agents of their own and read the variables again.
 */
export function goThroughProxies(settings: ProxySettings | null, env: NodeJS.ProcessEnv): void {
  if (settings === null) return;
  for (const name of proxyVariables) delete env[name];
  Object.assign(env, settings);
  http.setGlobalProxyFromEnv({ ...settings, NODE_ENV: env.NODE_ENV });
  const hostOf = (url: string | undefined) => (url === undefined ? null : new URL(url).host);
  log.info(
    { http: hostOf(settings.HTTP_PROXY), https: hostOf(settings.HTTPS_PROXY), except: settings.NO_PROXY },
    "Requests go through a proxy.",
  );
}
