"use client";

import "./globals.css";

/** Shown when even the shell fails: plain words and a retry, nothing that could fail too. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <title>Tidemark failed</title>
        <main className="mx-auto flex max-w-xl flex-col gap-3 px-6 py-24">
          <h1 className="font-semibold text-heading">The dashboard could not show this page</h1>
          <p>
            This is a fault of the dashboard, not of Azure. Its log names the cause
            {error.digest === undefined ? "." : ` under digest ${error.digest}.`}
          </p>
          <p>
            <a href="/" className="text-accent underline">
              Load it again
            </a>{" "}
            <a href="/help/reasons#internal" className="text-accent underline">
              Help
            </a>
          </p>
        </main>
      </body>
    </html>
  );
}
