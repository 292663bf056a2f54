"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ChannelList } from "#components/alerts/channel-list.tsx";
import { DeliveryTable } from "#components/alerts/delivery-table.tsx";
import { IncidentList } from "#components/alerts/incident-list.tsx";
import { RuleList } from "#components/alerts/rule-list.tsx";
import { SilenceList } from "#components/alerts/silence-list.tsx";
import { Select } from "#components/ui/form/select.tsx";
import { HelpMark } from "#components/ui/help-mark.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Message } from "#components/ui/message.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { PageSkeleton } from "#components/ui/skeleton.tsx";
import type { Alerts, Incidents } from "#lib/api/alerts.ts";
import { alertsKey, alertsQuery, incidentsKey, incidentsQuery } from "#lib/client/alerts/alert-queries.ts";
import { incidentParsers } from "#lib/client/alerts/alert-url.ts";
import { openIncidentsText } from "#lib/client/alerts/open-incidents.ts";
import { bySubject, silencesQuery } from "#lib/client/alerts/quiet.ts";
import { formatCount, plural } from "#lib/client/format/format.ts";
import { helpPagePath } from "#lib/client/help/help-pages.ts";
import { useStreamUpdates } from "#lib/client/stream/use-stream.ts";
import { useQueryState } from "#lib/client/url/use-query.ts";

export function IncidentsView({ seesRules, whyNot }: { seesRules: boolean; whyNot: string | null }) {
  const [{ state }, setUrl] = useQueryState(incidentParsers);
  const incidents = useQuery(incidentsQuery(state));
  const alerts = useQuery({ ...alertsQuery(), enabled: seesRules });
  const silences = useQuery(silencesQuery());
  const client = useQueryClient();
  useStreamUpdates({}, () => {
    void client.invalidateQueries({ queryKey: incidentsKey(state) });
    if (seesRules) void client.invalidateQueries({ queryKey: alertsKey });
  });
  const failure = incidents.error ?? alerts.error;
  if (failure !== null && incidents.data === undefined) {
    return (
      <Message
        kind="failing"
        wholePage
        icon={<Icon name="unplug" className="size-7" />}
        title="Incidents can't be shown now"
      >
        {failure.message}
      </Message>
    );
  }
  if (incidents.data === undefined) return <PageSkeleton label="The incidents are loading" rows={6} />;
  return (
    <div className="flex flex-col gap-4">
      <div>
        <h1 className="font-semibold text-heading tracking-tight">Incidents</h1>
        <p className="figures text-muted">
          {headline(incidents.data, alerts.data)}
          <HelpMark href={helpPagePath("alerts", "incidents")} of="incidents" />
        </p>
      </div>
      <Panel
        title={state === "open" ? "Open now" : "All"}
        note={<span className="figures">{formatCount(bySubject(incidents.data.incidents).length)}</span>}
        side={
          <Select
            label="Which incidents"
            value={state}
            options={[
              { value: "open", label: "Open now" },
              { value: "all", label: "All" },
            ]}
            onChange={(value) => setUrl({ state: value === "all" ? "all" : "open" })}
          />
        }
      >
        <Listed
          incidents={incidents.data}
          alerts={alerts.data}
          isOpenOnly={state === "open"}
          whyNot={whyNot}
        />
      </Panel>
      {silences.data === undefined || silences.data.silences.length === 0 ? null : (
        <Panel title="Silenced now" note="incidents are shown here but not sent">
          <SilenceList silences={silences.data.silences} whyNot={whyNot} />
        </Panel>
      )}
      {alerts.data === undefined ? null : <Behind alerts={alerts.data} />}
    </div>
  );
}

/** What stands in a row is one incident here: all that is wrong at one place. */
function headline(incidents: Incidents, alerts: Alerts | undefined): string {
  const { open, openPlaces } = incidents;
  const causes = open === openPlaces ? "" : ` · ${plural(open, "cause")}`;
  const now = `${openIncidentsText(incidents)}${causes}`;
  if (alerts === undefined) return now;
  const rules = `${plural(alerts.rules.length, "rule")}${alerts.areDefaults ? " (built in)" : ""}`;
  return `${now} · ${rules} · ${alerts.channels.length === 0 ? "no channel" : `sent to ${plural(alerts.channels.length, "channel")}`}`;
}

function Listed(props: {
  incidents: Incidents;
  alerts: Alerts | undefined;
  isOpenOnly: boolean;
  whyNot: string | null;
}) {
  const { incidents, alerts, isOpenOnly } = props;
  if (incidents.incidents.length > 0)
    return <IncidentList incidents={incidents.incidents} label="Incidents" whyNot={props.whyNot} />;
  if (alerts?.rules.length === 0) {
    return (
      <Message kind="noMatch" icon={<Icon name="bell-off" className="size-6" />} title="No alert rules">
        The configuration's <code className="font-mono">alerts.rules</code> is empty. Remove it to use the
        built-in rules for every group.
      </Message>
    );
  }
  return (
    <Message
      kind="noMatch"
      icon={<Icon name="circle-check" className="size-6" />}
      title={isOpenOnly ? "No open incidents" : "No incident yet"}
    >
      {isOpenOnly ? "Past incidents are under “All”." : null}
    </Message>
  );
}

function Behind({ alerts }: { alerts: Alerts }) {
  return (
    <>
      <Panel title="Rules" note={alerts.areDefaults ? "built in: none is configured" : undefined}>
        <RuleList alerts={alerts} />
      </Panel>
      <Panel
        title="Channels"
        note={<HelpMark href={helpPagePath("alerts", "be-paged")} of="how to be paged" />}
      >
        {alerts.channels.length === 0 ? (
          <p className="px-4 py-3 text-pretty text-muted">
            Incidents are only shown here. Name a webhook, a chat, PagerDuty, Opsgenie or a mail server under{" "}
            <code className="font-mono">alerts.channels</code> in the configuration.
          </p>
        ) : (
          <ChannelList channels={alerts.channels} />
        )}
      </Panel>
      {alerts.channels.length === 0 ? null : (
        <Panel title="Deliveries" note="the latest hundred">
          <DeliveryTable deliveries={alerts.deliveries} />
        </Panel>
      )}
    </>
  );
}
