import { describe, expect, it } from "vitest";
import { URL_VARIABLES } from "../../../src/config/variables.ts";
import type { JsonObject } from "../../../src/template/types.ts";
import { read } from "./designs.ts";

const region = "us-east-1";
const more = { worker: { command: ["celery"] }, schedule: [{ name: "tidy", cron: "rate(1 hour)", command: ["true"] }] };
const design = read({ region, ...more });

const TASKS = [
  ["service", "TaskDefinition"],
  ["worker", "TaskDefinition"],
  ["schedule", "Tasktidy"],
] as const;

const secretsOf = ({ at }: typeof design, [stack, id]: readonly [string, string] = TASKS[0]) =>
  ((at(stack, id).ContainerDefinitions as readonly JsonObject[])[0]?.Secrets ?? []) as readonly JsonObject[];
/** Which secret a variable of a task comes from. */
const sources = (secrets: readonly JsonObject[]) =>
  secrets.flatMap((one) => {
    const { Name, ValueFrom } = (one["Fn::If"] as readonly JsonObject[] | undefined)?.[1] ?? one;
    const text = JSON.stringify(ValueFrom);
    return URL_VARIABLES.includes(String(Name)) ? [[Name, /AppSecret/.test(text) ? "yours" : "the app's"]] : [];
  });

/** The secret's text with names for what is put into it as it is written. */
const composed = JSON.stringify(design.at("service", "UrlsSecret").SecretString);

describe("DATABASE_URL and REDIS_URL", () => {
  it("are composed of the parts by references to the passwords: the template, and so every change set, has none", () => {
    const { "Fn::Join": [, parts] = [] } = design.at("service", "UrlsSecret").SecretString as {
      readonly "Fn::Join"?: readonly [string, readonly (string | { readonly Ref: string })[]];
    };
    const text = (parts ?? [])
      .map((part) => (typeof part === "string" ? part : `<${part.Ref}>`))
      .join("")
      .replace(/\{\{resolve:secretsmanager:([^:]+):SecretString:(\w+)::\}\}/g, "<$2 of $1>");
    expect(JSON.parse(text)).toEqual({
      DATABASE_URL: "postgresql://app:<password of astro/dev/database>@<DatabaseHost>:<DatabasePort>/app",
      REDIS_URL: "rediss://:<token of astro/dev/redis>@<CacheHost>:<CachePort>/0?ssl_cert_reqs=required",
    });
  });

  it("need no escaping: both passwords are letters and digits", () => {
    for (const id of ["DatabaseSecret", "CacheSecret"]) {
      expect(design.at("secrets", id).GenerateSecretString).toMatchObject({ ExcludePunctuation: true });
    }
  });

  it("are in a secret of its own under the environment's key, which ECS alone may read", () => {
    expect(design.at("service", "UrlsSecret")).toMatchObject({
      Name: "astro/dev/urls",
      KmsKeyId: { Ref: "SecretsKeyArn" },
    });
    expect(JSON.stringify(design.at("service", "ExecutionRole"))).toContain('{"Ref":"UrlsSecret"}');
    expect(JSON.stringify(design.at("service", "TaskRole"))).not.toContain("UrlsSecret");
  });

  it("go with the stack, also where the environment is protected: they can be made again of what is kept", () => {
    const { templates } = read({ region, protect: true, ...more });
    expect(templates.service?.Resources.UrlsSecret).toMatchObject({
      DeletionPolicy: "Delete",
      UpdateReplacePolicy: "Retain",
    });
    expect(templates.secrets?.Resources.DatabaseSecret).toMatchObject({ DeletionPolicy: "Retain" });
  });

  it.each(TASKS)("are given to %s by ECS, a key each, and are no variables that anyone reads there", (...task) => {
    const given = secretsOf(design, task).filter(({ Name }) => URL_VARIABLES.includes(String(Name)));
    const arn = task[0] === "service" ? "UrlsSecret" : "ServiceUrlsSecretArn";
    expect(given).toEqual(
      URL_VARIABLES.map((Name) => ({ Name, ValueFrom: { "Fn::Join": ["", [{ Ref: arn }, `:${Name}::`]] } })),
    );
    expect(JSON.stringify(design.templates[task[0]]?.Resources[task[1]])).not.toContain("resolve:");
  });

  it("are yours where you set them, as a variable or as a secret, and the other one stays the app's", () => {
    const DATABASE_URL = "postgresql+asyncpg://elsewhere/app";
    const variable = read({ region, service: { environment: { DATABASE_URL } }, ...more });
    const secret = read({ region, service: { secrets: ["DATABASE_URL"] }, ...more });
    const both = read({ region, service: { environment: { DATABASE_URL: "", REDIS_URL: "" } } });
    for (const task of TASKS) {
      expect(sources(secretsOf(variable, task))).toEqual([["REDIS_URL", "the app's"]]);
      expect(sources(secretsOf(secret, task))).toEqual([
        ["REDIS_URL", "the app's"],
        ["DATABASE_URL", "yours"],
      ]);
    }
    const [container] = variable.at("service", "TaskDefinition").ContainerDefinitions as readonly JsonObject[];
    expect(container?.Environment).toContainEqual({ Name: "DATABASE_URL", Value: DATABASE_URL });
    expect(sources(secretsOf(both))).toEqual([]);
  });

  it("are the same secret whatever is yours: one that goes would be missing from the tasks of a rollback", () => {
    const both = read({ region, service: { environment: { DATABASE_URL: "", REDIS_URL: "" } } });
    expect(JSON.stringify(both.at("service", "UrlsSecret").SecretString)).toBe(composed);
  });
});
