import { expect, it } from "vitest";
import { AppError } from "#lib/core/app-error.ts";
import { retry } from "#lib/core/pause.ts";

const passing = new AppError("azureUnreachable", "No answer.", { retryable: true });
const lasting = new AppError("azureUnauthorized", "No rights.");

function failing(...errors: Error[]) {
  let asked = 0;
  return () => {
    asked += 1;
    const error = errors[asked - 1];
    if (error !== undefined) throw error;
    return asked;
  };
}

it("tries again while the failure may pass, with the pause that belongs to each try", async () => {
  const pauses: number[] = [];
  const pauseMs = (tries: number) => {
    pauses.push(tries);
    return 0;
  };
  expect(await retry(failing(passing, passing), { tries: 3, pauseMs })).toBe(3);
  expect(pauses).toEqual([1, 2]);
});

it("throws the last failure when its tries are used up", async () => {
  const last = new AppError("azureTimeout", "Too slow.", { retryable: true });
  await expect(retry(failing(passing, last), { tries: 2, pauseMs: () => 0 })).rejects.toBe(last);
});

it("throws at once what won't pass", async () => {
  const work = failing(lasting);
  await expect(retry(work, { tries: 3, pauseMs: () => 0 })).rejects.toBe(lasting);
  expect(work()).toBe(2);
});

it("takes the caller's word for what may pass", async () => {
  const mayPass = (error: unknown) => error === lasting;
  expect(await retry(failing(lasting), { tries: 2, pauseMs: () => 0, mayPass })).toBe(2);
  await expect(retry(failing(passing), { tries: 2, pauseMs: () => 0, mayPass })).rejects.toBe(passing);
});

it("tries nothing again once its time is up, or when it is stopped amid a pause", async () => {
  const pauseMs = () => 0;
  await expect(retry(failing(passing), { tries: 3, pauseMs, forMs: 0 })).rejects.toBe(passing);
  const stop = new AbortController();
  const long = { tries: 3, pauseMs: () => 60_000, stop: stop.signal };
  const stopped = retry(failing(passing), long);
  stop.abort();
  await expect(stopped).rejects.toBe(passing);
  expect(await retry(async () => "at once", long)).toBe("at once");
});
