/** Where the tools for assistants are. */
export function isMcp(url: string): boolean {
  return /^\/mcp(\?|$)/.test(url);
}

/** What probes and scrapers ask for; not of a path that only begins like it. */
export function isOperational(url: string): boolean {
  return /^\/(healthz|readyz|metrics)(\?|$)/.test(url);
}
