import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { openPage } from "#app/page-access.tsx";
import { helpPages } from "#lib/client/help/help-contents.ts";
import { Contents } from "../contents.tsx";
import { Markdown } from "../markdown.tsx";
import { readPage } from "../read-page.ts";
import { texts } from "../texts.ts";

interface Props {
  params: Promise<{ page: string }>;
}

async function pageOf({ params }: Props) {
  const { page } = await params;
  return helpPages.find(({ slug }) => slug === page) ?? null;
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const found = await pageOf(props);
  return { title: found === null ? "Help" : `${found.title} · Help` };
}

export default openPage(async function HelpPage(props: Props) {
  const found = await pageOf(props);
  if (found === null) notFound();
  const blocks = readPage(texts[found.slug]);
  return (
    <>
      <Markdown blocks={blocks.slice(0, 2)} />
      <Contents blocks={blocks} />
      <Markdown blocks={blocks.slice(2)} />
    </>
  );
});
