import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { clientVariables, clientWords, readyLine } from "../../src/everyday/tunnel-lines.ts";

/** Runs a printed line in a shell in which `aws` answers with a secret and the clients tell how they are run. */
function obeyed(line: string, secret: object): string {
  const script = [
    `aws() { printf '%s' "$*" > /dev/null; cat <<'END'\n${JSON.stringify(secret)}\nEND\n}`,
    'psql() { printf \'%s|\' "$PGPASSWORD" "$PGOPTIONS" "$@"; }',
    'redis-cli() { printf \'%s|\' "$REDISCLI_AUTH" "$@"; }',
    line,
  ].join("\n");
  return execFileSync("bash", ["-c", script], { encoding: "utf8" });
}

const line = { secret: "shop/dev/database", region: "eu-west-1", localPort: 15_432 };

describe("the line for another terminal", () => {
  it("runs psql with the password as it is at that moment, over TLS", () => {
    const words = readyLine("database", line);
    expect(words).toContain("aws secretsmanager get-secret-value --secret-id shop/dev/database");
    const connection = "host=127.0.0.1 port=15432 dbname=app user=app sslmode=require";
    expect(obeyed(words, { username: "app", password: "Abc123" })).toBe(`Abc123||${connection}|`);
    expect(obeyed(words, { password: "Abc123", username: "app" })).toBe(`Abc123||${connection}|`);
  });

  it("lets psql write nothing where that is wanted", () => {
    expect(obeyed(readyLine("database", line, true), { password: "x1" })).toMatch(
      /^x1\|-c default_transaction_read_only=on\|/,
    );
  });

  it("runs redis-cli with its token, over TLS", () => {
    const words = readyLine("cache", { ...line, secret: "shop/dev/redis", localPort: 16_379 });
    expect(obeyed(words, { token: "tok1" })).toBe("tok1|-h|127.0.0.1|-p|16379|--tls|");
  });
});

describe("a client that astro runs", () => {
  it("has where to go in its variables, or, for redis-cli, in its words", () => {
    expect(clientVariables("database", 15_432)).toEqual({
      PGHOST: "127.0.0.1",
      PGPORT: "15432",
      PGUSER: "app",
      PGDATABASE: "app",
      PGSSLMODE: "require",
    });
    expect(clientWords("cache", ["redis-cli"], 16_379)).toEqual([
      "redis-cli",
      "-h",
      "127.0.0.1",
      "-p",
      "16379",
      "--tls",
    ]);
    expect(clientWords("cache", ["redis-cli", "-p", "1"], 16_379)).toEqual(["redis-cli", "-p", "1"]);
    expect(clientWords("database", ["psql"], 15_432)).toEqual(["psql"]);
  });
});
