import { type Interfaces, Parser } from "@oclif/core";
import { describe, expect, it } from "vitest";
import Cost from "../../commands/cost.ts";

const taken = (argv: readonly string[]) =>
  Parser.parse([...argv], { flags: Cost.flags as Interfaces.FlagInput, args: Cost.args, strict: true });

describe("the region of astro cost", () => {
  it("is for a template or an assembly: an environment has its own", async () => {
    await expect(taken(["--region", "eu-west-1"])).rejects.toThrow(/must be provided when using --region/);
    await expect(taken(["--region", "eu-west-1", "--env", "dev"])).rejects.toThrow(/--template, --assembly/);
    expect((await taken(["--region", "eu-west-1", "--template", "package.json"])).flags).toMatchObject({
      region: "eu-west-1",
    });
    expect((await taken(["--region", "eu-west-1", "--assembly", "test"])).flags).toMatchObject({ region: "eu-west-1" });
  });
});
