import { NoSuch } from "#components/resets/no-such.tsx";

export default function NoSuchMove() {
  return (
    <NoSuch title="There is no such move of groups">
      The move does not exist, or you may not see all of its groups. The activity lists every move.
    </NoSuch>
  );
}
