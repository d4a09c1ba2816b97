import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { shellLine } from "../../src/command-line.ts";
import { commandWith } from "../../src/operation/flags.ts";
import { missing, withoutValue, withParameters } from "../../src/operation/parameters.ts";
import { parametersFor } from "../../src/provision/change-set.ts";
import { contextWith } from "../support/context.ts";
import { stackOf } from "../support/stacks.ts";

const web = stackOf("web", "ecs", {
  parameters: { Env: { Type: "String", AllowedValues: ["dev", "prod"] }, Size: { Type: "Number", Default: 1 } },
});
const jobs = stackOf("jobs", "ecs", { parameters: { Env: { Type: "String" }, Zones: { Type: "CommaDelimitedList" } } });

const directory = mkdtempSync(join(tmpdir(), "parameters-"));
const context = contextWith(async () => ({ exitCode: 0, stdout: "", stderr: "" }), { cwd: directory });

/** What the two stacks are given. */
function given(parameter: readonly string[], content?: string): readonly (object | undefined)[] {
  if (content !== undefined) writeFileSync(join(directory, "p.json"), content);
  const flags = { parameter, parameters: content === undefined ? undefined : "p.json" };
  return withParameters(context, flags, [web, jobs]).map(({ parameters }) => parameters);
}

describe("values of parameters", () => {
  it("go to every stack that has the parameter, or to the one that is named", () => {
    expect(given(["Env=prod", "Size=2"])).toEqual([{ Env: "prod", Size: "2" }, { Env: "prod" }]);
    expect(given(["jobs:Env=a=b"])).toEqual([undefined, { Env: "a=b" }]);
    expect(given([])).toEqual([undefined, undefined]);
  });

  // AWS CLI, `create-stack --parameters file://` and `deploy --parameter-overrides file://`; AWS CodePipeline User Guide,
  // "template configuration file"; AWS CDK CLI, `--parameters STACK:KEY=VALUE`.
  it.each([
    ["aws's list", '[{"ParameterKey": "Env", "ParameterValue": "prod"}]'],
    ["aws's overrides", '["Env=prod"]'],
    ["CodePipeline's", '{"Parameters": {"Env": "prod"}, "Tags": {}}'],
    ["a plain map", '{"Env": "prod"}'],
    ["YAML", "Env: prod"],
  ])("are read from a file as %s", (_, content) => {
    expect(given([], content)).toEqual([{ Env: "prod" }, { Env: "prod" }]);
  });

  it("may name their stack in a file, be lists, and are outdone by a flag", () => {
    expect(given(["jobs:Env=b"], '{"web:Env": "prod", "Env": "dev", "Zones": ["a", "b"]}')).toEqual([
      { Env: "dev" },
      { Env: "b", Zones: "a,b" },
    ]);
  });

  it.each([
    [["Envy=prod"], undefined, "--parameter Envy: no template has a parameter Envy"],
    [["web:Zones=a"], undefined, "--parameter web:Zones: web has no parameter Zones"],
    [["api:Env=a"], undefined, "--parameter api:Env: there is no stack api"],
    [["Env"], undefined, "--parameter Env: it names no value"],
    [["Env=test"], undefined, '--parameter Env: Env cannot be "test"'],
    [[], '{"Envy": "a"}', "p.json: no template has a parameter Envy"],
    [[], '[{"ParameterKey": "Env", "UsePreviousValue": true}]', "p.json: Env has no ParameterValue"],
    [[], '{"Env": null}', "p.json: Env has no value"],
    [[], "[1]", "p.json: 1 is no parameter"],
    [[], "7", "p.json: it holds no parameters"],
    [[], "{", "p.json:"],
  ])("are refused by name: %j %s", (flags, content, message) => {
    expect(() => given(flags, content)).toThrow(message);
  });

  it("must be there, unless there is a default or the stack stands with one", () => {
    expect(withoutValue(web)).toEqual(["Env"]);
    expect(withoutValue({ ...web, parameters: { Env: "dev" } })).toEqual([]);
    expect(withoutValue(web, { Env: "dev" })).toEqual([]);
    const way = (given: readonly string[]) => given.flatMap((one) => ["--parameter", one]);
    expect(missing("jobs", ["Env", "Zones"], way)).toMatchObject({
      code: "usage",
      message: "jobs: the parameters Env, Zones have no value",
      hint: "give it a value:  --parameter jobs:Env=VALUE --parameter jobs:Zones=VALUE",
    });
  });

  it("are in the command that goes on, but for what their names call secret", () => {
    const flags = {
      json: false,
      rehearse: false,
      speed: "60",
      parameter: ["Env=dev", "DbPassword=hunter2"],
      parameters: "p.json",
    };
    expect(shellLine(commandWith("provision", "dev", flags))).toBe(
      "astro provision --env dev --parameter Env=dev --parameter 'DbPassword=***' --parameters p.json",
    );
  });

  it("are sent with a change set; what has no default keeps what its stack stands with", () => {
    const deployed = { parameters: { Env: "dev", Size: "5" } };
    expect(parametersFor(web, undefined)).toEqual({});
    expect(parametersFor(web, deployed)).toEqual({ parameters: { Env: undefined } });
    expect(parametersFor({ ...web, parameters: { Size: "2" } }, deployed)).toEqual({
      parameters: { Env: undefined, Size: "2" },
    });
  });
});
