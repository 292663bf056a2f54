import { expect, it } from "vitest";
import { readProxySettings } from "#lib/server/config/proxy-settings.ts";

const secret = "s3cret";

it.each([
  [{}, null],
  [{ NO_PROXY: "a" }, null],
  [
    { HTTPS_PROXY: `http://u:${secret}@p:3128` },
    { HTTPS_PROXY: `http://u:${secret}@p:3128`, NO_PROXY: "169.254.169.254" },
  ],
  [
    { https_proxy: "p:3128", no_proxy: ".corp" },
    { HTTPS_PROXY: "http://p:3128", NO_PROXY: ".corp,169.254.169.254" },
  ],
  [
    { ALL_PROXY: "http://a", HTTP_PROXY: "http://b", NO_PROXY: "localhost" },
    { HTTP_PROXY: "http://b", HTTPS_PROXY: "http://a", NO_PROXY: "localhost,169.254.169.254" },
  ],
  [
    { HTTP_PROXY: "http://p", IDENTITY_ENDPOINT: "http://172.16.1.5:8081/msi/token", MSI_ENDPOINT: "none" },
    { HTTP_PROXY: "http://p", NO_PROXY: "169.254.169.254,172.16.1.5" },
  ],
])("reads %j", (env, expected) => {
  expect(readProxySettings(env, (problem) => expect(problem).toBe(""))).toEqual(expected);
});

it.each([`socks5://u:${secret}@p`, `http://u:${secret}@`, `u:${secret}@p:port`])(
  "refuses an invalid one without repeating it: %#",
  (url) => {
    const problems: string[] = [];
    readProxySettings({ HTTPS_PROXY: url }, (problem) => problems.push(problem));
    expect(problems).toEqual([expect.stringMatching(/^HTTPS_PROXY: must be the proxy's URL/)]);
    expect(problems.join()).not.toContain(secret);
  },
);
