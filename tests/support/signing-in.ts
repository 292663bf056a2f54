import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { startDashboard, type TestDashboard } from "./dashboard.ts";
import { startIssuer, type TestIssuer, testClient } from "./issuer.ts";

/** The address is the issuer's business before the dashboard listens there. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A dashboard that people sign in to at a real issuer. */
export async function startSigningIn(
  config: object,
  env: Record<string, string> = {},
): Promise<{ dashboard: TestDashboard; issuer: TestIssuer }> {
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
