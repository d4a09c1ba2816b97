import type { JsonObject } from "../../template/types.ts";
import { fraction } from "../state/hash.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import { type Call, type CallResult, type Handler, structures, text, texts } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { jsonProtocol, type Service } from "../wire/protocol.ts";

/**
 * USD a day that a resource of a type costs, and the service that Cost Explorer shows it under. About us-east-1's list
 * prices of the smallest size: nothing is billed.
 */
const RATES: { readonly [type: string]: readonly [service: string, usdPerDay: number] } = {
  "AWS::EC2::NatGateway": ["EC2 - Other", 1.08],
  "AWS::EC2::EIP": ["Amazon Virtual Private Cloud", 0.12],
  "AWS::EC2::VPCEndpoint": ["Amazon Virtual Private Cloud", 0.24],
  "AWS::ECS::Service": ["Amazon Elastic Container Service", 0.3],
  "AWS::ElasticLoadBalancingV2::LoadBalancer": ["Amazon Elastic Load Balancing", 0.54],
  "AWS::ElastiCache::ReplicationGroup": ["Amazon ElastiCache", 0.41],
  "AWS::KMS::Key": ["AWS Key Management Service", 0.033],
  "AWS::RDS::DBInstance": ["Amazon Relational Database Service", 0.43],
  "AWS::Route53::HostedZone": ["Amazon Route 53", 0.016],
  "AWS::S3::Bucket": ["Amazon Simple Storage Service", 0.002],
  "AWS::SecretsManager::Secret": ["AWS Secrets Manager", 0.013],
};

const DAY = 86_400_000;

/** One line of a bill: what a resource cost on a day. */
type Line = {
  readonly day: number;
  readonly resource: ServiceResource;
  readonly service: string;
  readonly usd: number;
};

function linesOf(simulator: Simulator, { scope }: Call, from: number, to: number): readonly Line[] {
  const { state } = simulator;
  const resources = Object.entries(RATES).flatMap(([type]) => Object.values(state.resources[type] ?? {}));
  return resources
    .filter(({ account }) => account === scope.account)
    .flatMap((resource) => {
      const [service, rate] = RATES[resource.type] ?? ["", 0];
      const days = Array.from({ length: Math.ceil((to - from) / DAY) }, (_, i) => from + i * DAY);
      return days.flatMap((day): readonly Line[] => {
        const lived = Math.max(0, Math.min(day + DAY, state.now) - Math.max(day, resource.created)) / DAY;
        // Costs vary from day to day.
        const usd = rate * lived * (0.97 + 0.06 * fraction(state.seed, resource.id, day));
        return usd > 0 ? [{ day, resource, service, usd }] : [];
      });
    });
}

/** `SERVICE`, `REGION`, or a tag's key and value as Cost Explorer joins them. */
function groupOf({ resource, service }: Line, { Type, Key }: JsonObject): string {
  if (Type === "TAG") return `${Key}$${resource.tags[String(Key)] ?? ""}`;
  if (Key === "REGION") return resource.region;
  return Key === "LINKED_ACCOUNT" ? resource.account : service;
}

function passes(line: Line, filter: JsonObject | undefined): boolean {
  if (!filter) return true;
  const { And, Or, Not, Dimensions, Tags } = filter as { readonly [name: string]: JsonObject | readonly JsonObject[] };
  if (Array.isArray(And)) return And.every((one) => passes(line, one as JsonObject));
  if (Array.isArray(Or)) return Or.some((one) => passes(line, one as JsonObject));
  if (Not) return !passes(line, Not as JsonObject);
  const [type, by] = Tags ? ["TAG", Tags as JsonObject] : ["DIMENSION", (Dimensions ?? {}) as JsonObject];
  const value = groupOf(line, { Type: type, Key: by.Key ?? "SERVICE" });
  return texts(by, "Values").includes(type === "TAG" ? value.slice(value.indexOf("$") + 1) : value);
}

const amount = (lines: readonly Line[]) => ({
  Amount: lines.reduce((sum, { usd }) => sum + usd, 0).toFixed(10),
  Unit: "USD",
});

const dated = (time: number) => new Date(time).toISOString().slice(0, 10);

