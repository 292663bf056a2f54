export function isMcp(url: string): boolean {
  return /^\/mcp(\?|$)/.test(url);
}

/** True for the paths of probes and scrapers, not for longer ones. */
export function isOperational(url: string): boolean {
  return /^\/(healthz|readyz|metrics)(\?|$)/.test(url);
}
