import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import { astro, initOf, outcomes } from "../support/cli.ts";

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "astro-growth-"));
  expect(await astro(initOf("shop", "eu-west-1"), { cwd: folder })).toMatchObject({ code: 0 });
  // What is turned off again goes from a protected environment too.
  edit({ protect: true });
  await provision();
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const REHEARSE = ["--env", "dev", "--rehearse", "--speed", "max", "--json"];

type Change = { readonly logicalId: string; readonly action: string; readonly mayReplace?: boolean };
type Planned = { readonly stack: string; readonly action: string; readonly changes: readonly Change[] };

async function plan(): Promise<readonly Planned[]> {
  const ended = await astro(["plan", ...REHEARSE], { cwd: folder });
  expect(ended.code, ended.stderr).toBe(0);
  const { stacks } = JSON.parse(ended.stdout) as { stacks: readonly Planned[] };
  return stacks.filter(({ action }) => action !== "unchanged");
}

async function provision(): Promise<void> {
  const ended = await astro(["provision", ...REHEARSE, "--yes"], { cwd: folder });
  expect(ended.code, ended.stderr).toBe(0);
  expect(Object.values(outcomes(ended.stdout))).not.toContain("failed");
}

/** Edits astro.yaml as its owner would; undefined takes a key out. Returns what undoes it. */
function edit(values: { readonly [path: string]: unknown }): () => void {
  const file = join(folder, "infra", "astro.yaml");
  const before = readFileSync(file, "utf8");
  const document = parseDocument(before);
  for (const [path, value] of Object.entries(values)) {
    const keys = ["environments", "dev", ...path.split(".")];
    if (value === undefined) document.deleteIn(keys);
    else document.setIn(keys, value);
  }
  writeFileSync(file, String(document));
  return () => writeFileSync(file, before);
}

/** What happens to the resources of stacks that stand, `stack.LogicalId action` each. */
function fates(planned: readonly Planned[]): readonly string[] {
  const deployed = planned.filter(({ action }) => action !== "create");
  return deployed.flatMap(({ stack, action, changes }) =>
    action === "delete"
      ? [`${stack} removed`]
      : changes.map((change) => {
          const word = change.mayReplace ? "may be replaced" : change.action;
          return `${stack.replace("shop-dev-", "")}.${change.logicalId} ${word}`;
        }),
  );
}

const domain = { name: "example.com", zone: "Z0123456789ABCDEFGHIJ" };

const isAddition = (fate: string) => fate.endsWith(" add");

describe("astro plan, of a running environment that grows", () => {
  it.each([
    {
      what: "three zones instead of one",
      values: { "network.azs": 3 },
      // What takes subnets takes more of them; none of the old ones moves.
      changed: [
        "cache.CacheSubnets",
        "database.DatabaseSubnets",
        "load-balancer.LoadBalancer",
        "network.DatabaseSubnetsParameter",
        "network.DynamoDbEndpoint",
        "network.PrivateSubnetsParameter",
        "network.PublicSubnetsParameter",
        "network.S3Endpoint",
        "service.Service",
      ],
    },
    {
      what: "a domain",
      values: { domain },
      // The policy reads the bucket's ARN: AWS tells of it, as it does not know yet that the ARN stays.
      changed: [
        "cdn.Distribution",
        "cdn.FrontendHeadersPolicy",
        "cdn.RedirectsFunction",
        "load-balancer.HttpListener",
        "storage.PdfsBucket",
        "storage.PdfsBucketPolicy",
      ],
      // With a name of its own the API answers everybody, and not the CDN alone.
      removed: ["load-balancer.FromCdn"],
    },
    {
      what: "Spot turned off",
      values: { "service.spot": false },
      changed: ["service.CapacityProviders", "service.Service"],
    },
    { what: "another instance class", values: { "database.class": "db.t4g.medium" }, changed: ["database.Database"] },
    { what: "larger cache nodes", values: { "cache.node": "cache.t4g.small" }, changed: ["cache.Cache"] },
  ])(
    "adds and changes in place, replaces and removes nothing that holds anything, for $what",
    async ({ values, changed, removed = [] }) => {
      const undo = edit(values);
      const planned = await plan().finally(undo);
      const rest = fates(planned).filter((fate) => !isAddition(fate));
      const expected = [...changed.map((id) => `${id} change`), ...removed.map((id) => `${id} remove`)];
      expect(rest.sort()).toEqual(expected.sort());
    },
  );

  it("replaces nothing but names and certificates for another domain", async () => {
    edit({ domain });
    await provision();
    const undo = edit({ "domain.name": "example.net" });
    expect(fates(await plan()).filter((fate) => !fate.endsWith(" change"))).toEqual([
      "certificate.Certificate replace",
      "certificate-cdn.Certificate replace",
      "dns.ApiRecord replace",
      "cdn.AppRecord replace",
      "cdn.AppRecordIpv6 replace",
    ]);
    undo();
  });

  it("removes nothing but the names when the domain goes", async () => {
    edit({ domain: undefined });
    expect(fates(await plan()).filter((fate) => !fate.endsWith(" change"))).toEqual([
      "load-balancer.FromCdn add",
      "cdn.AppRecord remove",
      "cdn.AppRecordIpv6 remove",
      "cdn.HttpsRedirect remove",
      "shop-dev-certificate-cdn removed",
      "shop-dev-dns removed",
      "shop-dev-certificate removed",
    ]);
    await provision();
    expect(await plan()).toEqual([]);
  });

  it("is given alarms, whose dashboard has the name of the cluster", async () => {
    edit({ "alarms.email": "ops@example.com" });
    await provision();
    expect(await plan()).toEqual([]);
  });
});
