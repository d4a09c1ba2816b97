import { describe, expect, it } from "vitest";
import { redact } from "../src/redact.ts";

const SECRETS: readonly (readonly [string, string])[] = [
  [
    "connecting to postgresql://app:s3cret@db.internal:5432/app",
    "connecting to postgresql://app:***@db.internal:5432/app",
  ],
  ["rediss://:to%3Aken@cache:6379/0", "rediss://:***@cache:6379/0"],
  ["DATABASE_PASSWORD=hunter2 PORT=80", "DATABASE_PASSWORD=*** PORT=80"],
  ['{"password": "a \\" b", "port": 80}', '{"password": ***, "port": 80}'],
  ["'jwt_secret': 'abc'", "'jwt_secret': ***"],
  ["api-key: 0123456789abcdef, next", "api-key: ***, next"],
  ["Authorization: Bearer abcdefghijklmnop", "Authorization: Bearer ***"],
  ["key AKIAABCDEFGHIJKLMNOP used", "key *** used"],
  ["token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0abc.c2lnbmF0dXJl", "token ***"],
  ["-----BEGIN RSA PRIVATE KEY----- MIIE", "***"],
];

const HARMLESS: readonly string[] = [
  'INFO:     10.0.0.20:40000 - "GET /health HTTP/1.1" 404 Not Found',
  "exec /usr/local/bin/uvicorn: exec format error",
  "see https://sqlalche.me/e/20/e3q8",
  'connection to server at "database.internal", port 5432 failed: timeout expired',
  "not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:eu-west-1:1:secret:app",
  "password authentication failed for user",
];

describe("words of others", () => {
  it.each(SECRETS)("lose what looks like a secret: %s", (text, redacted) => {
    expect(redact(text)).toBe(redacted);
  });

  it.each(HARMLESS)("keep the rest: %s", (text) => {
    expect(redact(text)).toBe(text);
  });

  it("are gone through in no time, however long they are", () => {
    const long = `${"a".repeat(50_000)} password ${"b:".repeat(20_000)}`;
    expect(redact(long).length).toBeGreaterThan(0);
  });
});
