#!/usr/bin/env node
// Stands for docker on the PATH: an image is the list of its context's files, and is pushed as one is, over HTTP. What it has
// built, and what is to go wrong, is in the folder FAKE_DOCKER: `fault` names the one that goes wrong next, once. The token that it is handed, and
// what everybody can see meanwhile, it writes down in the folder RECORDS, where there is one.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const {
  FAKE_DOCKER: store = "",
  DOCKER_CONFIG: config = "",
  DOCKER_KILLS: kills = "",
  RECORDS: records = "",
} = process.env;
const [verb = "", ...words] = process.argv.slice(2);
const after = (flag) => words[words.indexOf(flag) + 1] ?? "";
const digestOf = (content) => `sha256:${createHash("sha256").update(content).digest("hex")}`;
const kept = (ref) => join(store, digestOf(ref.slice(ref.indexOf("/"))).slice(7));
const faulty = (name) => {
  const file = join(store, "fault");
  const isMeant = existsSync(file) && readFileSync(file, "utf8") === name;
  if (isMeant) rmSync(file);
  return isMeant;
};
const say = (line) => process.stdout.write(`${line}\n`);
const fail = (...lines) => {
  for (const line of lines) process.stderr.write(`${line}\n`);
  process.exit(1);
};
/** Kills whoever runs it, where a test wants that here. */
const here = (place) => {
  if (kills === place) process.kill(process.ppid, "SIGKILL");
};

async function push(ref) {
  const [, host, repository, tag] = /^([^/]+)\/(.+):([^:]+)$/.exec(ref) ?? [];
  const auth = JSON.parse(readFileSync(join(config, "config.json"), "utf8")).auths[host]?.auth;
  const ask = async (method, path, body, type = "application/octet-stream") => {
    const headers = { authorization: `Basic ${auth}`, "content-type": type };
    const answer = await fetch(new URL(path, `http://${host}`), { method, headers, ...(body && { body }) });
    const said = answer.ok || method === "HEAD" ? "" : await answer.text();
    if (!answer.ok && method !== "HEAD") fail(`denied: ${said}`);
    return answer;
  };
  const send = async (content) => {
    const digest = digestOf(content);
    if ((await ask("HEAD", `/v2/${repository}/blobs/${digest}`)).ok) {
      say(`${digest}: Layer already exists`);
      return digest;
    }
    const begun = await ask("POST", `/v2/${repository}/blobs/uploads/`);
    await ask("PUT", `${begun.headers.get("location")}?digest=${digest}`, content);
    say(`${digest}: Pushed`);
    return digest;
  };
  const { platform, files } = JSON.parse(readFileSync(kept(ref), "utf8"));
  const [os, architecture] = platform.split("/");
  const layer = await send(JSON.stringify(files));
  here("layer");
  if (faulty("push-breaks")) fail("write tcp 10.0.0.2:443: write: connection reset by peer");
  if (faulty("token-expires")) fail("denied: Your authorization token has expired. Reauthenticate and try again.");
  const settings = JSON.stringify({ architecture, os });
  const type = "application/vnd.docker.distribution.manifest.v2+json";
  const manifest = {
    schemaVersion: 2,
    mediaType: type,
    config: {
      mediaType: "application/vnd.docker.container.image.v1+json",
      digest: await send(settings),
      size: settings.length,
    },
    layers: [{ mediaType: "application/vnd.docker.image.rootfs.diff.tar.gzip", digest: layer, size: 2 }],
  };
  await ask("PUT", `/v2/${repository}/manifests/${tag}`, JSON.stringify(manifest), type);
  here("manifest");
}

if (verb === "buildx") fail("docker: 'buildx' is not a docker command.");
else if (verb === "version") say("28.0.0");
else if (verb === "context") fail("no such context");
else if (verb === "login") {
  const token = readFileSync(0, "utf8");
  if (records) {
    writeFileSync(join(records, "registry-token"), token);
    writeFileSync(join(records, "ps-login"), execFileSync("ps", ["-A", "-ww", "-o", "args"]));
  }
  const auth = Buffer.from(`${after("--username")}:${token}`).toString("base64");
  writeFileSync(join(config, "config.json"), JSON.stringify({ auths: { [words.at(-1) ?? ""]: { auth } } }));
  here("login");
} else if (verb === "build") {
  if (faulty("build-fails")) fail(...Array.from({ length: 30 }, (_, line) => `step ${line + 1}: pip says no`));
  const folder = words.at(-1) ?? "";
  const files = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]);
  const platform = faulty("other-machine") ? "linux/arm64" : after("--platform");
  writeFileSync(kept(after("--tag")), JSON.stringify({ platform, files }));
  here("build");
} else if (verb === "push") await push(words.at(-1) ?? "");
