// The rooms of the house and who may import whom; what is not named here is forbidden.
const pure = "^lib/(core|lag|ownership|api)/";
const io = "^lib/(checkpoint-store|event-hub|history)/";
const own = (room) => `^${room}/`;

/** Each room, and what of this repository it may import beside itself. */
const rooms = {
  "lib/core": [],
  "lib/lag": [own("lib/core"), own("lib/api")],
  "lib/ownership": [own("lib/core"), own("lib/api")],
  "lib/api": [own("lib/core")],
  "lib/checkpoint-store": [pure],
  "lib/event-hub": [pure],
  "lib/history": [pure],
  "lib/monitor": [pure, io],
  "lib/diagnosis": [pure, own("lib/monitor")],
  "lib/reset": [pure, io],
  "lib/alerts": [pure, io, own("lib/monitor")],
  "lib/metrics": [pure, io, own("lib/monitor")],
  "lib/server": [
    pure,
    io,
    ...["monitor", "diagnosis", "reset", "alerts", "metrics"].map((room) => own(`lib/${room}`)),
  ],
  "lib/client": [pure],
  // The words and files of the pages are those of the command line, too.
  "lib/cli": [pure, own("lib/client")],
  "lib/sandbox": [pure, own("lib/checkpoint-store")],
  "lib/bootstrap": [],
  "lib/packaging": [],
  // What loads late is loaded, and its loss told, in one way; so is what a control offers in the palette.
  "components/ui": [
    "^lib/client/(browser/(closing|late-component|page-actions|use-browser|use-page-hidden)|http/late)",
  ],
  "components/charts": [own("components/ui")],
  "components/lag": [own("components/ui"), own("components/charts"), own("lib/client"), pure],
  "components/diagnosis": [own("components/ui"), own("components/charts"), own("lib/client"), pure],
  "components/resets": [own("components/ui"), own("components/charts"), own("lib/client"), pure],
  // The steps of a move or a clean-up are those of a reset.
  "components/moves": [own("components/ui"), own("components/resets"), own("lib/client"), pure],
  "components/activity": [own("components/ui"), own("components/charts"), own("lib/client"), pure],
  "components/alerts": [own("components/ui"), own("components/charts"), own("lib/client"), pure],
  "components/owners": [own("components/ui"), own("components/charts"), own("lib/client"), pure],
  "components/shell": [own("components/ui"), own("components/charts"), own("lib/client"), pure],
  "lib/mcp": [own("lib/server"), own("lib/client"), pure],
  // The help is made from what the commands are declared by.
  app: [
    "^components/",
    own("lib/server"),
    own("lib/mcp"),
    own("lib/client"),
    "^lib/cli/(declarations|commands-markdown)",
    pure,
  ],
};

const walls = Object.entries(rooms).map(([room, allowed]) => ({
  name: `walls of ${room}`,
  severity: "error",
  from: { path: own(room) },
  to: { path: "^(app|components|lib|tests)/", pathNot: [own(room), ...allowed] },
}));

/** Packages with one home each. */
const homes = {
  "@azure/event-hubs": "^lib/(event-hub|sandbox)/|^tests/",
  "@azure/storage-blob": "^lib/(checkpoint-store|sandbox)/|^tests/",
  "@azure/identity": "^lib/(event-hub|sandbox)/|^tests/",
  "@azure/arm-eventhub": "^lib/event-hub/|^tests/",
  rhea: "^lib/sandbox/|^tests/",
  kysely: "^lib/history/|^tests/",
  pg: "^lib/history/|^tests/",
  "prom-client": "^lib/metrics/|^tests/",
  "@modelcontextprotocol/[^/]+": "^lib/mcp/|^tests/",
  nodemailer: "^lib/alerts/|^tests/",
  "@opentelemetry/[^/]+": "^lib/metrics/|^tests/",
};

const packages = Object.entries(homes).map(([name, home]) => ({
  name: `home of ${name}`,
  severity: "error",
  from: { path: "^(app|components|lib|tests)/", pathNot: home },
  // The checkpoint store implements an interface of the Event Hubs SDK: its types, and nothing that runs.
  to: { path: `node_modules/${name}/`, dependencyTypesNot: ["type-only"] },
}));

/** Node's own database too: it comes with no package. */
const sqlite = {
  name: "home of node:sqlite",
  severity: "error",
  from: { path: "^(app|components|lib|tests)/", pathNot: "^lib/history/|^tests/" },
  to: { path: "^(node:)?sqlite$" },
};

/** The rooms of a reset, from the ground up: none imports from above it. */
const floors = ["group", "plan", "(move|cleanup)", "apply", "live", "watch"];

const resetFloors = floors.slice(0, -1).map((floor, index) => ({
  name: "floors of lib/reset",
  severity: "error",
  from: { path: `^lib/reset/${floor}/` },
  to: { path: `^lib/reset/(${floors.slice(index + 1).join("|")})/` },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    ...walls,
    ...packages,
    sqlite,
    ...resetFloors,
    { name: "no circles", severity: "error", from: {}, to: { circular: true } },
    { name: "nothing missing", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "every file has a room",
      severity: "error",
      from: { path: "^(lib|components)/[^/]+$" },
      to: {},
    },
    {
      name: "pages and the browser's side run no Node module",
      severity: "error",
      from: { path: "^(components|lib/client|lib/api|lib/core|lib/lag|lib/ownership)/" },
      to: { dependencyTypes: ["core"] },
    },
  ],
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^\\.next/" },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json", ".css"],
      conditionNames: ["import", "types", "node", "default"],
      exportsFields: ["exports"],
    },
  },
};
