import { describe, expect, it } from "vitest";
import Init from "../../commands/init.ts";
import { type EnvironmentInput, environment } from "../../src/config/schema.ts";
import type { Terminal } from "../../src/terminal.ts";
import { dnsSteps } from "../../src/wizard/dns-steps.ts";
import { renderWritten } from "../../src/wizard/written.ts";

type Domain = NonNullable<EnvironmentInput["domain"]>;

const steps = (domain: Domain | undefined, rest: Partial<EnvironmentInput> = {}, place: readonly string[] = []) =>
  dnsSteps({ env: "prod", environment: environment.parse({ region: "eu-west-1", ...rest, domain }) }, place);

const elsewhere = { name: "example.com", zone: "elsewhere" };
const ways = (domain: Domain) => steps(domain).flatMap(({ command }) => (command ? [command.slice(4)] : []));

describe("what is to be done at the registrar", () => {
  it("is nothing without a domain, or with a zone that is there", () => {
    expect(steps(undefined)).toEqual([]);
    expect(steps({ name: "example.com", zone: "Z0123456789ABCDEFGHIJ" })).toEqual([]);
  });

  it("is to lead the domain to the zone that is made, whose DNS is the domain's from then on", () => {
    const words = steps({ name: "example.com", zone: "create" }).map(({ text }) => text);
    expect(words).toEqual([
      expect.stringContaining("shows its four name servers"),
      expect.stringContaining("copy the records that example.com has today"),
      expect.stringContaining("enter the four at the registrar of example.com, in place of those there"),
    ]);
  });

  it("is not to change the registrar for a part of a domain: that would take the whole domain along", () => {
    const [, , last] = steps({ name: "shop.example.com", zone: "create" }).map(({ text }) => text);
    expect(last).toContain("as NS records of shop.example.com in the DNS of the domain that it is part of");
    expect(last).toContain("only if shop.example.com itself was bought");
  });

  it("is to add records where the DNS stays, for every name that there is", () => {
    const last = (domain: Domain, rest?: Partial<EnvironmentInput>) => steps(domain, rest)[1]?.text;
    expect(last(elsewhere)).toContain("where app.example.com and api.example.com must lead");
    expect(last(elsewhere, { loadBalancer: { private: true } })).toContain("where app.example.com must lead");
    expect(last({ ...elsewhere, names: { app: "www.example.com" } })).toContain(
      "where www.example.com, example.com and api.example.com must lead",
    );
  });

  it("is to leave the domain itself where its DNS has no record for it, by flags that there are", () => {
    expect(ways(elsewhere)).toEqual([]);
    expect(ways({ ...elsewhere, names: { app: "example.com" } })).toEqual([
      ["--app-name", "www.example.com", "--no-redirect"],
    ]);
    expect(ways({ ...elsewhere, names: { app: "www.example.com" } })).toEqual([["--no-redirect"]]);
    expect(ways({ ...elsewhere, names: { api: "example.com" } })).toEqual([["--api-name", "api.example.com"]]);
    expect(Object.keys(Init.flags)).toEqual(expect.arrayContaining(["app-name", "api-name", "redirect", "env"]));
  });

  it("is shown with the result of init, before the next command, which is last", () => {
    const terminal: Terminal = { write: () => {}, columns: 80, interactive: true, colour: false, unicode: true };
    const shown = steps({ ...elsewhere, names: { app: "example.com" } }, {}, ["--dir", "cloud"]);
    const next = [{ command: ["astro", "provision"], words: "begins" }];
    expect(
      renderWritten({ written: ["astro.yaml"], kept: [] }, "./cloud", next, terminal, shown),
    ).toMatchInlineSnapshot(`
      " ✔ written: ./cloud/astro.yaml
         The domain, later:
         1. astro provision shows a CNAME record for each name and waits: add it to
            the DNS of example.com within three days, and leave it there, since
            renewals need it
         2. in the end it shows where example.com, www.example.com and
            api.example.com must lead: add these records too
         3. example.com itself takes an ALIAS or ANAME record; if your DNS has
            neither:  astro init --dir cloud --env prod --app-name www.example.com
            --no-redirect
       Next:  astro provision   begins
      "
    `);
  });
});
