"use client";

import "./globals.css";

/** Shown when even the shell fails: plain words and a retry, nothing that could fail too. */
export default function GlobalError({ error: { digest, message } }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en" {...lookBefore()}>
      <body>
        <title>Tidemark failed</title>
        <main className="mx-auto flex max-w-xl flex-col gap-3 break-words px-6 py-24">
          <h1 className="font-semibold text-heading">The dashboard could not show this page</h1>
          <p>
            This is a fault of the dashboard, not of Azure.{" "}
            {digest ? "Its log names the cause under digest " : "The browser’s console names the cause: "}
            {digest ?? message}
          </p>
          <p className="flex gap-4 text-accent underline">
            <button type="button" className="underline" onClick={() => window.location.reload()}>
              Reload
            </button>
            <a href="/">All consumer groups</a>
            <a href="/help/reasons#internal">Help</a>
          </p>
        </main>
      </body>
    </html>
  );
}

/** The fonts and the reader's theme, as the shell that failed had them. */
function lookBefore() {
  if (typeof document === "undefined") return {};
  const { className, dataset } = document.documentElement;
  return { className, "data-theme": dataset.theme };
}
