let fallback: unknown;

/** For runtimes that have none of their own, as Node.js 20. */
export function fallBackTo(webSocket: unknown): void {
  fallback = webSocket;
}

export function webSocketClass(): unknown {
  return globalThis.WebSocket ?? fallback;
}
