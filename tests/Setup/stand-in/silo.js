// Keeps the promises that the supervisor relies on, and nothing else: settings, exit codes, health, first log-in.
const fs = require("fs");
const net = require("net");

const { SMARTCLUB_DB, SMARTCLUB_DATA, SMARTCLUB_PORT, SMARTCLUB_TLS_CERT, SMARTCLUB_TLS_KEY } = process.env;
const database = new URL(SMARTCLUB_DB);
const [verb, name] = process.argv.slice(2);

function end(code, sentence) {
  if (sentence) console.error(sentence);
  process.exit(code);
}

function withDatabase(then) {
  const socket = net.connect(Number(database.port), database.hostname);
  socket.on("connect", () => { socket.destroy(); then(true); });
  socket.on("error", () => then(false));
}

function serve() {
  if (fs.existsSync(`${SMARTCLUB_DATA}/refuse`)) end(78, "This stand-in refuses to run.");
  if (fs.existsSync(`${SMARTCLUB_DATA}/crash`)) end(1, "This stand-in crashes.");
  const login = { email: "admin@club.example", password: "secret", totpSecret: "ABCDEFGH" };
  fs.writeFileSync(`${SMARTCLUB_DATA}/first-login.json`, JSON.stringify(login), { mode: 0o600 });
  const answer = (request, response) => withDatabase((there) => {
    response.statusCode = there ? 200 : 503;
    response.end(`${process.pid} ${process.getuid()}`);
  });
  const read = (file) => fs.readFileSync(file);
  const server = SMARTCLUB_TLS_CERT
    ? require("https").createServer({ cert: read(SMARTCLUB_TLS_CERT), key: read(SMARTCLUB_TLS_KEY) }, answer)
    : require("http").createServer(answer);
  server.on("error", () => end(78, `Port ${SMARTCLUB_PORT} is in use.`));
  server.listen(Number(SMARTCLUB_PORT));
  process.on("SIGTERM", () => end(0));
}

withDatabase((there) => {
  if (!there) end(75, "The database is away.");
  if (verb === "serve") serve();
  else end(fs.existsSync(`${SMARTCLUB_DATA}/fault`) ? 1 : 0, [verb, name, "done"].filter(Boolean).join(" "));
});
