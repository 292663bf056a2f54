"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ImportedPositions } from "./imported-positions.ts";
import { keepFile, keptFile } from "./kept-files.ts";
import { readPositions } from "./positions-file.ts";

/** `gone`: this tab does not have the file in the address. */
export type FileState =
  | { kind: "none" | "reading" | "gone" }
  | { kind: "wrong"; name: string; problems: readonly string[] }
  | { kind: "read"; name: string; file: ImportedPositions };

const maxBytes = 1_048_576;

export function useImportedFile(
  id: string | null,
  onTaken: (id: string) => void,
): { state: FileState; take: (file: File) => Promise<void> } {
  const [wrong, setWrong] = useState<FileState | null>(null);
  const kept = useQuery({
    queryKey: ["imported-file", id],
    enabled: id !== null,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async (): Promise<FileState> => {
      const file = id === null ? null : keptFile(id);
      return file === null ? { kind: "gone" } : await read(file.name, file.text);
    },
  });
  const take = async (file: File) => {
    if (file.size > maxBytes) {
      setWrong({ kind: "wrong", name: file.name, problems: ["The file is larger than 1 MiB."] });
      return;
    }
    const text = await file.text();
    const state = await read(file.name, text);
    setWrong(state.kind === "wrong" ? state : null);
    if (state.kind === "read") onTaken(keepFile({ name: file.name, text }));
  };
  const state: FileState = wrong ?? (id === null ? { kind: "none" } : (kept.data ?? { kind: "reading" }));
  return { state, take };
}

async function read(name: string, text: string): Promise<FileState> {
  const imported = await readPositions(text).catch((error: Error) => ({ problems: [error.message] }));
  return "file" in imported
    ? { kind: "read", name, file: imported.file }
    : { kind: "wrong", name, problems: imported.problems };
}