/** The days, or months, that a time period falls into. */
function periods(from: number, to: number, granularity: string): readonly (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  for (let start = from; start < to; ) {
    const date = new Date(start);
    const next = granularity === "MONTHLY" ? Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1) : start + DAY;
    found.push([start, Math.min(next, to)]);
    start = next;
  }
  return found;
}

function spanOf({ input }: Call): readonly [number, number] {
  const { Start, End } = (input.TimePeriod ?? {}) as JsonObject;
  const [from, to] = [Date.parse(String(Start)), Date.parse(String(End))];
  if (Number.isNaN(from) || Number.isNaN(to) || from >= to)
    throw new AwsError("ValidationException", "Start time is not before end time (the end is excluded)");
  return [from, to];
}

const getCostAndUsage: Handler = (simulator, call) => {
  const { input } = call;
  const [from, to] = spanOf(call);
  const metrics = texts(input, "Metrics");
  const groups = structures(input, "GroupBy");
  const lines = linesOf(simulator, call, from, to).filter((line) =>
    passes(line, input.Filter as JsonObject | undefined),
  );
  const measured = (of: readonly Line[]): CallResult => Object.fromEntries(metrics.map((name) => [name, amount(of)]));
  return {
    ...(groups.length > 0 && { GroupDefinitions: groups }),
    ResultsByTime: periods(from, to, text(input, "Granularity") ?? "MONTHLY").map(([start, end]) => {
      const inside = lines.filter(({ day }) => day >= start && day < end);
      return {
        TimePeriod: { Start: dated(start), End: dated(end) },
        Total: groups.length > 0 ? {} : measured(inside),
        Groups: groups.length > 0 ? grouped(inside, groups, measured) : [],
        Estimated: end > simulator.state.now - DAY,
      };
    }),
    DimensionValueAttributes: [],
  };
};

function grouped(lines: readonly Line[], by: readonly JsonObject[], measured: (of: readonly Line[]) => CallResult) {
  const found = new Map<string, Line[]>();
  for (const line of lines) {
    const keys = JSON.stringify(by.map((one) => groupOf(line, one)));
    found.set(keys, [...(found.get(keys) ?? []), line]);
  }
  return [...found].map(([keys, of]) => ({ Keys: JSON.parse(keys) as string[], Metrics: measured(of) }));
}

const getCostForecast: Handler = (simulator, call) => {
  const [from, to] = spanOf(call);
  const { now } = simulator.state;
  const recent = linesOf(simulator, call, now - DAY, now).reduce((sum, { usd }) => sum + usd, 0);
  const total = { Amount: ((recent * (to - from)) / DAY).toFixed(10), Unit: "USD" };
  const shown = periods(from, to, text(call.input, "Granularity") ?? "MONTHLY").map(([start, end]) => ({
    TimePeriod: { Start: dated(start), End: dated(end) },
    MeanValue: ((recent * (end - start)) / DAY).toFixed(10),
  }));
  return { Total: total, ForecastResultsByTime: shown };
};

/** AWS Cost Explorer, API version 2017-10-25: the account's resources since their creation, at made-up rates. */
export const COST_EXPLORER: Service = {
  protocol: jsonProtocol("1.1"),
  operations: {
    GetCostAndUsage: getCostAndUsage,
    GetCostForecast: getCostForecast,
    GetDimensionValues: (simulator, call) => {
      const [from, to] = spanOf(call);
      const key = text(call.input, "Dimension") ?? "SERVICE";
      const values = new Set(linesOf(simulator, call, from, to).map((line) => groupOf(line, { Key: key })));
      const shown = [...values].map((Value) => ({ Value, Attributes: {} }));
      return { DimensionValues: shown, ReturnSize: shown.length, TotalSize: shown.length };
    },
    GetTags: (simulator, call) => {
      const [from, to] = spanOf(call);
      const key = text(call.input, "TagKey");
      const tags = linesOf(simulator, call, from, to).flatMap(({ resource }) =>
        key === undefined ? Object.keys(resource.tags) : (resource.tags[key] ?? ""),
      );
      const Tags = [...new Set(tags)];
      return { Tags, ReturnSize: Tags.length, TotalSize: Tags.length };
    },
  },
};
