import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { AccountMenu } from "#components/shell/account-menu.tsx";
import { ActivityLink } from "#components/shell/activity-link.tsx";
import { ConfigurationStrip } from "#components/shell/configuration-strip.tsx";
import { Crumbs, Header } from "#components/shell/header.tsx";
import { HelpLink } from "#components/shell/help/help-link.tsx";
import { IncidentsLink } from "#components/shell/incidents-link.tsx";
import { Keyboard } from "#components/shell/keyboard.tsx";
import { LiveControl, RefreshButton } from "#components/shell/live-control.tsx";
import { NewVersion } from "#components/shell/new-version.tsx";
import { PageTooltips } from "#components/shell/page-tooltips.tsx";
import { Providers } from "#components/shell/providers.tsx";
import { SessionOver } from "#components/shell/session-over.tsx";
import { ViewMenu } from "#components/shell/view-menu.tsx";
import { Dock } from "#components/ui/arriving.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { SkipLink } from "#components/ui/text/skip-link.tsx";
import { accountName, accountNotes } from "#lib/client/activity/account-words.ts";
import { earlyPresses } from "#lib/client/browser/early-presses.ts";
import { parseTheme, themeCookie } from "#lib/client/browser/theme.ts";
import { parseZone, zoneCookie } from "#lib/client/browser/zone.ts";
import { buildAttribute } from "#lib/client/http/new-version.ts";
import { nowhere } from "#lib/client/url/crumb.ts";
import { overviewPath } from "#lib/client/url/paths.ts";
import { describeMe } from "#lib/server/access/me.ts";
import { buildId, runtime } from "#lib/server/runtime.ts";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Tidemark", template: "%s · Tidemark" },
  description: "Lag, owners and checkpoint resets of every Azure Event Hubs consumer group.",
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#14171d" },
  ],
};

// Scripts carry a nonce per request, so no page may be prerendered.
export const dynamic = "force-dynamic";

interface Props {
  /** The slot `@crumbs`. None: there is no page at this address. */
  crumbs?: ReactNode;
  children: ReactNode;
}

export default async function RootLayout({ crumbs, children }: Props) {
  const me = describeMe();
  const { kind, role, until, canSignOut } = me;
  const account = { kind, role, until, canSignOut, name: accountName(me), notes: accountNotes(me) };
  // Without a role only the help is open.
  const isInside = me.role !== null;
  const kept = await cookies();
  const policy = (await headers()).get("content-security-policy") ?? "";
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
  const theme = parseTheme(kept.get(themeCookie)?.value);
  return (
    <html
      lang="en"
      {...{ [buildAttribute]: buildId() }}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      {...(theme === "system" ? {} : { "data-theme": theme })}
      suppressHydrationWarning
    >
      <body>
        <script
          nonce={nonce}
          // biome-ignore lint/security/noDangerouslySetInnerHtml: a text of the house's own.
          dangerouslySetInnerHTML={{ __html: earlyPresses }}
        />
        <Providers now={Date.now()} refreshSeconds={runtime().refreshSeconds}>
          <SkipLink to="main">Skip to the content</SkipLink>
          <Header crumbs={crumbs ?? <Crumbs crumbs={[nowhere]} />}>
            {isInside ? (
              <>
                <Keyboard />
                <IncidentsLink />
                <ActivityLink />
                <LiveControl />
                <RefreshButton />
              </>
            ) : null}
            <HelpLink />
            <ViewMenu theme={theme} zone={parseZone(kept.get(zoneCookie)?.value)} />
            {isInside ? (
              <AccountMenu me={account} />
            ) : (
              <a href={overviewPath} className={buttonClass("primary")}>
                Open the dashboard
              </a>
            )}
          </Header>
          <main
            id="main"
            tabIndex={-1}
            className="mx-auto w-full max-w-[1440px] px-4 pt-5 pb-16 outline-none has-[#dock>*]:pb-64 sm:px-6"
          >
            {isInside ? (
              <>
                <SessionOver />
                <NewVersion />
                <ConfigurationStrip initial={runtime().configuration()} />
              </>
            ) : null}
            {children}
            <Dock />
            <PageTooltips />
          </main>
        </Providers>
      </body>
    </html>
  );
}
