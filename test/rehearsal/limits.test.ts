import { describe, expect, it } from "vitest";
import { rehearse, template, topic } from "./support/driver.ts";

const BODY = JSON.stringify(template({ A: topic() }));

/** The words with which CloudFormation refuses a form. */
async function words(Action: string, form: { readonly [name: string]: string }): Promise<string> {
  const answer = await (await rehearse()).query("cloudformation", "2010-05-15", { Action, ...form });
  return (/<Message>(.*)<\/Message>/s.exec(answer)?.[1] ?? "not refused")
    .replaceAll("&apos;", "'")
    .replaceAll("&#39;", "'");
}

describe("CloudFormation refuses parameters", () => {
  const CASES: readonly (readonly [string, string, { readonly [name: string]: string }, string])[] = [
    [
      "without a value",
      "CreateStack",
      { TemplateBody: BODY },
      "Value null at 'stackName' failed to satisfy constraint: Member must not be null",
    ],
    [
      "that are not of a set",
      "CreateStack",
      { StackName: "s", TemplateBody: BODY, OnFailure: "NEVER" },
      "Value 'NEVER' at 'onFailure' failed to satisfy constraint: Member must satisfy enum value set: [DELETE, DO_NOTHING, ROLLBACK]",
    ],
    [
      "whose members are not of a set",
      "ListStacks",
      { "StackStatusFilter.member.1": "GOOD" },
      "Value '[GOOD]' at 'stackStatusFilter' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [",
    ],
    [
      "that are too long",
      "SignalResource",
      { StackName: "s", LogicalResourceId: "A", Status: "SUCCESS", UniqueId: "u".repeat(65) },
      `Value '${"u".repeat(65)}' at 'uniqueId' failed to satisfy constraint: Member must have length less than or equal to 64`,
    ],
    [
      "that are too short",
      "DeleteStack",
      { StackName: "s", RoleARN: "arn:aws" },
      "Value 'arn:aws' at 'roleARN' failed to satisfy constraint: Member must have length greater than or equal to 20",
    ],
    [
      "that are too small",
      "CreateStack",
      { StackName: "s", TemplateBody: BODY, TimeoutInMinutes: "0" },
      "Value '0' at 'timeoutInMinutes' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      "inside a structure",
      "CreateStack",
      { StackName: "s", TemplateBody: BODY, "RollbackConfiguration.MonitoringTimeInMinutes": "181" },
      "Value '181' at 'rollbackConfiguration.monitoringTimeInMinutes' failed to satisfy constraint: Member must have value less than or equal to 180",
    ],
    [
      "that look otherwise, ids being allowed too",
      "CreateChangeSet",
      { StackName: "*@x", ChangeSetName: "c", TemplateBody: BODY },
      "Value '*@x' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*",
    ],
  ];
  for (const [what, action, form, expected] of CASES) {
    it(what, async () => {
      expect(await words(action, form)).toContain(`1 validation error detected: ${expected}`);
    });
  }

  it("all of them at once", async () => {
    expect(await words("CreateChangeSet", { StackName: "s_s", ChangeSetName: "1" })).toMatch(
      /^2 validation errors detected: Value 's_s' at 'stackName' failed .*; Value '1' at 'changeSetName' failed /,
    );
  });
});
