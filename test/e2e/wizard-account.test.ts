import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { CreateHostedZoneCommand, Route53Client } from "@aws-sdk/client-route-53";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { displayWidth } from "../../src/view/text.ts";
import { expectGolden, film, type Shot } from "../support/golden.ts";
import { listening } from "../support/local-server.ts";
import { KEYS, openTerminal, type Screen } from "../support/pty.ts";
import { servedHere } from "../support/served.ts";

let cwd: string;
const screens: Screen[] = [];

beforeEach(async () => {
  cwd = join(await realpath(await mkdtemp(join(tmpdir(), "astro-account-"))), "shop");
  await mkdir(cwd);
});
afterEach(async () => {
  for (const screen of screens.splice(0)) screen.close();
  await rm(join(cwd, ".."), { recursive: true });
});

const { enter, down, esc } = KEYS;
const WIDTHS = [80, 40];

function init(cols: number, env: { readonly [name: string]: string } = {}): Screen {
  const screen = openTerminal(process.execPath, [join(process.cwd(), "bin", "run.js"), "init"], { cwd, env, cols });
  screens.push(screen);
  return screen;
}

/** Compares a film with its golden one; no line is wider than the terminal, or it would have been broken anywhere. */
async function expectScreens(name: string, cols: number, filmed: string): Promise<void> {
  await expectGolden(`init-${name}-${cols}x24`, filmed);
  const lines = filmed.split("\n").filter((line) => !line.startsWith("── "));
  expect(Math.max(...lines.map(displayWidth))).toBeLessThan(cols);
}

const configText = () => readFile(join(cwd, "infra", "astro.yaml"), "utf8");

/** A FastAPI service with a Vite frontend. */
async function writeApp(): Promise<void> {
  await writeFile(join(cwd, "Dockerfile"), "FROM python:3.12\nEXPOSE 8000\nCMD uvicorn app.main:app --host 0.0.0.0\n");
  await writeFile(join(cwd, "requirements.txt"), "fastapi==0.115.0\nuvicorn==0.32.0\n");
  await mkdir(join(cwd, "web"));
  await writeFile(join(cwd, "web", "index.html"), "<!doctype html>\n");
  const built = { scripts: { build: "vite build" }, devDependencies: { vite: "6.0.0" } };
  await writeFile(join(cwd, "web", "package.json"), JSON.stringify(built));
}

/** A rehearsed account with two hosted zones, and what leads astro to it. */
async function accountWithZones() {
  const served = await servedHere(join(cwd, ".."));
  onTestFinished(served.stop);
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, ...rest } = served.environment;
  const client = new Route53Client({
    endpoint: served.endpoint,
    region: rest.AWS_REGION ?? "",
    credentials: { accessKeyId: accessKeyId ?? "", secretAccessKey: secretAccessKey ?? "" },
  });
  for (const Name of ["example.com", "shop.example"])
    await client.send(new CreateHostedZoneCommand({ Name, CallerReference: Name }));
  client.destroy();
  return served;
}

