import type { Values } from "../../template/evaluate.ts";
import type { PreflightCheck, Scene } from "../check.ts";
import { type Declared, isMade, pointedAt, rowsOf, wordOf } from "../declared.ts";
import type { CheckVerdict } from "../finding.ts";

type Provider = "FARGATE" | "FARGATE_SPOT";

/** The quotas are of vCPUs that run at one time, of all tasks of the region (AWS General Reference, "AWS Fargate quotas"). */
const QUOTAS: readonly {
  readonly code: PreflightCheck["code"];
  readonly provider: Provider;
  readonly quota: string;
  readonly names: string;
}[] = [
  { code: "fargate", provider: "FARGATE", quota: "L-3032A538", names: "Fargate On-Demand vCPUs" },
  { code: "fargate-spot", provider: "FARGATE_SPOT", quota: "L-36FBB829", names: "Fargate Spot vCPUs" },
];

/** Whether the tasks that services are to run fit the region's quota of vCPUs: a new account may have very few. */
export const FARGATE_CHECKS: readonly PreflightCheck[] = QUOTAS.map(({ code, provider, quota, names }) => ({
  code,
  document: "AWS General Reference, Amazon ECS endpoints and quotas (AWS Fargate service quotas)",
  of: async (scene) => {
    const services = scene.resources.filter((one) => one.type === "AWS::ECS::Service" && moves(one));
    const regions = [...new Set(services.map(({ region }) => region))];
    const verdicts: CheckVerdict[] = [];
    for (const region of regions) {
      const loads = services.filter((one) => one.region === region).map((one) => loadOf(one, scene, provider));
      const [least, most] = [sum(loads.map((load) => load.least)), sum(loads.map((load) => load.most))];
      if (most > 0) verdicts.push(await verdictOf(scene, { region, provider, quota, names }, least, most));
    }
    return verdicts;
  },
}));

/** True if the step may make more tasks than run now. */
function moves(service: Declared): boolean {
  return isMade(service) || service.causes.includes("DesiredCount");
}

async function verdictOf(
  { look }: Scene,
  { region, provider, quota, names }: Omit<(typeof QUOTAS)[number], "code"> & { readonly region: string },
  least: number,
  most: number,
): Promise<CheckVerdict> {
  const limit = await look.quota(region, "fargate", quota);
  const beside = "beside what runs already";
  if (most <= limit) return { outcome: "ok", words: `${most} of ${limit} vCPUs, ${beside}` };
  const fix = {
    hints: [{ text: `choose fewer or smaller tasks, or raise quota ${quota} to ${Math.ceil(most)}` }],
    action: { type: "raise-quota", region, service: "fargate", quota, to: Math.ceil(most) } as const,
  };
  if (least > limit)
    return { outcome: "problem", words: `${least} wanted, and ${region} gives ${limit} ${names}`, fix };
  const warning = { type: "vcpu-quota", region, quota, provider, wanted: most, limit } as const;
  return { outcome: "warning", warning, fix };
}

/** vCPUs that a service takes at a provider, with the fewest and with the most tasks it may run. */
function loadOf(service: Declared, { resources }: Scene, provider: Provider): { least: number; most: number } {
  const definition = pointedAt(service.properties.TaskDefinition, resources);
  const cpu = definition === undefined ? 0 : cpuOf(definition.properties);
  const scaling = resources.find(
    ({ type, stack, region }) =>
      type === "AWS::ApplicationAutoScaling::ScalableTarget" && stack === service.stack && region === service.region,
  )?.properties;
  const wanted = Number(wordOf(service.properties, "DesiredCount") ?? wordOf(scaling ?? {}, "MinCapacity") ?? 1);
  const top = Math.max(wanted, Number(wordOf(scaling ?? {}, "MaxCapacity") ?? wanted));
  return {
    least: cpu * tasksAt(service.properties, wanted, provider),
    most: cpu * tasksAt(service.properties, top, provider),
  };
}

/** vCPUs of a task: `256` are a quarter (Amazon ECS Developer Guide, "Task size"). */
function cpuOf(definition: Values): number {
  const text = wordOf(definition, "Cpu") ?? "256";
  const [, amount] = /^([\d.]+) *vcpu$/i.exec(text) ?? [];
  return amount === undefined ? Number(text) / 1024 : Number(amount);
}

/** Of `tasks`, how many a provider gets: bases first, then by weight (Amazon ECS API Reference, CapacityProviderStrategyItem). */
function tasksAt(service: Values, tasks: number, provider: Provider): number {
  const strategy = rowsOf(service.CapacityProviderStrategy);
  if (strategy.length === 0) return wordOf(service, "LaunchType") === "FARGATE" && provider === "FARGATE" ? tasks : 0;
  const part = (item: Values, name: string) => Number(wordOf(item, name) ?? 0);
  const bases = Math.min(tasks, sum(strategy.map((item) => part(item, "Base"))));
  const weights = sum(strategy.map((item) => part(item, "Weight")));
  const own = strategy.find((item) => wordOf(item, "CapacityProvider") === provider);
  if (own === undefined) return 0;
  const share = weights === 0 ? 0 : part(own, "Weight") / weights;
  return Math.min(tasks, part(own, "Base")) + Math.ceil((tasks - bases) * share);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
