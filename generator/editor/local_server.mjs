// Reads and writes texts for the web editor: Decap CMS's own server for local files, behind a door of our own. That one
// asks nobody who they are, and lets whatever page reaches it at the whole project.
import { createRequire } from "node:module";
import { isAbsolute, relative, resolve, sep } from "node:path";

const { PORT: port, ORIGIN: origin, GIT_REPO_DIRECTORY: project } = process.env;
const [program, content] = process.argv.slice(2);

const from = createRequire(program);
const express = from("express");
const { registerLocalFs } = from(program);

/** The parameters of all its actions that name files or folders. */
const PATHS = new Set(["path", "newPath", "paths", "folder", "mediaFolder"]);

/** Tell whether a page asks that is the editor's: one from elsewhere can make its name lead here (DNS rebinding). */
function isOurs({ headers }) {
  return headers.host === `127.0.0.1:${port}` && headers.origin === origin;
}

/** Tell whether a path leads to something in the content folder, and to nothing hidden such as a repository's own. */
function isText(path) {
  const below = relative(resolve(project, content), resolve(project, path));
  return !isAbsolute(below) && !below.split(sep).some((name) => name.startsWith("."));
}

function* pathsIn(value, key) {
  if (typeof value === "string" && PATHS.has(key)) yield value;
  if (value === null || typeof value !== "object") return;
  for (const [name, part] of Object.entries(value)) yield* pathsIn(part, Array.isArray(value) ? key : name);
}

const app = express();
app.use((request, response, next) => (isOurs(request) ? next() : response.sendStatus(403)));
app.use(express.json({ limit: "50mb" }));
app.use(({ body }, response, next) => ([...pathsIn(body)].every(isText) ? next() : response.sendStatus(403)));
await registerLocalFs(app, { logLevel: "error" });
app.listen(Number(port), "127.0.0.1");

// It ends when the process that began it does, however that ends: nobody holds its input any more.
process.stdin.on("end", () => process.exit()).resume();
