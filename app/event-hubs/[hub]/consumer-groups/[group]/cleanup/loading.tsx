import { PageSkeleton } from "#components/ui/skeleton.tsx";

export default function Loading() {
  return <PageSkeleton label="The page is loading" rows={8} />;
}
