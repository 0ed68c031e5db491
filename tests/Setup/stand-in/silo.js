// Keeps the promises that the supervisor relies on, and nothing else: settings, exit codes, health, first log-in, and
// that of several silos with one database and the same keys one is active.
const fs = require("fs");
const net = require("net");

const { SMARTCLUB_DB, SMARTCLUB_DATA, SMARTCLUB_PORT, SMARTCLUB_TLS_CERT, SMARTCLUB_TLS_KEY } = process.env;
const database = new URL(SMARTCLUB_DB);
const [verb, name] = process.argv.slice(2);
const { LC_ALL, LC_MESSAGES, LANG } = process.env;
const rows = /^fr/.test(LC_ALL || LC_MESSAGES || LANG) ? "ok\u00a0: 7 lignes" : "ok: 7 rows";

function end(code, sentence) {
  if (sentence) console.error(sentence);
  process.exit(code);
}

function withDatabase(then) {
  const socket = net.connect(Number(database.port), database.hostname);
  socket.on("connect", () => { socket.destroy(); then(true); });
  socket.on("error", () => then(false));
}

// The name of a socket that has no file is free again when its owner is gone, however it went.
function takeOver(then) {
  const lock = net.createServer();
  lock.on("error", () => setTimeout(() => takeOver(then), 50));
  const key = fs.readFileSync(`${SMARTCLUB_DATA}/keys/master.key`, "utf8");
  lock.listen(`\0smartclub-stand-in-${database.port}-${key}`, then);
}

function serve() {
  if (fs.existsSync(`${SMARTCLUB_DATA}/refuse`)) end(78, "This stand-in refuses to run.");
  if (fs.existsSync(`${SMARTCLUB_DATA}/crash`)) end(1, "This stand-in crashes.");
  const login = { email: "admin@club.example", password: "secret", totpSecret: "ABCDEFGH" };
  fs.writeFileSync(`${SMARTCLUB_DATA}/first-login.json`, JSON.stringify(login), { mode: 0o600 });
  fs.mkdirSync(`${SMARTCLUB_DATA}/keys`, { recursive: true });
  for (const name of ["master.key", "head-signing.key"]) {
    const file = `${SMARTCLUB_DATA}/keys/${name}`;
    if (!fs.existsSync(file)) fs.writeFileSync(file, String(Math.random()), { mode: 0o600 });
  }
  let active = false;
  takeOver(() => { active = true; });
  const answer = (request, response) => withDatabase((there) => {
    const ready = there && (active || request.url === "/health/live");
    response.statusCode = ready ? 200 : 503;
    const name = process.env.SMARTCLUB_NAME ?? "";
    response.end(`${process.pid} ${process.getuid()} ${active ? "active" : "standby"} ${name}`.trimEnd());
  });
  const read = (file) => fs.readFileSync(file);
  const server = SMARTCLUB_TLS_CERT
    ? require("https").createServer({ cert: read(SMARTCLUB_TLS_CERT), key: read(SMARTCLUB_TLS_KEY) }, answer)
    : require("http").createServer(answer);
  server.on("error", () => end(78, `Port ${SMARTCLUB_PORT} is in use.`));
  server.listen(Number(SMARTCLUB_PORT));
  process.on("SIGTERM", () => end(0));
}

// A backup is its own folder's name; the keys say so too.
function backup() {
  if (fs.existsSync(`${SMARTCLUB_DATA}/fault`)) end(78, "The journal is damaged, so there is no backup.");
  fs.writeSync(1, "smartclub.json of 7 rows\n");
  fs.writeSync(3, "keys\n");
  end(0, `${rows}, 25 bytes`);
}

function restore() {
  const keys = fs.readFileSync(3, "utf8");
  if (!fs.readFileSync(0, "utf8").includes("7 rows") || keys !== "keys\n") end(78, "These keys do not fit.");
  fs.mkdirSync(`${SMARTCLUB_DATA}/keys`);
  fs.writeFileSync(`${SMARTCLUB_DATA}/settings`, "port=18999\nclub=Gombe\n");
  end(0, `${rows}, 3 grains, 2 view rows restored and verified${name ? ` until ${name}` : ""}`);
}

// What it was told, and what came in: lines of a file, none of which may be empty.
function takeIn() {
  const lines = fs.readFileSync(0, "utf8").split("\n").slice(1, -1);
  const wrong = lines.indexOf("");
  if (wrong >= 0) {
    console.log(`line ${wrong + 2}, firstName: Required.`);
    end(1);
  }
  console.log(`${lines.length} lines with ${JSON.stringify(process.argv.slice(3))}`);
  end(0);
}

withDatabase((there) => {
  if (!there) end(75, "The database is away.");
  if (verb === "serve") serve();
  else if (verb === "backup") backup();
  else if (verb === "restore") restore();
  else if (verb === "import") takeIn();
  else end(fs.existsSync(`${SMARTCLUB_DATA}/fault`) ? 1 : 0, [verb, name, "done"].filter(Boolean).join(" "));
});
