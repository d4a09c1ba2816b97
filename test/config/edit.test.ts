import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { editConfig, environmentEdits } from "../../src/config/edit.ts";
import { parseConfig } from "../../src/config/parse.ts";
import { PRESETS } from "../../src/config/presets.ts";
import { renderConfig } from "../../src/config/render.ts";

const TEXT = `# ours
name: shop   # the shop

environments:
  dev:
    region: us-east-1
    network:
      azs:   1     # one is enough
      nat: "one"
    # domain:
    #   name: example.com

# the end
`;

const edit = (path: string, value: unknown, comment?: string) => ({
  path: path.split("."),
  value,
  ...(comment && { comment }),
});

describe("an edit of astro.yaml", () => {
  it("changes the one value and not a blank beside it", () => {
    expect(editConfig(TEXT, [edit("environments.dev.network.azs", 3)])).toBe(TEXT.replace("azs:   1 ", "azs:   3 "));
  });

  it("keeps a comment in its column when the value is longer", () => {
    const text = editConfig(TEXT, [edit("environments.dev.network.azs", 100)]);
    expect(text).toContain("azs:   100   # one is enough\n");
  });

  it("writes a list on one line, and leaves one that is the same alone", () => {
    const zones = ["use1-az1", "use1-az2"];
    const text = editConfig(TEXT, [edit("environments.dev.network.zones", zones)]);
    expect(text).toContain('      nat: "one"\n      zones: [use1-az1, use1-az2]\n');
    const before = { region: "us-east-1", network: { azs: 1, zones: [...zones] } };
    expect(environmentEdits("dev", before, { ...before, network: { azs: 2, zones } }, "")).toEqual([
      { path: ["environments", "dev", "network", "azs"], value: 2 },
    ]);
    const other = editConfig(text, [edit("environments.dev.network.zones", ["use1-az4", "use1-az6"])]);
    expect(other).toBe(text.replace("[use1-az1, use1-az2]", "[use1-az4, use1-az6]"));
  });

  it("writes an app down, commands and lists of sections on one line each, and every word as it is", () => {
    const words = ["sh", "-c", "a, b: [c] # d", "true", "8", "", "two\nlines", "{x}"];
    const schedule = [{ name: "tidy", cron: "cron(0 3 1,15 * ? *)", command: words }];
    const text = editConfig(TEXT, [
      edit("build", { context: "..", dockerfile: "Dockerfile", args: { RELEASE: "1.10" } }, "How to build the image."),
      edit("migrate", ["alembic", "upgrade", "head"]),
      edit("environments.dev.worker", { command: words, tasks: 2 }),
      edit("environments.dev.schedule", schedule),
    ]);
    expect(text).toBe(
      TEXT.replace(
        "    #   name: example.com\n\n# the end\n",
        `    #   name: example.com
    worker:
      command: [sh, -c, "a, b: [c] # d", "true", "8", "", "two\\nlines", "{x}"]
      tasks: 2
    schedule: [{name: tidy, cron: "cron(0 3 1,15 * ? *)", command: [sh, -c, "a, b: [c] # d", "true", "8", "", "two\\nlines", "{x}"]}]

# the end

# How to build the image.
build:
  context: ..
  dockerfile: Dockerfile
  args:
    RELEASE: "1.10"
migrate: [alembic, upgrade, head]
`,
      ),
    );
    const { build, migrate, environments } = parseConfig(text, "astro.yaml");
    expect([build?.args, migrate]).toEqual([{ RELEASE: "1.10" }, ["alembic", "upgrade", "head"]]);
    expect([environments.dev?.worker?.command, environments.dev?.schedule]).toEqual([words, schedule]);
    const other = editConfig(text, [edit("environments.dev.schedule", [])]);
    expect(parseConfig(other, "astro.yaml").environments.dev?.schedule).toEqual([]);
  });

  it("adds a key behind its neighbours", () => {
    const text = editConfig(TEXT, [edit("environments.dev.network.flowLogs", true)]);
    expect(text).toBe(TEXT.replace('nat: "one"\n    # domain', 'nat: "one"\n      flowLogs: true\n    # domain'));
  });

  it("adds a group, and the next value into that group", () => {
    const text = editConfig(TEXT, [
      edit("environments.dev.domain.name", "example.com"),
      edit("environments.dev.domain.zone", "create"),
    ]);
    expect(text).toBe(
      TEXT.replace("\n\n# the end", "\n    domain:\n      name: example.com\n      zone: create\n\n# the end"),
    );
  });

  it("adds an environment behind the last one and the comments that belong to it", () => {
    const text = editConfig(TEXT, environmentEdits("prod", undefined, { region: "eu-west-1" }, "From prod."));
    expect(text).toBe(TEXT.replace("\n\n# the end", "\n\n  # From prod.\n  prod:\n    region: eu-west-1\n\n# the end"));
  });

  it("takes a key out with its line and nothing else", () => {
    expect(editConfig(TEXT, [edit("environments.dev.network.nat", undefined)])).toBe(
      TEXT.replace('      nat: "one"\n', ""),
    );
  });

  it("takes out a section with the sections in it, when the environment has it no more", () => {
    const before = {
      region: "us-east-1",
      domain: { name: "example.com", zone: "create", names: { app: "example.com" } },
    };
    const text = renderConfig("shop", "dev", before, "From a test.");
    const rest = (domain?: object) => ({ region: "us-east-1", ...(domain && { domain }) });
    const changed = (values: { region: string }) => editConfig(text, environmentEdits("dev", before, values, ""));
    expect(parse(changed(rest())).environments.dev).toEqual(rest());
    const bare = { name: "example.com", zone: "create" };
    expect(parse(changed(rest(bare))).environments.dev).toEqual(rest(bare));
  });

  it("quotes what YAML would read as something else", () => {
    const text = editConfig(TEXT, [edit("environments.dev.account", "012345678901")]);
    expect(parse(text).environments.dev.account).toBe("012345678901");
  });

  it("works without a line end at the end of the file", () => {
    const text = editConfig("name: a\nenvironments:\n  dev:\n    region: us-east-1", [
      edit("environments.dev.protect", true),
    ]);
    expect(text).toBe("name: a\nenvironments:\n  dev:\n    region: us-east-1\n    protect: true\n");
  });

  it.each([
    ["flow maps", "name: a # x\nenvironments: {dev: {region: us-east-1, network: {azs: 1}}} # y\n"],
    ["an empty group", "name: a # x\nenvironments:\n  dev:\n    region: us-east-1 # y\n    network:\n"],
    [
      "four blanks",
      "name: a # x\nenvironments:\n    dev:\n        region: us-east-1 # y\n        network:\n            azs: 1\n",
    ],
    [
      "Windows line ends",
      "name: a # x\r\nenvironments:\r\n  dev:\r\n    region: us-east-1 # y\r\n    network:\r\n      azs: 1\r\n",
    ],
  ])("in a file with %s keeps comments and sets the value", (_, text) => {
    const edited = editConfig(text, [
      edit("environments.dev.network.azs", 2),
      edit("environments.stage", { region: "eu-west-1" }),
    ]);
    const values = parse(edited);
    expect(values.environments.dev.network.azs).toBe(2);
    expect(values.environments.stage).toEqual({ region: "eu-west-1" });
    expect(edited).toContain("# x");
    expect(edited).toContain("# y");
    expect(edited.includes("\r\n")).toBe(text.includes("\r\n"));
    expect(edited.replaceAll("\r\n", "").includes("\n")).toBe(!text.includes("\r\n"));
  });

  it.each([
    ["an alias", "name: a\nenvironments:\n  dev: &d\n    region: us-east-1\n  prod: *d\n"],
    ["a merge key", "name: a\nenvironments:\n  dev: &d\n    region: us-east-1\n  prod:\n    <<: *d\n"],
  ])("that would change another environment by %s is refused, with what to write", (_, text) => {
    expect(() => editConfig(text, [edit("environments.dev.network.azs", 2)])).toThrow(
      expect.objectContaining({
        code: "config",
        message: expect.stringContaining("astro.yaml gives one value to several places"),
        hint: "edit it by hand:\n  environments.dev.network.azs: 2",
      }),
    );
  });

  it("that would hide what is merged is refused, one that goes beside it is made", () => {
    const text =
      "name: a\nenvironments:\n  dev: &d\n    region: us-east-1\n    network: { azs: 2, nat: none }\n  prod:\n    <<: *d\n";
    expect(() => editConfig(text, [edit("environments.prod.network.azs", 3)])).toThrow("to several places");
    expect(() => editConfig(text, [edit("environments.prod.network", undefined)])).toThrow("to several places");
    expect(editConfig(text, [edit("environments.prod.protect", true)])).toBe(`${text}    protect: true\n`);
  });

  it("comes to the values it was asked for, whatever they are, and stays a legal astro.yaml", () => {
    const preset = fc.constantFrom(PRESETS.dev.values, PRESETS.prod.values);
    const region = fc.constantFrom("us-east-1", "eu-west-1");
    const word = fc.stringMatching(/^[\x21-\x7e]{1,20}$/);
    fc.assert(
      fc.property(preset, preset, region, word, fc.boolean(), (before, after, where, contentSecurityPolicy, isWith) => {
        const values = (from: typeof before, own: object) => ({
          region: where,
          ...from,
          cdn: { ...from.cdn, ...own },
        });
        const first = values(before, isWith ? { contentSecurityPolicy } : {});
        const second = values(after, isWith ? {} : { contentSecurityPolicy });
        const text = renderConfig("shop", "dev", first, "From a test.");
        const edited = editConfig(text, environmentEdits("dev", first, second, ""));
        expect(parse(edited)).toEqual({ name: "shop", environments: { dev: second } });
        expect(() => parseConfig(edited, "astro.yaml")).not.toThrow();
      }),
      { seed: 3, numRuns: 40 },
    );
  });
});
