import { describe, expect, it } from "vitest";
import { loadPricesFor } from "../../src/cost/catalogue.ts";
import { priceChoices } from "../../src/cost/choices.ts";
import type { Account } from "../../src/wizard/account.ts";
import { answersOf, writtenOf } from "../../src/wizard/answers.ts";
import { choose } from "../../src/wizard/choose.ts";
import type { PriceOf } from "../../src/wizard/price.ts";
import type { ChoiceOptions, ExistingProject } from "../../src/wizard/request.ts";
import { fakeAsk, NOTHING } from "../support/fake-ask.ts";

const suggested = { name: "shop", region: { region: "eu-west-1", from: "here" } };
const priceOf: PriceOf = async (environment) =>
  priceChoices("", environment, await loadPricesFor([environment.region]));

/** The domain that flags make of an environment, new or of a project. */
async function domainBy(flags: ChoiceOptions, project?: ExistingProject) {
  const choices = await choose({ flags: { yes: true, ...flags }, suggested, ...(project && { project }) }, priceOf);
  return { domain: writtenOf(choices).domain, answers: answersOf(choices) };
}

/** The domain that answers make, from the list's `domain` on; and what was asked. */
async function domainTyped(answers: readonly string[], account: Account = {}) {
  const person = fakeAsk(["", "", "", "", "domain", ...answers, "accepted"]);
  const choices = await choose({ flags: {}, suggested, accountOf: () => account }, priceOf, person.ask);
  expect(person.left()).toEqual([]);
  return { domain: writtenOf(choices).domain, heard: person.heard };
}

const project = (domain: object): ExistingProject => ({
  name: "shop",
  file: "infra/astro.yaml",
  environments: { dev: { region: "eu-west-1", domain } },
});

