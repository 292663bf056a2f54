import { vi } from "vitest";

/** Has `AbortSignal.timeout` follow fake timers: Node's own runs on the real clock. */
export function fakeTimeouts(): void {
  vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
    const limit = new AbortController();
    setTimeout(() => limit.abort(new DOMException("It took too long.", "TimeoutError")), ms);
    return limit.signal;
  });
}