/** Who an account says it is (AWS STS API Reference, GetCallerIdentity). */
const IDENTITY = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
  <Arn>arn:aws:iam::123456789012:user/me</Arn><UserId>AIDAEXAMPLE</UserId><Account>123456789012</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>`;

/**
 * A server that answers a call after so many milliseconds, or none at all but who it is; `left` resolves once somebody has given
 * up waiting.
 */
async function slowServer(milliseconds: number | "who") {
  const { promise: left, resolve } = withResolvers();
  const server = await listening(
    createServer(async (asked, answer) => {
      answer.once("close", resolve);
      if (milliseconds !== "who") return void setTimeout(() => answer.writeHead(503).end(), milliseconds);
      if ((await text(asked)).includes("Action=GetCallerIdentity")) answer.end(IDENTITY);
    }),
  );
  onTestFinished(server.close);
  const env = { AWS_ENDPOINT_URL: server.endpoint, AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "s" };
  return { env, left };
}

function withResolvers() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

describe("astro init beside an account", () => {
  it.each(WIDTHS)(
    "takes a FastAPI and Vite app in six keys after the name, without one, at %d columns",
    async (cols) => {
      await writeApp();
      const keys: readonly Shot[] = [
        ["Environment name (dev)", enter],
        ["? Region", enter],
        ["? Start from", enter],
        ["❯ accept", enter],
        ["(y/N)", "y"],
        ["(y/N) y", enter],
      ];
      const run = init(cols);
      const filmed = await film(run, [["Project name", enter], ...keys, ["astro deploy --rehearse"]]);
      expect(await run.exit()).toBe(0);
      await expectScreens("detected", cols, filmed);
      expect(await configText()).toMatch(/^build:[\s\S]*^frontend:[\s\S]*^ {2}dev:$/m);
      expect(run.all().match(/no AWS credentials here/g)).toHaveLength(1);
    },
  );

  it.each([
    ["at 80 columns", 80, "zone", {}],
    ["at 40 columns", 40, "zone", {}],
    ["without Unicode", 80, "zone-ascii", { LANG: "C" }],
  ])("offers the account's hosted zones to a new prod, and pins the account, %s", async (_, cols, name, locale) => {
    const account = await accountWithZones();
    const run = init(cols, { ...account.environment, ...locale });
    await vi.waitFor(
      () => expect(account.calls().map(({ operation }) => operation)).toContain("ListHostedZones"),
      30_000,
    );
    const filmed = await film(run, [
      ["Project name", enter],
      ["Environment name (dev)", `prod${enter}`],
      ["? Region", enter],
      ["? Start from", enter],
      ["or change something", `do${enter}`],
      ["Domain, such as example.com", down],
      [/[❯>] example.com/, enter],
      [/Its Route 53 hosted zone[\s\S]*[❯>] Z/, enter],
      ["Where the app answers", enter],
      ["Private load balancer", enter],
      ["Where the API answers", enter],
      ["or change something", `acc${enter}`],
      ["(y/N)", `y${enter}`],
      ["Next:"],
    ]);
    expect(await run.exit()).toBe(0);
    // Its id is another one in each account.
    await expectScreens(name, cols, filmed.replaceAll(/\bZ0[\dA-F]{18}\b/g, "Z0123456789ABCDEFGHI"));
    expect(await configText()).toMatch(
      /account: "123456789012"[\s\S]* name: example\.com [\s\S]* zone: Z0[\dA-F]{18}\b/,
    );
  });

  it.each(WIDTHS)(
    "loses nothing to an account that takes four seconds, and says so once, at %d columns",
    async (cols) => {
      const { env, left } = await slowServer(4000);
      const run = init(cols, env);
      const patience = Object.assign(async () => left.then(run.idle), { shot: "nothing for three seconds" });
      const filmed = await film(run, [
        ["Project name", enter],
        ["Environment name (dev)", "st"],
        ["Environment name st", patience],
        ["Environment name st", `age${enter}`],
        ["? Region", enter],
        ["? Start from", enter],
        ["❯ accept", KEYS.ctrlC],
        ["run: astro init"],
      ]);
      expect(await run.exit()).toBe(3);
      await expectScreens("late", cols, filmed);
      expect(run.all().match(/did not\s+answer/g)).toHaveLength(1);
    },
  );

  it("ends with its last answer, whatever of an account it still waits for", async () => {
    const { env } = await slowServer("who");
    const run = init(80, env);
    await film(run, [
      ["Project name", enter],
      ["Environment name (dev)", enter],
      ["? Region", enter],
      ["? Start from", enter],
      ["❯ accept", enter],
      [/account 123456789012\n[\s\S]*\(y\/N\)/, `y${enter}`],
    ]);
    await run.waitFor("✔ written");
    const written = performance.now();
    expect(await run.exit()).toBe(0);
    expect(performance.now() - written).toBeLessThan(1000);
    expect(await configText()).toMatch(/^ +account: "123456789012"/m);
  });

  it.each(WIDTHS)("goes back three times, is left, and goes on with the answers, at %d columns", async (cols) => {
    const first = init(cols);
    const left = await film(first, [
      ["Project name", enter],
      ["Environment name (dev)", enter],
      ["? Region", `eu-west-1${enter}`],
      ["? Start from", esc],
      [/\? Region[\s\S]*❯ eu-west-1/, esc],
      ["? Environment name (dev)", esc],
      ["? Project name (shop)", `cart${enter}`],
      ["? Environment name (dev)", enter],
      [/\? Region[\s\S]*❯ eu-west-1/, enter],
      ["? Start from", KEYS.ctrlC],
      ["run: astro init"],
    ]);
    expect(await first.exit()).toBe(3);
    const again = init(cols);
    const resumed = await film(again, [
      ["Go on with the answers", enter],
      ["? Start from", enter],
      ["❯ accept", enter],
      ["(y/N)", `y${enter}`],
      ["Next:"],
    ]);
    expect(await again.exit()).toBe(0);
    await expectScreens("back", cols, `${left}\n${resumed.replaceAll(/\b\d+s ago/g, "5s ago")}`);
    expect(await configText()).toMatch(/^name: cart$[\s\S]*region: eu-west-1/m);
  });
});