describe("a domain given by flag", () => {
  it.each([
    ["https://Shop.Example.com/", { name: "shop.example.com", zone: "create" }],
    ["http://münchen.de:8080/a?b", { name: "xn--mnchen-3ya.de", zone: "create" }],
    ["www.example.com", { name: "example.com", zone: "create", names: { app: "www.example.com" } }],
    ["https://WWW.Example.co.uk/x", { name: "example.co.uk", zone: "create", names: { app: "www.example.co.uk" } }],
  ])("as %s is cleaned up, and what it says of the app is heard", async (domain, expected) => {
    expect((await domainBy({ domain })).domain).toEqual(expected);
  });

  it("has names by flags too, and answers that make the same again", async () => {
    const flags = { domain: "example.com", "app-name": "https://example.com/", "api-name": "Backend.example.com" };
    const first = await domainBy({ ...flags, redirect: false });
    expect(first.domain).toEqual({
      name: "example.com",
      zone: "create",
      names: { app: "example.com", api: "backend.example.com" },
      redirect: false,
    });
    expect((await domainBy(first.answers)).domain).toEqual(first.domain);
  });

  it("whose www. a flag contradicts is where the flag says", async () => {
    const { domain } = await domainBy({ domain: "www.example.com", "app-name": "app.example.com" });
    expect(domain).toEqual({ name: "example.com", zone: "create" });
  });

  it("takes the names that are there along to another domain, and gives them up where that is said", async () => {
    const names = { app: "example.com", api: "backend.example.com" };
    const there = project({ name: "example.com", zone: "create", names });
    expect((await domainBy({ domain: "example.org" }, there)).domain).toEqual({
      name: "example.org",
      zone: "create",
      names: { app: "example.org", api: "backend.example.org" },
    });
    expect((await domainBy({ "app-name": "", "api-name": "" }, there)).domain).toEqual({
      name: "example.com",
      zone: "create",
    });
    expect((await domainBy({ "app-name": "" }, project({ name: "example.com", zone: "create" }))).domain).toEqual({
      name: "example.com",
      zone: "create",
    });
  });

  it.each([
    [{ "app-name": "app.example.org" }, /^--app-name is "app\.example\.org": app\.example\.org is not of example\.com/],
    [{ "api-name": "app.example.com" }, /^--api-name is "app\.example\.com": app\.example\.com is the app's name/],
    [{ redirect: true }, /^--redirect is true: only example\.com and www\.example\.com lead to one another/],
    [{ "api-name": "api.example.com", private: true, domain: "x.example.com" }, /^--api-name is .* is not of x\./],
    [{ "api-name": "b.example.com", private: true }, /^--api-name .*: a private load balancer has no name of its own/],
  ])("is refused with %j", async (flags, message) => {
    await expect(domainBy({ domain: "example.com", ...flags })).rejects.toMatchObject({ message });
  });
});

describe("a domain typed at the prompt", () => {
  it("has its price beside it, by what becomes of its zone, and its names", async () => {
    const { domain, heard } = await domainTyped([
      "Example.com",
      "",
      "example.com",
      "",
      "",
      "",
      "domain",
      "",
      "elsewhere",
      "",
      "",
      "",
      "",
    ]);
    expect(domain).toEqual({ name: "example.com", zone: "elsewhere", names: { app: "example.com" } });
    const list = (start: string) => heard.filter((one) => one.startsWith(start)).map((one) => one.split("\n"));
    const [before, made, elsewhere] = list("Accept").map((lines) => lines.find((line) => line.startsWith("domain")));
    expect(before).toMatch(/^domain +none \(AWS default hostnames\) +\$0\.00$/);
    expect(made).toMatch(/^domain +example\.com, api\.example\.com +\$0\.54$/);
    expect(elsewhere).toMatch(/^domain +example\.com, api\.example\.com +\$0\.00$/);
    const [zones] = list("Its Route 53");
    expect(zones?.slice(1)).toEqual([
      expect.stringMatching(/^create +\$[\d.]+\/mo +set its name servers at the registrar$/),
      expect.stringMatching(/^elsewhere +-\$0\.54 +add the records it shows to your DNS$/),
      "the id of another zone",
    ]);
    expect(list("Where the app answers")[0]).toEqual([
      "Where the app answers",
      expect.stringMatching(/^app\.example\.com +\$[\d.]+\/mo +below the domain$/),
      expect.stringMatching(/^example\.com +no change +the domain itself; www\. leads there$/),
      expect.stringMatching(/^www\.example\.com +no change +the domain itself leads there$/),
      "another name below the domain",
    ]);
  });

  it("keeps www. where it was typed, and leaves out what is as it would be anyway", async () => {
    expect((await domainTyped(["www.example.com", "", "", "", "", ""])).domain).toEqual({
      name: "example.com",
      zone: "create",
      names: { app: "www.example.com" },
    });
    const back = ["www.example.com", "", "app.example.com", "", "api.example.com"];
    expect((await domainTyped(back)).domain).toEqual({ name: "example.com", zone: "create" });
  });

  it("is in the zone of the account that serves it, if the person agrees", async () => {
    const hostedZones = [
      { id: "Z0000000000ABCDEFGHIJ", name: "ample.com", isDelegated: true },
      { id: "Z1111111111ABCDEFGHIJ", name: "shop.example.com", isDelegated: false },
      { id: "Z0123456789ABCDEFGHIJ", name: "example.com", isDelegated: true },
    ];
    const { domain, heard } = await domainTyped(["shop.example.com", "", "", "", ""], { hostedZones });
    expect(domain).toEqual({ name: "shop.example.com", zone: "Z0123456789ABCDEFGHIJ" });
    const [, ...zones] = heard.find((one) => one.startsWith("Its Route 53"))?.split("\n") ?? [];
    expect(zones).toEqual([
      expect.stringMatching(/^Z0123456789ABCDEFGHIJ +-\$0\.54 +example\.com, delegated ✔$/),
      expect.stringMatching(/^Z1111111111ABCDEFGHIJ +-\$0\.54 +shop\.example\.com, not delegated ✖$/),
      expect.stringMatching(/^create .*set name servers above it or at registrar$/),
      expect.stringMatching(/^elsewhere /),
      "the id of another zone",
    ]);
  });

  it.each([
    ["that may serve it", "example.com", {}, "shop.example.com", "Z0123456789ABCDEFGHIJ"],
    [
      "of its name, though it does not serve it yet",
      "example.com",
      { isDelegated: false },
      "example.com",
      "Z0123456789ABCDEFGHIJ",
    ],
    ["of a domain above that does not serve it", "example.com", { isDelegated: false }, "shop.example.com", "create"],
  ])(
    "beside a zone %s is in that one rather than in a second one, if anything speaks for it",
    async (_, name, more, typed, zone) => {
      const hostedZones = [{ id: "Z0123456789ABCDEFGHIJ", name, ...more }];
      const { domain } = await domainTyped(["another domain", typed, "", "", "", ""], { hostedZones });
      expect(domain).toEqual({ name: typed, zone });
    },
  );

  it("is asked for no name of the API where that has none, and refused a private one where it has", async () => {
    const { domain } = await domainTyped(["example.com", "", "", "yes"]);
    expect(domain).toEqual({ name: "example.com", zone: "create" });
    const named = ["example.com", "", "", "no", "b.example.com", "domain", "", "", "", "no", NOTHING];
    expect((await domainTyped(named)).domain).toEqual({ name: "example.com", zone: "create" });
  });
});
