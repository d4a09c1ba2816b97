import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fakeDocker } from "./fake-docker.ts";

/**
 * Stands for AWS's plugin: it writes down how it is run, what it is handed and what everybody can see of that, and is a
 * shell, or a tunnel that leads nowhere.
 */
const PLUGIN = `#!/bin/sh
if [ "$1" = --version ]; then echo "\${PLUGIN_VERSION:-1.2.707.0}"; exit 0; fi
printf '%s\\n' "$@" | tee "$RECORDS/argv-$$" > "$RECORDS/argv"
printf '%s' "$AWS_SSM_START_SESSION_RESPONSE" | tee "$RECORDS/response-$$" > "$RECORDS/response"
ps -A -ww -o args > "$RECORDS/ps-$$"
case "$5" in
  *PortForwarding*) echo "Port opened for sessionId."; echo "Waiting for connections..."; exec sleep 600;;
esac
exec sh
`;

/** Stands for a client of the database: tells where it would go, and writes down the password it was handed. */
const PSQL = `#!/bin/sh
printf '%s' "$PGPASSWORD" > "$RECORDS/password"
ps -A -ww -o args > "$RECORDS/ps-psql"
echo "psql to $PGHOST:$PGPORT $PGDATABASE as $PGUSER, $PGSSLMODE, \${#PGPASSWORD} characters"
exit 4
`;

/** The same of the cache. */
const REDIS = `#!/bin/sh
printf '%s' "$REDISCLI_AUTH" > "$RECORDS/redis-token"
ps -A -ww -o args > "$RECORDS/ps-redis"
echo "redis-cli $*, \${#REDISCLI_AUTH} characters"
`;

/** Records that hold a secret because a program was handed it, as it has to be. */
const HANDED = /^(response|password|redis-token|registry-token)/;

/** Programs that astro runs beside itself, none of them real, and what they wrote down. */
export type EverydayTools = {
  readonly env: { readonly PATH: string; readonly FAKE_DOCKER: string; readonly RECORDS: string };
  readonly record: (name: string) => string;
  /** Writes down what everybody can see of the processes that run now. */
  readonly lookAtProcesses: () => void;
  /** All that others could see: lists of processes, words of a command. */
  readonly seen: () => readonly string[];
  /** The tokens of all sessions that the plugin was handed. */
  readonly sessionTokens: () => readonly string[];
};

/** Puts the plugin, docker, psql and redis-cli into `folder`. */
export function everydayTools(folder: string): EverydayTools {
  const docker = fakeDocker(folder);
  const records = join(folder, "records");
  mkdirSync(records);
  for (const [name, text] of Object.entries({ "session-manager-plugin": PLUGIN, psql: PSQL, "redis-cli": REDIS })) {
    writeFileSync(join(folder, "bin", name), text);
    chmodSync(join(folder, "bin", name), 0o755);
  }
  const names = () => readdirSync(records);
  const record = (name: string) => readFileSync(join(records, name), "utf8");
  let looks = 0;
  return {
    env: { ...docker.env, RECORDS: records },
    record,
    lookAtProcesses: () =>
      writeFileSync(join(records, `ps-look-${++looks}`), execFileSync("ps", ["-A", "-ww", "-o", "args"])),
    seen: () =>
      names()
        .filter((name) => !HANDED.test(name))
        .map(record),
    sessionTokens: () =>
      names()
        .filter((name) => name.startsWith("response-"))
        .map((name) => (JSON.parse(record(name)) as { readonly TokenValue: string }).TokenValue),
  };
}
