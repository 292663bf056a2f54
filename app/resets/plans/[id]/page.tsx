import type { Metadata } from "next";
import { decodePart } from "#app/address.ts";
import { runtime } from "#lib/server/runtime.ts";
import { ReviewView } from "./review-view.tsx";

interface Props {
  params: Promise<{ id: string }>;
}

export const metadata: Metadata = { title: "Review a reset" };

// The plan is asked for by the browser: it belongs to whoever made it.
export default async function PlanPage({ params }: Props) {
  const { id } = await params;
  return <ReviewView key={id} planId={decodePart(id)} isReadOnly={runtime().isReadOnly} />;
}
