import { describe, expect, it } from "vitest";
import { type AnyDocument, type Asked, decide } from "../support/iam.ts";

/** The tests' judge is judged by what the IAM User Guide says: the page is named beside each case. */
const policy = (...Statement: AnyDocument["Statement"]): readonly AnyDocument[] => [{ Statement }];
const asked = (context: Asked["context"] = {}, rest: Partial<Asked> = {}): Asked => ({
  action: "s3:GetObject",
  resource: "arn:aws:s3:::bucket/key",
  context,
  ...rest,
});
const under = (operator: string, key: string, values: string | readonly string[]) =>
  policy({ Effect: "Allow", Action: "*", Resource: "*", Condition: { [operator]: { [key]: values } } });

describe("IAM's judgement: Policy evaluation logic", () => {
  const allow = { Effect: "Allow", Action: "s3:*", Resource: "*" } as const;
  const deny = { Effect: "Deny", Action: "s3:GetObject", Resource: "arn:aws:s3:::bucket/*" } as const;

  it("denies what nothing allows", () => {
    expect(decide([], asked())).toBe("not allowed");
    expect(decide(policy({ ...allow, Action: "ec2:*" }), asked())).toBe("not allowed");
  });

  it("lets a denial win over every allowance, in whatever order and document", () => {
    expect(decide(policy(allow), asked())).toBe("allowed");
    expect(decide(policy(allow, deny), asked())).toBe("denied");
    expect(decide([...policy(deny), ...policy(allow)], asked())).toBe("denied");
    expect(decide(policy(allow, deny), asked({}, { resource: "arn:aws:s3:::other/key" }))).toBe("allowed");
  });

  it("adds up what several documents allow", () => {
    expect(decide([...policy({ ...allow, Action: "ec2:*" }), ...policy(allow)], asked())).toBe("allowed");
  });

  it("wants every operator and every key of a statement, and one of a key's values", () => {
    const both = policy({
      ...allow,
      Condition: { StringEquals: { "aws:a": ["1", "2"], "aws:b": "1" }, Bool: { "aws:c": "true" } },
    });
    expect(decide(both, asked({ "aws:a": "2", "aws:b": "1", "aws:c": "true" }))).toBe("allowed");
    expect(decide(both, asked({ "aws:a": "2", "aws:b": "2", "aws:c": "true" }))).toBe("not allowed");
    expect(decide(both, asked({ "aws:a": "2", "aws:b": "1", "aws:c": "false" }))).toBe("not allowed");
    expect(decide(both, asked({ "aws:a": "2", "aws:b": "1" }))).toBe("not allowed");
  });
});

describe("IAM's judgement: Action and Resource", () => {
  it.each<readonly [pattern: string, action: string, fits: boolean]>([
    ["s3:GetObject", "s3:getobject", true],
    ["S3:GET*", "s3:GetObjectVersion", true],
    ["s3:Get?bject", "s3:GetObject", true],
    ["s3:Get?ject", "s3:GetObject", false],
    ["s3:Get*", "s3:PutObject", false],
    ["iam:*AccessKey*", "iam:UpdateAccessKey", true],
    ["*", "iam:CreateUser", true],
    ["s3:Get.bject", "s3:GetObject", false],
  ])("Action %s fits %s: %s", (Action, action, fits) => {
    expect(decide(policy({ Effect: "Allow", Action, Resource: "*" }), asked({}, { action })) === "allowed").toBe(fits);
  });

  it.each<readonly [pattern: string, resource: string, fits: boolean]>([
    ["arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket/a/b", true],
    ["arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket", false],
    ["arn:aws:s3:::Bucket/*", "arn:aws:s3:::bucket/a", false],
    ["arn:aws:s3:::bucket/test/object-?", "arn:aws:s3:::bucket/test/object-1", true],
    ["arn:aws:s3:::bucket/test/object-?", "arn:aws:s3:::bucket/test/object-12", false],
    ["arn:aws:sqs:*:111122223333:queue1", "arn:aws:sqs:eu-west-1:111122223333:queue1", true],
    ["arn:aws:logs:*:*:log-group:a*", "arn:aws:logs:eu-west-1:1:log-group:a:log-stream:b", true],
  ])("Resource %s fits %s: %s", (Resource, resource, fits) => {
    expect(decide(policy({ Effect: "Allow", Action: "*", Resource }), asked({}, { resource })) === "allowed").toBe(
      fits,
    );
  });

  it("NotAction and NotResource are all but those named", () => {
    const not = policy({ Effect: "Allow", NotAction: ["iam:*", "sts:*"], NotResource: "arn:aws:s3:::secret/*" });
    expect(decide(not, asked())).toBe("allowed");
    expect(decide(not, asked({}, { action: "iam:CreateUser" }))).toBe("not allowed");
    expect(decide(not, asked({}, { resource: "arn:aws:s3:::secret/a" }))).toBe("not allowed");
  });
});

