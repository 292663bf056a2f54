import { Icon } from "#components/ui/icons/icon.tsx";
import { Button } from "./button.tsx";
import { Message } from "./message.tsx";

export function Waiting(props: {
  label: string;
  title: string;
  error: Error | null;
  onRetry: () => void;
  height: number;
}) {
  const { label, title, error, onRetry, height } = props;
  if (error === null) {
    return (
      <div role="status" aria-label={label} className="p-4">
        <div className="skeleton" style={{ height }} />
      </div>
    );
  }
  return (
    <div className="p-4">
      <Message
        kind="failing"
        icon={<Icon name="triangle-alert" className="size-6" />}
        title={title}
        actions={<Button onClick={onRetry}>Try again</Button>}
      >
        {error.message}
      </Message>
    </div>
  );
}
