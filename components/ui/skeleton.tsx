/** Placeholders of the content's size, so that nothing jumps when it loads. */
export function PageSkeleton({ label, rows }: { label: string; rows: number }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-4">
      <div className="flex flex-col gap-1 pb-0.5">
        <div className="skeleton h-[26px] w-52" />
        <div className="skeleton h-4 w-72 max-w-full" />
      </div>
      <div className="grid grid-cols-2 gap-px overflow-clip rounded-lg border border-line bg-line sm:grid-cols-3 lg:grid-cols-6">
        {["a", "b", "c", "d", "e", "f"].map((key) => (
          <div key={key} className="flex min-h-[86px] flex-col gap-2 bg-surface px-4 py-3">
            <div className="skeleton h-3 w-20" />
            <div className="skeleton h-6 w-28" />
            <div className="skeleton h-3 w-24" />
          </div>
        ))}
      </div>
      <div className="overflow-clip rounded-lg border border-line bg-surface">
        <div className="flex h-12 items-center gap-2 border-b border-line px-4">
          <div className="skeleton h-7 w-60" />
          <div className="skeleton h-7 w-24" />
        </div>
        {Array.from({ length: rows }, (_, row) => `row-${row}`).map((key) => (
          <div
            key={key}
            className="flex h-[38px] items-center gap-6 border-b border-line px-4 last:border-b-0"
          >
            <div className="skeleton h-5 w-24" />
            <div className="skeleton h-4 w-36" />
            <div className="skeleton ml-auto h-4 w-40 max-sm:hidden" />
            <div className="skeleton h-4 w-20" />
          </div>
        ))}
      </div>
    </div>
  );
}
