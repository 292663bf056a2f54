import http from "node:http";
import { syncBuiltinESMExports } from "node:module";
import type { ProxySettings } from "./config/proxy-settings.ts";
import { proxyVariables } from "./config/proxy-settings.ts";
import { log } from "./http/log.ts";

/**
 * Sends all requests of this process through the proxies: Node's own `fetch`, WebSockets and agents, which the SDKs
 * use as well. The variables are taken out of the environment, so that no library has a reading of its own of them.
 */
export function goThroughProxies(settings: ProxySettings | null, env: NodeJS.ProcessEnv): void {
  for (const name of proxyVariables) delete env[name];
  if (settings === null) return;
  http.setGlobalProxyFromEnv({ ...settings, NODE_ENV: env.NODE_ENV });
  // The SDKs take the agents from the modules' named exports, which are copies.
  syncBuiltinESMExports();
  const hostOf = (url: string | undefined) => (url === undefined ? null : new URL(url).host);
  log.info(
    { http: hostOf(settings.HTTP_PROXY), https: hostOf(settings.HTTPS_PROXY), except: settings.NO_PROXY },
    "Requests go through a proxy.",
  );
}
