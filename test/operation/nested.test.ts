import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { withNestedFiles } from "../../src/operation/nested.ts";
import type { Template } from "../../src/template/types.ts";

const folder = mkdtempSync(join(tmpdir(), "nested-"));
mkdirSync(join(folder, "inner"));

const nesting = (url: string): Template["Resources"] => ({
  Net: { Type: "AWS::CloudFormation::Stack", Properties: { TemplateURL: url } },
});
const top = (url: string) => ({ name: "app", region: "us-east-1", template: { Resources: nesting(url) } });
const write = (file: string, Resources: object) => writeFileSync(join(folder, file), JSON.stringify({ Resources }));
const names = (url: string) => withNestedFiles(top(url), join(folder, "app.yaml")).map(({ name }) => name);

// AWS CLI Reference, `cloudformation package`: TemplateURL may be a path, relative to the template that it is in.
describe("stacks nested in a template", () => {
  it("are read from beside it, and those in them from beside them", () => {
    write("inner/net.json", nesting("deep.json"));
    write("inner/deep.json", { Topic: { Type: "AWS::SNS::Topic" } });
    const [, net, deep] = withNestedFiles(top("inner/net.json"), join(folder, "app.yaml"));
    expect(net).toMatchObject({ name: "app/Net", within: { stack: "app", logicalId: "Net" } });
    expect(deep).toMatchObject({ name: "app/Net/Net", within: { stack: "app/Net", logicalId: "Net" } });
  });

  it.each(["https://bucket.s3.amazonaws.com/net.json", "s3://bucket/net.json", "./nowhere.json"])(
    "are left alone where they are elsewhere: %s",
    (url) => {
      expect(names(url)).toEqual(["app"]);
    },
  );

  it("are refused where they are no template, or hold themselves", () => {
    writeFileSync(join(folder, "broken.json"), "{");
    expect(() => names("broken.json")).toThrow(/broken\.json:/);
    write("loop.json", nesting("loop.json"));
    expect(() => names("loop.json")).toThrow(/nested in itself/);
  });
});
