import { isAtLeast, roles } from "#lib/core/access.ts";
import { makeToken } from "./access/api-tokens.ts";

const dayMs = 86_400_000;
const longestDays = 3_650;

// In the package this file is compiled and run by its command.
const command = import.meta.filename.endsWith(".ts") ? "npm run token --" : "tidemark token";

/**
 * `npm run token -- NAME ROLE [DAYS]`, `tidemark token NAME ROLE [DAYS]`: prints a new API token once, and
 * its entry for the configuration.
 */
function main([name = "", wanted = "", days = "365"]: string[]): void {
  const role = roles.find((one) => one === wanted);
  const lifetime = Number(days);
  if (!/^[\w.-]{1,64}$/.test(name) || role === undefined || !(lifetime > 0 && lifetime <= longestDays)) {
    process.stderr.write(
      `Give a name, a role (${roles.join(", ")}) and, if not 365, the days that it is good for:\n` +
        `  ${command} grafana viewer 90\n`,
    );
    process.exit(1);
  }
  const { token, sha256 } = makeToken();
  const expiresAt = new Date(Date.now() + lifetime * dayMs).toISOString();
  process.stdout.write(
    `The token, which is shown this once; send it as "Authorization: Bearer …":\n\n  ${token}\n\n` +
      "Its entry in access.tokens of the configuration, which holds its hash alone:\n\n" +
      `  ${JSON.stringify({ name, sha256, role, expiresAt })}\n\n` +
      `${isAtLeast(role, "operator") ? "It can prepare or apply resets: narrow" : "Narrow"} it with "hubs" and "groups" where it need not reach all.\n`,
  );
}

main(process.argv.slice(2));
