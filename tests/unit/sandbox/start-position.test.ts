import { describe, expect, it } from "vitest";
import { encodeLocal } from "#lib/sandbox/local-event-hubs/append.ts";
import { PartitionLog } from "#lib/sandbox/local-event-hubs/partition-log.ts";
import { parseStartPosition, resolveStart } from "#lib/sandbox/local-event-hubs/start-position.ts";

const retention = { seconds: 1e9, eventsPerPartition: 1e9, bytesPerPartition: 1e12 };

function fill(): PartitionLog {
  const log = new PartitionLog("0", { retention, firstSequenceNumber: 10, createdAt: 0 });
  for (const at of [1000, 2000, 3000, 4000, 5000]) log.append([encodeLocal({ body: at })], at);
  log.trim(12);
  return log;
}

describe("parseStartPosition", () => {
  it.each([
    ["amqp.annotation.x-opt-offset > '4900'", { by: "offset", isInclusive: false, value: "4900" }],
    ["amqp.annotation.x-opt-offset >= '4900'", { by: "offset", isInclusive: true, value: "4900" }],
    ["amqp.annotation.x-opt-offset > '@latest'", { by: "offset", isInclusive: false, value: "@latest" }],
    [
      "amqp.annotation.x-opt-sequence-number >= '-1'",
      { by: "sequenceNumber", isInclusive: true, value: "-1" },
    ],
    ["amqp.annotation.x-opt-enqueued-time > '17'", { by: "enqueuedTime", isInclusive: false, value: "17" }],
    ["amqp.annotation.x-opt-sequence-number>49", { by: "sequenceNumber", isInclusive: false, value: "49" }],
    ["amqp.annotation.x-opt-sequence-number > '@latest'", null],
    ["amqp.annotation.x-opt-offset < '1'", null],
    ["amqp.annotation.x-opt-offset > ''", null],
    ["amqp.annotation.x-opt-other > '1'", null],
    ["", null],
  ])("reads %s", (expression, expected) => {
    expect(parseStartPosition(expression)).toEqual(expected);
  });
});

describe("resolveStart", () => {
  const offsetOf = (log: PartitionLog, sequenceNumber: number) => log.at(sequenceNumber)?.offset ?? "";

  it("begins at the beginning for a position before it, or for none", () => {
    const log = fill();
    for (const expression of [
      null,
      "amqp.annotation.x-opt-offset > '-1'",
      "amqp.annotation.x-opt-offset > '8'",
      "amqp.annotation.x-opt-sequence-number > '3'",
      "amqp.annotation.x-opt-enqueued-time > '1500'",
    ]) {
      expect(resolveStart(log, expression)).toEqual({ next: 12, error: null });
    }
  });

  it.each([
    [">", "offset", 13, 14],
    [">=", "offset", 13, 13],
    [">", "sequence-number", 13, 14],
    [">=", "sequence-number", 13, 13],
    [">", "enqueued-time", 13, 14],
    [">=", "enqueued-time", 13, 14],
  ])("finds what %s means for the %s of an event", (operator, annotation, at, next) => {
    const log = fill();
    const value = {
      offset: offsetOf(log, at),
      "sequence-number": at,
      "enqueued-time": log.at(at)?.enqueuedAt,
    }[annotation];

    expect(resolveStart(log, `amqp.annotation.x-opt-${annotation} ${operator} '${value}'`).next).toBe(next);
  });

  it("takes an offset between two events for a place in the stream", () => {
    const log = fill();
    const between = Number(offsetOf(log, 13)) + 1;

    expect(resolveStart(log, `amqp.annotation.x-opt-offset >= '${between}'`).next).toBe(14);
  });

  it.each([
    ["offset > '99999999999'", "com.microsoft:argument-error"],
    ["sequence-number > '15'", "com.microsoft:argument-error"],
    ["sequence-number >= '16'", "com.microsoft:argument-error"],
  ])("refuses %s, which is past the end", (rest, condition) => {
    expect(resolveStart(fill(), `amqp.annotation.x-opt-${rest}`)).toMatchObject({
      next: null,
      error: { condition },
    });
  });

  it("waits at the end for the next event", () => {
    const log = fill();
    for (const rest of [
      "offset > '@latest'",
      `offset > '${log.last.offset}'`,
      "sequence-number > '14'",
      "sequence-number >= '15'",
      "enqueued-time > '9000'",
    ]) {
      expect(resolveStart(log, `amqp.annotation.x-opt-${rest}`)).toEqual({ next: 15, error: null });
    }
  });
});
