"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Asks the server once more where it could not read what the browser then could: the breadcrumbs and the refusals are its. */
export function useHealed(isHealed: boolean): void {
  const router = useRouter();
  useEffect(() => {
    if (isHealed) router.refresh();
  }, [isHealed, router]);
}
