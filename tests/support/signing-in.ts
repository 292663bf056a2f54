import { startIssuer, type TestIssuer, testClient } from "#tests/support/proxies/issuer.ts";
import { startDashboard, type TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { freePort } from "./free-port.ts";

export async function startSigningIn(
  config: object,
  env: Record<string, string> = {},
): Promise<{ dashboard: TestDashboard; issuer: TestIssuer }> {
  // The issuer needs the address before the dashboard listens there.
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const issuer = await startIssuer(publicUrl);
  const dashboard = await startDashboard(config, {
    PORT: String(port),
    TIDEMARK_AUTH: "oidc",
    TIDEMARK_PUBLIC_URL: publicUrl,
    TIDEMARK_OIDC_ISSUER: issuer.url,
    TIDEMARK_OIDC_CLIENT_ID: testClient.id,
    TIDEMARK_OIDC_CLIENT_SECRET: testClient.secret,
    TIDEMARK_SESSION_SECRET: "a secret for sessions that has its length",
    ...env,
  });
  return { dashboard, issuer };
}
