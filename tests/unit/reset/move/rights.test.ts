import { expect, it } from "vitest";
import { AppError } from "#lib/core/app-error.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { ownership, storedGroup } from "#tests/support/fixtures/sources.ts";
import { moved, now, stored, tree } from "./moved.ts";

const refused = new AppError("azureUnauthorized", "Not allowed.");
const because = like("failure", { errorCode: "azureUnauthorized" });
const running = storedGroup("billing", [stored(149)], [ownership("0", "worker-1", now - 1_000)]);

it("tells the missing rights at the target also while the source still runs", async () => {
  const asked: string[] = [];
  const plan = async (write: AppError | null, from = running) => {
    const lackingRights = async (blobName: string) => {
      asked.push(blobName);
      return { write, delete: refused };
    };
    return (await moved({ from, target: { lackingRights } })).plan;
  };
  const noWrite = await plan(refused);
  expect(noWrite.blockedBy).toEqual(like("sourceInTheWay"));
  expect(noWrite.warnings).toEqual([like("writeNotAllowed", { store: "new", because })]);
  const noDelete = await plan(null);
  expect(noDelete.blockedBy).toEqual(like("sourceInTheWay"));
  expect(noDelete.warnings).toEqual([like("undoNotAllowed", { store: "new", because })]);
  expect(asked).toEqual([`${tree}/checkpoint/0`, `${tree}/checkpoint/0`]);
  // There is nothing to move, so no right is needed.
  expect((await plan(refused, storedGroup("billing", []))).warnings).toEqual([]);
  expect(asked).toHaveLength(2);
});
