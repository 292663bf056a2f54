export function isMcp(url: string): boolean {
  return /^\/mcp(\?|$)/.test(url);
}

export function isOperational(url: string): boolean {
  return /^\/(healthz|readyz|metrics)(\?|$)/.test(url);
}
