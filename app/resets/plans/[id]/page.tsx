import type { Metadata } from "next";
import { decodePart } from "#app/address.ts";
import { page } from "#app/page-access.tsx";
import { readPlan } from "#app/resets/read-once.ts";
import { whyNot } from "#app/why-not.ts";
import type { KnownPlan } from "#lib/api/resets.ts";
import { AppError } from "#lib/core/app-error.ts";
import { runtime } from "#lib/server/runtime.ts";
import { ReviewView } from "./review-view.tsx";

interface Props {
  params: Promise<{ id: string }>;
}

export const metadata: Metadata = { title: "Review a plan" };

// The browser asks for the plan: it shows local times, and tells what became of a plan that is gone.
export default page("operator", async function PlanPage({ params }: Props) {
  const id = decodePart((await params).id);
  const plan = await readPlan(id).catch(() => null);
  return (
    <ReviewView
      key={id}
      planId={id}
      isRead={plan !== null}
      isGroupThere={plan !== null && isThere(plan)}
      whyNoPlan={plan === null ? null : whyNot("operator", plan, { changes: true })}
      whyNoApply={plan === null ? null : whyNot("admin", plan, { changes: true })}
    />
  );
});

/** A move may go to a group that has no blob yet: the browser then asks for none. */
function isThere({ hub, group, store }: KnownPlan): boolean {
  try {
    runtime().consumerGroup(hub, group, store);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "notFound") return false;
    throw error;
  }
}
