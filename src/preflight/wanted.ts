import type { Environment } from "../config/schema.ts";
import type { Site } from "../plan/provision-plan.ts";
import { evaluateProperties } from "../template/evaluate.ts";
import type { Resource, Template } from "../template/types.ts";
import type { PreflightCheck, Scene } from "./check.ts";
import { ACCOUNT_PLAN_CHECK } from "./checks/account-plan.ts";
import { FARGATE_CHECKS } from "./checks/fargate.ts";
import { QUOTA_CHECKS } from "./checks/quotas.ts";
import type { Declared } from "./declared.ts";
import { type CheckVerdict, NotChecked } from "./finding.ts";
import type { LookUps } from "./look-ups.ts";

/** What an account may not have as many of as an environment wants, and what its plan forbids. */
const CHECKS: readonly PreflightCheck[] = [...QUOTA_CHECKS, ...FARGATE_CHECKS, ACCOUNT_PLAN_CHECK];

/**
 * What of an account would keep an environment from being made that is only chosen yet; empty where nothing would. What cannot
 * be looked up is left out: a provisioning looks again, at the whole plan.
 */
export async function limitsOn(
  look: LookUps,
  { region, project, environment: name }: Pick<Site, "region" | "project" | "environment">,
  environment: Environment,
  now: () => Date,
): Promise<readonly CheckVerdict[]> {
  const scene: Scene = {
    site: { project, environment: name, region, account: environment.account ?? "" },
    again: ["astro", "provision", "--env", name],
    resources: wantedBy(region, environment),
    seconds: 0,
    real: true,
    nameServers: async () => undefined,
    held: [],
    yielding: [],
    now,
    look,
  };
  const found = await Promise.all(CHECKS.map((check) => verdictsOf(check, scene)));
  return found.flat().filter(({ outcome }) => outcome === "problem" || outcome === "warning");
}

async function verdictsOf(check: PreflightCheck, scene: Scene): Promise<readonly CheckVerdict[]> {
  try {
    return await check.of(scene);
  } catch (error) {
    if (error instanceof NotChecked) return [];
    throw error;
  }
}

/** Those of an environment's resources that count against a quota or a plan, as its templates have them. */
function wantedBy(region: string, environment: Environment): readonly Declared[] {
  const { network, database } = environment;
  const gateways = network.nat === "none" ? 0 : network.nat === "one" ? 1 : network.azs;
  const each = Array.from({ length: gateways }, (_, at) => at + 1);
  const Resources: Template["Resources"] = {
    Vpc: { Type: "AWS::EC2::VPC" },
    ...Object.fromEntries(each.map((at) => [`Address${at}`, { Type: "AWS::EC2::EIP" }])),
    ...Object.fromEntries(each.map((at) => [`Gateway${at}`, { Type: "AWS::EC2::NatGateway" }])),
    Database: {
      Type: "AWS::RDS::DBInstance",
      Properties: { DBInstanceClass: database.class, BackupRetentionPeriod: database.backupDays },
    },
    ...tasksOf(environment),
  };
  const scope = { template: { Resources }, stack: "wanted", region };
  return Object.entries(Resources).map(([logicalId, source]) => {
    const properties = evaluateProperties(source, scope);
    const made = { how: "add", causes: [], fresh: true } as const;
    return {
      stack: scope.stack,
      region,
      logicalId,
      type: source.Type,
      ...made,
      properties,
      deployed: properties,
      source,
    };
  });
}

function tasksOf({ service, worker }: Environment): { readonly [logicalId: string]: Resource } {
  const running = (name: string, { cpu, tasks, spot }: Size, base: number) => ({
    [`${name}Task`]: { Type: "AWS::ECS::TaskDefinition", Properties: { Cpu: String(cpu) } },
    [name]: {
      Type: "AWS::ECS::Service",
      Properties: {
        TaskDefinition: { Ref: `${name}Task` },
        DesiredCount: tasks,
        CapacityProviderStrategy: [
          { CapacityProvider: "FARGATE", Base: spot ? base : 0, Weight: spot ? 0 : 1 },
          { CapacityProvider: "FARGATE_SPOT", Weight: spot ? 1 : 0 },
        ],
      },
    },
  });
  return { ...running("Api", service, service.onDemandBase), ...(worker && running("Worker", worker, 0)) };
}

type Size = { readonly cpu: number; readonly tasks: number; readonly spot: boolean };
