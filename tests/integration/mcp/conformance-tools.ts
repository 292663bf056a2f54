import {
  completable,
  type McpServer,
  ResourceTemplate,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { z } from "zod";

const png =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
const wav = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=";
const image = { type: "image" as const, data: png, mimeType: "image/png" };
const text = (said: string) => ({ type: "text" as const, text: said });
const fromUser = (content: object) => ({
  role: "user" as const,
  content: content as ReturnType<typeof text>,
});
const embedded = (uri: string, mimeType: string, said: string) => ({
  type: "resource" as const,
  resource: { uri, mimeType, text: said },
});

export function registerConformanceFixtures(server: McpServer): void {
  server.server.registerCapabilities({ logging: {}, resources: { subscribe: true } });
  server.server.setRequestHandler("resources/subscribe", () => ({}));
  server.server.setRequestHandler("resources/unsubscribe", () => ({}));
  registerTools(server);
  registerResources(server);
  registerPrompts(server);
}

function registerTools(server: McpServer): void {
  const tool = (name: string, answer: (context: ServerContext) => object[] | Promise<object[]>) =>
    server.registerTool(name, { description: name, inputSchema: z.object({}) }, async (_, context) => ({
      content: (await answer(context)) as ReturnType<typeof text>[],
    }));
  tool("test_simple_text", () => [text("This is a simple text response for testing.")]);
  tool("test_image_content", () => [image]);
  tool("test_audio_content", () => [{ type: "audio", data: wav, mimeType: "audio/wav" }]);
  tool("test_embedded_resource", () => [
    embedded("test://embedded-resource", "text/plain", "This is an embedded resource content."),
  ]);
  tool("test_multiple_content_types", () => [
    text("Multiple content types test:"),
    image,
    embedded("test://mixed-content-resource", "application/json", '{"test":"data","value":123}'),
  ]);
  tool("test_error_handling", () => {
    throw new Error("This tool intentionally returns an error for testing");
  });
  tool("test_tool_with_logging", async ({ mcpReq }) => {
    for (const part of ["Tool execution started", "Tool processing data", "Tool execution completed"]) {
      await mcpReq.notify({ method: "notifications/message", params: { level: "info", data: part } });
    }
    return [text("done")];
  });
  tool("test_tool_with_progress", async ({ mcpReq }) => {
    const progressToken = mcpReq._meta?.progressToken;
    for (const progress of progressToken === undefined ? [] : [0, 50, 100]) {
      await mcpReq.notify({
        method: "notifications/progress",
        params: { progressToken, progress, total: 100 },
      });
    }
    return [text("done")];
  });
}

function registerResources(server: McpServer): void {
  const mimeType = "text/plain";
  const said = "This is the content of the static text resource.";
  server.registerResource("text", "test://static-text", { description: "text", mimeType }, ({ href }) => ({
    contents: [{ uri: href, mimeType, text: said }],
  }));
  const isImage = { description: "an image", mimeType: image.mimeType };
  server.registerResource("binary", "test://static-binary", isImage, ({ href }) => ({
    contents: [{ uri: href, mimeType: image.mimeType, blob: png }],
  }));
  const template = new ResourceTemplate("test://template/{id}/data", { list: undefined });
  server.registerResource("template", template, { description: "by id" }, ({ href }, { id }) => ({
    contents: [
      {
        uri: href,
        mimeType: "application/json",
        text: JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` }),
      },
    ],
  }));
}

function registerPrompts(server: McpServer): void {
  server.registerPrompt("test_simple_prompt", { description: "simple" }, () => ({
    messages: [fromUser(text("This is a simple prompt for testing."))],
  }));
  const argument = completable(z.string(), () => ["hello"]);
  server.registerPrompt(
    "test_prompt_with_arguments",
    { description: "with arguments", argsSchema: z.object({ arg1: argument, arg2: z.string() }) },
    ({ arg1, arg2 }) => ({
      messages: [fromUser(text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`))],
    }),
  );
  server.registerPrompt(
    "test_prompt_with_embedded_resource",
    { description: "with a resource", argsSchema: z.object({ resourceUri: z.string() }) },
    ({ resourceUri }) => ({
      messages: [
        fromUser(embedded(resourceUri, "text/plain", "Embedded resource content for testing.")),
        fromUser(text("Please process the embedded resource above.")),
      ],
    }),
  );
  server.registerPrompt("test_prompt_with_image", { description: "with an image" }, () => ({
    messages: [fromUser(image), fromUser(text("Please analyze the image above."))],
  }));
}
