import type { Reset } from "#lib/api/resets.ts";
import type { AskedGroup } from "#lib/core/addresses.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { Scope } from "#lib/server/access/scope.ts";
import { noSuchGroup } from "#lib/server/queries.ts";
import type { ResetsRuntime } from "#lib/server/resets/resets-runtime.ts";

export function narrowResets(whole: ResetsRuntime, scope: Scope): ResetsRuntime {
  const shown = <T extends Pick<Reset, "hub" | "target">>(one: T): T => scope.aimed(one.hub, one);
  const seen = async (id: string): Promise<Reset> => {
    const reset = await orNothing(whole.reset(id), () => noSuch("reset", id));
    if (!scope.sees(reset.hub, reset.group)) throw noSuch("reset", id);
    return shown(reset);
  };
  return {
    preview: async (address, request, caller) => {
      scope.need("operator", address, address.store);
      const { target } = request;
      // A plan to another group's position reveals that position.
      if (target.kind === "group" && !scope.sees(address.hub, target.name)) {
        throw noSuchGroup(address.hub, target.name, address.store);
      }
      return whole.preview(address, request, caller);
    },
    previewSkip: async (address, partitionId, request, caller) => {
      scope.need("operator", address, address.store);
      return whole.previewSkip(address, partitionId, request, caller);
    },
    previewMove: async (address, request, caller) => {
      scope.need("operator", address, address.store);
      const { hub = address.hub, group = address.group, store } = request.to;
      scope.need("operator", { hub, group }, store);
      return whole.previewMove(address, request, caller);
    },
    previewCleanup: async (address, request, caller) => {
      scope.need("admin", address, address.store);
      return whole.previewCleanup(address, request, caller);
    },
    apply: async (address, request, caller) => {
      scope.need("admin", address, address.store);
      return shown(await whole.apply(address, request, caller));
    },
    stop: async (id, request, caller) => {
      scope.need("admin", await seen(id));
      return shown(await whole.stop(id, request, caller));
    },
    undo: async (id, caller) => {
      scope.need("operator", await seen(id));
      return shown(await whole.undo(id, caller));
    },
    plan: async (id, caller) => {
      const plan = await orNothing(whole.plan(id, caller), () => noSuch("plan", id));
      if (!scope.sees(plan.hub, plan.group)) throw noSuch("plan", id);
      scope.need("operator", plan);
      return shown(plan);
    },
    reset: seen,
    resets: async (address, limit) => {
      needViewer(address);
      const { resets } = await whole.resets(address, limit);
      return { resets: resets.map(shown) };
    },
    positions: async (address, caller) => {
      scope.need("operator", address, address.store);
      return whole.positions(address, caller);
    },
    subscribe: (listener) =>
      whole.subscribe((reset) => {
        if (scope.sees(reset.hub, reset.group)) listener(shown(reset));
      }),
  };

  function needViewer(address: AskedGroup): void {
    scope.need("viewer", address, address.store);
  }
}

function noSuch(what: "plan" | "reset", id: string): AppError {
  return new AppError("notFound", `There is no ${what} ${JSON.stringify(id)}.`);
}

async function orNothing<T>(asked: Promise<T>, nothing: () => AppError): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    throw error instanceof AppError && error.code === "notFound" ? nothing() : error;
  }
}
