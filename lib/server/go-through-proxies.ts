import http from "node:http";
import { type ProxySettings, proxyVariables } from "./config/proxy-settings.ts";
import { log } from "./http/log.ts";

/**
 * Sends this process's requests through the proxies: Node's `fetch` and global agents, and the Azure SDKs,
 * which have their own agents and read the variables again.
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
