import { Steps } from "#components/resets/choose/steps.tsx";
import { PageTitle } from "#components/shell/page-title.tsx";
import { showText } from "#lib/client/format/foreign-text.ts";
import { focusAfterStep } from "#lib/client/resets/step-focus.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";

interface Props {
  verb: string;
  group: { name: string; observedAt: string | null };
  address: GroupAddress;
}

export function ChooseTitle({ verb, group, address }: Props) {
  return (
    <PageTitle
      headingRef={focusAfterStep}
      observedAt={group.observedAt}
      title={
        <>
          {verb} <span className="foreign break-words">{showText(group.name)}</span>
        </>
      }
    >
      <Steps at="Choose" /> · on <span className="foreign font-mono">{address.hub}</span> · store{"\u00a0"}
      <span className="foreign font-mono">{address.store}</span>
    </PageTitle>
  );
}