describe("IAM's judgement: Condition operators", () => {
  const tag = "aws:ResourceTag/Project";
  it.each<readonly [operator: string, values: string | readonly string[], given: string | undefined, holds: boolean]>([
    ["StringEquals", "shop", "shop", true],
    ["StringEquals", "shop", "Shop", false],
    ["StringEquals", "sh*", "shop", false],
    ["StringEquals", ["bank", "shop"], "shop", true],
    ["StringEquals", "shop", undefined, false],
    ["StringNotEquals", ["bank", "shop"], "shop", false],
    ["StringNotEquals", ["bank", "shop"], "other", true],
    ["StringNotEquals", "shop", undefined, true],
    ["StringEqualsIgnoreCase", "SHOP", "shop", true],
    ["StringLike", "sh*", "shop", true],
    ["StringLike", "sh?p", "shop", true],
    ["StringLike", "sh?", "shop", false],
    ["StringLike", "sh*", undefined, false],
    ["StringNotLike", "sh*", "shop", false],
    ["StringNotLike", "sh*", undefined, true],
    ["StringEqualsIfExists", "shop", "shop", true],
    ["StringEqualsIfExists", "shop", "bank", false],
    ["StringEqualsIfExists", "shop", undefined, true],
    ["Null", "true", undefined, true],
    ["Null", "true", "shop", false],
    ["Null", "false", "shop", true],
    ["Null", "false", undefined, false],
    ["Bool", "true", "true", true],
    ["Bool", "true", "false", false],
    ["Bool", "true", undefined, false],
    ["BoolIfExists", "true", undefined, true],
    ["NumericLessThanEquals", "10", "10", true],
    ["NumericLessThan", "10", "9", true],
    ["NumericGreaterThan", "10", "9", false],
    ["NumericEquals", "10", undefined, false],
    ["ArnLike", "arn:aws:iam::*:role/a-*", "arn:aws:iam::111122223333:role/a-b", true],
    ["ArnEquals", "arn:aws:iam::*:role/a-*", "arn:aws:iam::111122223333:role/a-b", true],
    ["ArnLike", "arn:aws:*:role/a", "arn:aws:iam::111122223333:role/a", false],
    ["ArnLike", "arn:aws:sns:*:*:a*", "arn:aws:sns:eu-west-1:1:a:b", true],
    ["ArnNotLike", "arn:aws:iam::*:role/a", "arn:aws:iam::1:role/a", false],
    ["ArnNotLike", "arn:aws:iam::*:role/a", undefined, true],
  ])("%s %s of %s: %s", (operator, values, given, expected) => {
    const context = given === undefined ? {} : { [tag]: given };
    expect(decide(under(operator, tag, values), asked(context)) === "allowed").toBe(expected);
  });

  it.each<readonly [operator: string, values: readonly string[], given: readonly string[] | undefined, holds: boolean]>(
    [
      ["ForAllValues:StringEquals", ["a", "b"], ["a"], true],
      ["ForAllValues:StringEquals", ["a", "b"], ["a", "b"], true],
      ["ForAllValues:StringEquals", ["a", "b"], ["a", "c"], false],
      ["ForAllValues:StringEquals", ["a"], undefined, true],
      ["ForAllValues:StringEquals", ["a"], [], true],
      ["ForAllValues:StringNotEquals", ["a", "b"], ["c", "d"], true],
      ["ForAllValues:StringNotEquals", ["a", "b"], ["c", "a"], false],
      ["ForAllValues:StringNotEquals", ["a"], undefined, true],
      ["ForAllValues:StringLike", ["*.example.com"], ["a.example.com", "b.example.com"], true],
      ["ForAllValues:StringLike", ["*.example.com"], ["a.example.com", "example.org"], false],
      ["ForAnyValue:StringEquals", ["a", "b"], ["c", "a"], true],
      ["ForAnyValue:StringEquals", ["a", "b"], ["c"], false],
      ["ForAnyValue:StringEquals", ["a"], undefined, false],
      ["ForAnyValue:StringEquals", ["a"], [], false],
      ["ForAnyValue:StringNotEquals", ["a"], ["a", "b"], true],
      ["ForAnyValue:StringNotEquals", ["a"], ["a"], false],
      ["ForAnyValue:StringEqualsIfExists", ["a"], undefined, false],
    ],
  )("%s %j of %j: %s", (operator, values, given, expected) => {
    const context = given === undefined ? {} : { "aws:TagKeys": given };
    expect(decide(under(operator, "aws:TagKeys", values), asked(context)) === "allowed").toBe(expected);
  });

  it("knows a key in whatever case, and its values in their own", () => {
    expect(decide(under("StringEquals", "AWS:resourcetag/project", "shop"), asked({ [tag]: "shop" }))).toBe("allowed");
    expect(decide(under("StringEquals", tag, "SHOP"), asked({ [tag]: "shop" }))).toBe("not allowed");
  });

  it("refuses to guess: an operator it does not know, a key of many values without a set operator", () => {
    expect(() => decide(under("StringIs", tag, "shop"), asked({ [tag]: "shop" }))).toThrow("StringIs");
    expect(() => decide(under("StringEquals", "aws:TagKeys", "a"), asked({ "aws:TagKeys": ["a"] }))).toThrow("set");
  });
});

