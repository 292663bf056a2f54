import type { Environment } from "./substitute.ts";

/** Proxies in the form of Node's own support. The URLs may contain passwords. */
export interface ProxySettings {
  HTTP_PROXY?: string;
  HTTPS_PROXY?: string;
  NO_PROXY: string;
}

/**
 * Identity endpoints answer only the machine itself, so they are never proxied: this address, or what the
 * platform names.
 */
const metadataAddress = "169.254.169.254";
const identityEndpoints = ["IDENTITY_ENDPOINT", "MSI_ENDPOINT", "IMDS_ENDPOINT"] as const;

export const proxyVariables: readonly string[] = [
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "ALL_PROXY",
  "NO_PROXY",
].flatMap((name) => [name, name.toLowerCase()]);

/**
 * Null: no proxy.
 * @param report gets faulty variables, without their values
 */
export function readProxySettings(env: Environment, report: (problem: string) => void): ProxySettings | null {
  const all = proxyOf(env, "ALL_PROXY", report);
  const http = proxyOf(env, "HTTP_PROXY", report) ?? all;
  const https = proxyOf(env, "HTTPS_PROXY", report) ?? all;
  if (http === null && https === null) return null;
  const exceptions = [env.NO_PROXY ?? env.no_proxy ?? "", metadataAddress, ...identityHosts(env)];
  return {
    ...(http !== null && { HTTP_PROXY: http }),
    ...(https !== null && { HTTPS_PROXY: https }),
    NO_PROXY: exceptions
      .map((text) => text.trim())
      .filter(Boolean)
      .join(","),
  };
}

function identityHosts(env: Environment): string[] {
  return identityEndpoints.flatMap((name) => {
    const text = env[name]?.trim() ?? "";
    return URL.canParse(text) ? [new URL(text).hostname] : [];
  });
}

function proxyOf(env: Environment, name: string, report: (problem: string) => void): string | null {
  const text = (env[name] ?? env[name.toLowerCase()])?.trim() ?? "";
  if (text === "") return null;
  const whole = text.includes("://") ? text : `http://${text}`;
  if (!URL.canParse(whole) || !/^https?:$/.test(new URL(whole).protocol)) {
    report(`${name}: must be the proxy's URL, such as http://proxy.example:3128`);
    return null;
  }
  return whole;
}
