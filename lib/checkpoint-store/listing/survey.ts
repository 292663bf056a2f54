import type { ContainerClient } from "@azure/storage-blob";
import { readAccountSettings } from "#lib/checkpoint-store/account-settings.ts";
import type { StoreScope } from "#lib/checkpoint-store/formats/format.ts";
import { isOldPartitionId } from "#lib/checkpoint-store/formats/lease-blob.ts";
import { isAbort } from "#lib/checkpoint-store/storage-error.ts";
import type { StoreSurvey } from "#lib/core/stored-blobs.ts";
import type { LevelReader } from "./levels.ts";

const mostLevels = 40;
/** The deepest prefix seen in practice is `hosts/python/{group}/`. */
const deepest = 3;
const mostFindings = 100;

interface SurveyedStore {
  prefixes: string[];
  scope: StoreScope;
  claims: (name: string) => boolean;
  abortSignal: AbortSignal;
}

/**
 * Looks for what may have been meant: trees of other hubs and namespaces, and unclaimed blobs named like
 * partitions. Bounded; never fails: what can't be seen stays as it was.
 */
export async function surveyContainer(
  container: ContainerClient,
  levels: LevelReader,
  store: SurveyedStore,
  before: StoreSurvey | null,
): Promise<StoreSurvey | null> {
  try {
    const trees: StoreSurvey["trees"] = [];
    const unclaimed: StoreSurvey["unclaimed"] = [];
    let [left, isComplete] = [mostLevels, true];

    const walk = async (parent: string, depth: number): Promise<void> => {
      const level = await levels.read(parent);
      isComplete &&= level.isComplete;
      // An emulator's container may have any namespace name; the folders below it tell.
      const [namespace, eventHubName, , ...deeper] = parent.split("/");
      const isGroup = level.folders.some((folder) =>
        /^(checkpoint|ownership)\/$/.test(folder.slice(parent.length)),
      );
      if (depth === deepest && isGroup && deeper.length === 1 && namespace && eventHubName) {
        if (!trees.some((tree) => tree.namespace === namespace && tree.eventHubName === eventHubName))
          trees.push({ namespace, eventHubName });
      }
      const partitionIds = level.blobs
        .filter((name) => !store.claims(name))
        .map((name) => name.slice(parent.length))
        .filter(isOldPartitionId);
      if (partitionIds.length > 0) unclaimed.push({ folder: parent, partitionIds });
      for (const folder of level.folders) {
        const name = folder.slice(parent.length, -1);
        const isNamespace = depth === 0 && namesNamespace(name, store.scope);
        if (depth >= deepest || trees.length + unclaimed.length >= mostFindings) continue;
        left -= 1;
        if (left < 0) {
          isComplete = false;
          return;
        }
        if (!isNamespace) await walk(folder, depth + 1);
        else
          for (const hub of (await levels.read(folder)).folders.slice(0, mostFindings))
            trees.push({ namespace: name, eventHubName: hub.slice(folder.length, -1) });
      }
    };
    await walk("", 0);
    const settings = await readAccountSettings(container, store.prefixes, store.abortSignal);
    return { prefixes: store.prefixes, trees, unclaimed: unclaimed.map(sorted), isComplete, ...settings };
  } catch (cause) {
    if (isAbort(cause)) throw cause;
    return before;
  }
}

function sorted(one: StoreSurvey["unclaimed"][number]): StoreSurvey["unclaimed"][number] {
  return { ...one, partitionIds: one.partitionIds.sort((a, b) => Number(a) - Number(b)) };
}

/** A host name, or the emulators' `localhost`; some SDKs keep the port in it. */
function namesNamespace(folder: string, { fullyQualifiedNamespaces }: StoreScope): boolean {
  const name = folder.toLowerCase();
  return (
    fullyQualifiedNamespaces.includes(name) ||
    /^localhost(:\d+)?$/.test(name) ||
    /^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?$/.test(name)
  );
}
