import { NoSuch } from "#components/resets/no-such.tsx";

export default function NoSuchReset() {
  return (
    <NoSuch title="There is no such reset">
      The reset does not exist, or you may not see its group. The activity lists every reset.
    </NoSuch>
  );
}
