import { expect, it } from "vitest";
import { createHubClient } from "#lib/event-hub/hub-client.ts";

const eventHubName = "orders";
const connectionString =
  "Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=a;SharedAccessKey=topsecret";
const credential = { getToken: async () => ({ token: "t", expiresOnTimestamp: Date.now() + 3_600_000 }) };

it("connects with a connection string, or with a namespace and a credential, and only when asked", () => {
  for (const connection of [
    { eventHubName, connectionString },
    { eventHubName, connectionString: `${connectionString};EntityPath=Orders` },
    {
      eventHubName,
      connectionString: `"${connectionString.replace("SharedAccessKey=", "sharedaccesskey = ")} ; "`,
    },
    { eventHubName, connectionString: `${connectionString};EntityPath=` },
    { eventHubName, connectionString: `${connectionString};UseDevelopmentEmulator=TRUE` },
    { eventHubName, fullyQualifiedNamespace: "contoso.servicebus.windows.net", credential },
  ]) {
    const client = createHubClient(connection, 1000);
    expect(client.fullyQualifiedNamespace).toBe("contoso.servicebus.windows.net");
    expect(client.eventHubName).toBe("orders");
  }
});

it.each([
  ["no connection string", { connectionString: "topsecret" }, /is no Event Hubs connection string/],
  [
    "another hub's",
    { connectionString: `${connectionString};EntityPath=topsecret` },
    /EntityPath of the connection string names another/,
  ],
  ["nothing", {}, /neither a connection string nor/],
  ["a namespace alone", { fullyQualifiedNamespace: "topsecret" }, /neither a connection string nor/],
])("refuses %s without repeating anything", (_, connection, message) => {
  let caught: unknown;
  try {
    createHubClient({ eventHubName, ...connection }, 1000);
  } catch (error) {
    caught = error;
  }
  expect(caught).toMatchObject({ code: "azureFailed", message: expect.stringMatching(message) });
  expect(caught).not.toHaveProperty("cause");
  expect(String(caught)).not.toContain("topsecret");
});
