import { describe, expect, it } from "vitest";
import { PRESETS } from "../../../src/config/presets.ts";
import { config, type EnvironmentInput } from "../../../src/config/schema.ts";
import { ALWAYS, SOMETIMES } from "../../../src/plan/ownership.ts";
import { nameOf } from "../../../src/preflight/named.ts";
import { evaluateProperties } from "../../../src/template/evaluate.ts";
import { synthesise } from "./synth.ts";

/** Every option at once, so that everything is made that the app can make. */
const EVERYTHING: EnvironmentInput = {
  region: "eu-west-1",
  ...PRESETS.prod.values,
  network: { azs: 3, nat: "per-az", flowLogs: true },
  database: { ...PRESETS.prod.values.database, key: "own" },
  cdn: { ttlHours: 24, waf: true },
  loadBalancer: { accessLogs: true },
  domain: { name: "example.com", zone: "create" },
  alarms: { email: "ops@example.com" },
  budget: { monthly: 500, email: "ops@example.com" },
};
const PREFIX = "astro-dev-";
/** Properties by which a resource is called; a task's family may be shared. */
const NAMES = /(^|[a-z])(Name|Identifier|GroupId)$/;
const all = synthesise(EVERYTHING);
const least = synthesise({ region: "eu-west-1", ...PRESETS.dev.values });
const kindOf = ({ stackName }: (typeof all)[number]) => stackName.slice(PREFIX.length);
const home = (stacks: typeof all) => stacks.filter(({ environment }) => environment.region === "eu-west-1").map(kindOf);

describe("the stacks of an environment", () => {
  it("are known by their names where no app is at hand: those it always has, and those of some", () => {
    expect(home(least).toSorted()).toEqual([...ALWAYS].toSorted());
    expect(home(all).toSorted()).toEqual([...ALWAYS, ...SOMETIMES].toSorted());
  });

  it("are the environment's by their tags, also where plain cdk deploys them", () => {
    const tags = { Project: "astro", Environment: "dev", ManagedBy: "astro" };
    expect(all.filter((stack) => JSON.stringify(stack.tags) !== JSON.stringify({ ...stack.tags, ...tags }))).toEqual(
      [],
    );
  });
});

/** A property that names something, and what follows PROJECT-ENVIRONMENT in it, up to what is filled in later. */
const NAME = /\\?"(\w*(?:Name|Identifier|GroupId|Family))\\?":(?:\\?"|\{"Fn::Join":\["",\[")[\w/]*astro-dev([\w-]*)/g;

/** What follows PROJECT-ENVIRONMENT in each name, by what has such names. */
function endings(): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>([["stack", new Set(all.map((stack) => `-${kindOf(stack)}`))]]);
  for (const { Type, Properties = {} } of all.flatMap(({ template }) => Object.values(template.Resources))) {
    for (const [, word = "", ending = ""] of JSON.stringify(Properties).matchAll(NAME)) {
      // What a resource reads from another stack is no name of its own.
      if (word === "StackName") continue;
      const kind = `${Type} ${word}`;
      found.set(kind, (found.get(kind) ?? new Set()).add(ending));
    }
  }
  return found;
}

describe("what an environment keeps in Parameter Store", () => {
  const paths = (project: string) =>
    synthesise({ region: "eu-west-1" }, project).flatMap(({ template }) =>
      Object.values(template.Resources).flatMap(({ Type, Properties }) =>
        Type === "AWS::SSM::Parameter" ? [String(Properties?.Name)] : [],
      ),
    );

  it("is called by project, environment, stack and value, each once", () => {
    const found = paths("shop");
    expect(found).toContain("/shop/dev/network/VpcId");
    expect(new Set(found).size).toBe(found.length);
    expect(found.filter((path) => !/^\/shop\/dev\/[a-z-]+\/[A-Za-z]+$/.test(path))).toEqual([]);
  });

  it.each(["aws-shop", "ssmall"])("never begins with what AWS keeps for itself, in a project called %s", (project) => {
    expect(paths(project).filter((path) => !path.startsWith(`/astro/${project}/dev/`))).toEqual([]);
  });
});

describe("two environments of one astro.yaml", () => {
  it("can never have a name in common: no name that is left over would be an environment's", () => {
    const common = [...endings()].flatMap(([type, names]) =>
      [...names].flatMap((one) =>
        [...names].flatMap((other) => {
          // NAME-ENV and one ending is NAME-ENV-more and another: `more` is what the first has before the second.
          if (one === other || !one.endsWith(other)) return [];
          const more = one.slice(1, one.length - other.length);
          const environments = { a: { region: "eu-west-1" }, [`a-${more}`]: { region: "eu-west-1" } };
          return config.safeParse({ name: "shop", environments }).success
            ? [`${type}: a${one} and a-${more}${other}`]
            : [];
        }),
      ),
    );
    expect(common).toEqual([]);
    expect([...endings().keys()]).toEqual(
      expect.arrayContaining(["AWS::S3::Bucket BucketName", "AWS::IAM::Role RoleName", "stack"]),
    );
  });

  it("and none is called as astro's own bootstrap", () => {
    expect(config.safeParse({ name: "astro", environments: { bootstrap: { region: "eu-west-1" } } }).success).toBe(
      false,
    );
  });
});

describe("what the app gives a name of its own", () => {
  const region = "eu-west-1";
  const named = all.flatMap(({ template, stackName, environment }) =>
    Object.entries(template.Resources).flatMap(([logicalId, resource]) => {
      const scope = { template, stack: stackName, region: environment.region, account: "111122223333" };
      const properties = evaluateProperties(resource, scope);
      const type = resource.Type;
      const own = Object.entries(properties).some(
        ([key, value]) => NAMES.test(key) && typeof value === "string" && /^[\w/]*astro[-/]dev/.test(value),
      );
      const looked = nameOf({ type, region, properties }, scope.account)?.name;
      return own || looked !== undefined ? [{ type, logicalId, looked }] : [];
    }),
  );

  it("is looked for before it is made", () => {
    const blind = new Set(named.flatMap(({ type, looked }) => (looked === undefined ? [type] : [])));
    expect([...blind]).toEqual([]);
  });

  it("is of these types", () => {
    const types = new Set(named.flatMap(({ type, looked }) => (looked === undefined ? [] : [type])));
    expect([...types].toSorted()).toEqual([
      "AWS::Budgets::Budget",
      "AWS::CloudFront::CachePolicy",
      "AWS::CloudFront::Function",
      "AWS::CloudFront::OriginAccessControl",
      "AWS::CloudFront::ResponseHeadersPolicy",
      "AWS::CloudWatch::Alarm",
      "AWS::CloudWatch::Dashboard",
      "AWS::ECR::Repository",
      "AWS::ECS::Cluster",
      "AWS::ElastiCache::ReplicationGroup",
      "AWS::ElasticLoadBalancingV2::LoadBalancer",
      "AWS::IAM::Role",
      "AWS::KMS::Alias",
      "AWS::Logs::LogGroup",
      "AWS::RDS::DBInstance",
      "AWS::S3::Bucket",
      "AWS::SNS::Topic",
      "AWS::SSM::Parameter",
      "AWS::SecretsManager::Secret",
      "AWS::WAFv2::WebACL",
    ]);
  });
});