describe("IAM's judgement: Variables and tags", () => {
  const home = policy({ Effect: "Allow", Action: "*", Resource: "arn:aws:s3:::bucket/${aws:username}/*" });
  it("puts the request's values into resources and conditions, and fits nothing where there is none", () => {
    const resource = "arn:aws:s3:::bucket/eve/a";
    expect(decide(home, asked({ "aws:username": "eve" }, { resource }))).toBe("allowed");
    expect(decide(home, asked({ "aws:username": "bob" }, { resource }))).toBe("not allowed");
    expect(decide(home, asked({}, { resource }))).toBe("not allowed");
    const team = under("StringEquals", "aws:ResourceTag/team", "${aws:PrincipalTag/team, 'red'}");
    expect(decide(team, asked({ "aws:ResourceTag/team": "red" }))).toBe("allowed");
    expect(decide(team, asked({ "aws:ResourceTag/team": "red", "aws:PrincipalTag/team": "blue" }))).toBe("not allowed");
  });

  it("takes a star and a question mark in braces for themselves", () => {
    const star = policy({ Effect: "Allow", Action: "*", Resource: "arn:aws:s3:::bucket/${*}" });
    expect(decide(star, asked({}, { resource: "arn:aws:s3:::bucket/*" }))).toBe("allowed");
    expect(decide(star, asked({}, { resource: "arn:aws:s3:::bucket/a" }))).toBe("not allowed");
  });
});
