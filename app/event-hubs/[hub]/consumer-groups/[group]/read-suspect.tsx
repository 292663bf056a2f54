import { Button } from "#components/ui/button.tsx";

/** If more partitions stand, one event is hardly the cause: the one furthest behind is enough to look at. */
const mostOffered = 3;

export function ReadSuspect(props: {
  partitionIds: readonly string[];
  whyNot: string | null;
  onRead: (partitionId: string) => void;
}) {
  const { partitionIds: ids, whyNot, onRead } = props;
  return ids.slice(0, ids.length > mostOffered ? 1 : mostOffered).map((id) => (
    <Button key={id} whyDisabled={whyNot} onClick={() => onRead(id)}>
      {ids.length === 1 ? "Read the next event" : `Read the next event of partition ${id}`}
    </Button>
  ));
}
