"use strict";

// Keeps Azurite up for as long as somebody holds a lease: an open connection to the control port. The operating
// system closes the connections of a process that dies, however it dies, so Azurite never outlives its users, and
// several programs can share one data folder. A holder that ends its side learns from the end of the other side
// that it was let go: at once where others remain, else when Azurite has saved its data and is gone.
//
// usage: node host.js DATA_FOLDER [BLOB_PORT QUEUE_PORT TABLE_PORT]
// prints one line of JSON when ready and keeps the same in DATA_FOLDER/host.json: pid, controlPort, and the ports of
// the three services.

const fs = require("node:fs");
const net = require("node:net");
const path = require("node:path");

const FIRST_LEASE_MS = 20_000;
const CLOSING_MS = 10_000;

const folder = path.resolve(process.argv[2]);
const [blobPort = "0", queuePort = "0", tablePort = "0"] = process.argv.slice(3);
const endpointsFile = path.join(folder, "host.json");
fs.mkdirSync(folder, { recursive: true });
const log = fs.openSync(path.join(folder, "azurite.log"), "w");
const write = (...parts) => fs.writeSync(log, parts.join(" ") + "\n");

// Whoever started this may be gone while others still hold leases.
process.stdout.on("error", () => {});
process.on("uncaughtException", error => {
  write(error.stack ?? error);
  process.exit(1);
});

// Ctrl-C and a closed terminal reach the whole process group: the lease holders decide what becomes of Azurite.
const once = process.once.bind(process);
process.once = (event, listener) => (event === "SIGINT" ? process : once(event, listener));
process.on("SIGINT", () => {});
process.on("SIGHUP", () => {});

// So do Ctrl-Z and a background job's touch of the terminal. Stopped by one of them, Azurite would stay so when its
// users go on, and they would wait for it for ever.
for (const signal of ["SIGTSTP", "SIGTTIN", "SIGTTOU"]) process.on(signal, () => {});

const leases = new Set();
const control = net.createServer({ allowHalfOpen: true }, lease => {
  leases.add(lease);
  const release = () => {
    if (!leases.delete(lease)) return;
    if (leases.size === 0) close();
    else lease.end();
  };
  lease.on("end", release).on("error", release).on("close", release).unref();
  lease.resume();
  lease.write("lease\n");
});

let up = false;
let closing = false;
function close() {
  if (!up) process.exit(1);
  if (closing) return;
  closing = true;
  control.close();
  setTimeout(() => process.exit(1), CLOSING_MS).unref();
  process.emit("SIGTERM");
}
process.on("SIGTERM", close);
process.on("exit", () => fs.rmSync(endpointsFile, { force: true }));

const ports = {};
function ready() {
  up = true;
  control.listen(0, "127.0.0.1", () => {
    const text = JSON.stringify({ pid: process.pid, controlPort: control.address().port, ...ports });
    fs.writeFileSync(endpointsFile + ".new", text);
    fs.renameSync(endpointsFile + ".new", endpointsFile);
    process.stdout.write(text + "\n");
    setTimeout(() => leases.size === 0 && close(), FIRST_LEASE_MS).unref();
  });
}

console.error = write;
console.log = (...parts) => {
  write(...parts);
  const [, service, port] = /^Azurite (\w+) service is successfully listening at .*:(\d+)$/.exec(parts[0]) ?? [];
  if (!service) return;
  ports[`${service.toLowerCase()}Port`] = Number(port);
  // Azurite starts its services one after the other, tables last, and then listens to signals.
  if (service === "Table") setImmediate(ready);
};

// Telemetry is off, the database is Loki, and Azurite is nobody's client with cookies, whose list of public domains takes long to
// load; the libraries for these three are half of a start.
const UNUSED = ["applicationinsights", "sequelize", "tough-cookie"];
const Module = require("node:module");
const load = Module._load;
const unused = new Proxy(class {}, { get: (target, name) => target[name] ?? class {} });
// And for each request it takes the address patterns of all operations apart; here each of them once.
const patterns = new Map();
Module._load = function (request, ...rest) {
  if (UNUSED.includes(request)) return unused;
  const loaded = load.call(this, request, ...rest);
  if (request !== "uri-templates") return loaded;
  return pattern => patterns.get(pattern) ?? patterns.set(pattern, loaded(pattern)).get(pattern);
};

// Azurite asks its database, Loki, for a blob by account, container and name in this order, and Loki applies an index to
// the first of them alone: each request then walks through all blobs of the account, several times. Asked for by name
// first, a blob is found in the same time however many there are.
const { Resultset } = require("lokijs");
const find = Resultset.prototype.find;
Resultset.prototype.find = function (query, firstOnly) {
  return find.call(this, typeof query?.name === "string" ? { name: query.name, ...query } : query, firstOnly);
};

process.argv.splice(
  2, Infinity,
  "--location", folder,
  "--blobPort", blobPort, "--queuePort", queuePort, "--tablePort", tablePort,
  "--skipApiVersionCheck", "--disableTelemetry", "--silent");
require("azurite/dist/src/azurite.js");
