import { COMPONENTS, type Component, MONTH } from "./finding.ts";
import type { BilledLine } from "./inventory.ts";

/** The architecture overview's figure for a component, as it is written there, and why ours may differ from it (in us-east-1). */
export type ReferenceFigure = { readonly figure: string; readonly why: string };

type Design = "dev" | "prod";
type Row = { readonly [design in Design]: ReferenceFigure };

/** The cost summary of the architecture overview (2025-12-26), USD a month, row by row. */
const SEED: { readonly [component in Component]: Row } = {
  "ECS Fargate": {
    dev: { figure: "~$6", why: "a quarter vCPU is under $3 on Spot and about $9 on demand" },
    prod: { figure: "~$50-100", why: "it names no size: two tasks of half a vCPU, one on Spot, are about $24" },
  },
  "RDS PostgreSQL": {
    dev: { figure: "~$13", why: "that is the instance alone; 20 GB of gp3 come on top" },
    prod: { figure: "~$100-200", why: "it names no class: db.t4g.medium, Multi-AZ, is at its lower end" },
  },
  "ElastiCache Redis": {
    dev: { figure: "~$12", why: "the same node" },
    prod: { figure: "~$50-100", why: "it names no node type: two cache.t4g.small are just under its lower end" },
  },
  "NAT Gateway": {
    dev: { figure: "~$35", why: "the hours are $32.85; the rest of it is about 48 GB a month" },
    prod: { figure: "~$105", why: "three gateways' hours are $98.55; the rest is traffic" },
  },
  ALB: {
    dev: { figure: "~$20", why: "the hours are $16.43; the rest of it is 0.6 LCU" },
    prod: { figure: "~$20", why: "the hours are $16.43; the rest of it is 0.6 LCU" },
  },
  "CloudFront + S3": {
    dev: { figure: "~$2", why: "the first terabyte and ten million requests of the CDN are free" },
    prod: { figure: "~$20-50", why: "it follows the traffic; the CDN's first terabyte is free" },
  },
  Other: {
    dev: { figure: "~$10", why: "three public IPv4 addresses alone are $10.95" },
    prod: { figure: "~$20", why: "six public IPv4 addresses alone are $21.90" },
  },
};

const TOTAL: { readonly [design in Design]: string } = { dev: "~$98", prod: "~$365-595" };

/** Which design a component's own lines are: the sizes the overview names, and nothing else. */
const DECISIVE: { readonly [component in Component]?: { readonly [design in Design]?: (lines: Lines) => boolean } } = {
  "ECS Fargate": {
    dev: (lines) =>
      lines.every(({ item }) => item.endsWith(", Spot")) &&
      sum(lines, ".vcpu_hour") === 0.25 * MONTH &&
      sum(lines, ".gb_hour") === 0.5 * MONTH,
  },
  "RDS PostgreSQL": {
    dev: (lines) => sum(lines, ".db.t3.micro.single_az.hour") === MONTH && sum(lines, ".gp3.single_az.gb_month") === 20,
    prod: (lines) => sum(lines, ".multi_az.hour") === MONTH,
  },
  "ElastiCache Redis": {
    dev: (lines) => sum(lines, "redis.cache.t3.micro.hour") === MONTH && sum(lines, ".hour") === MONTH,
    prod: (lines) => sum(lines, ".hour") >= 2 * MONTH,
  },
  "NAT Gateway": {
    dev: (lines) => sum(lines, "nat_gateway.hour") === MONTH,
    prod: (lines) => sum(lines, "nat_gateway.hour") === 3 * MONTH,
  },
};

type Lines = readonly BilledLine[];

/**
 * The overview's figures for what `lines` describe: a component's own where its configuration is the one described, the
 * others' and the total where every component that decides is of the same design.
 */
export function referenceFigures(lines: Lines): {
  readonly figures: { readonly [component in Component]?: ReferenceFigure };
  readonly total?: string;
} {
  const designs = COMPONENTS.map((component) => [component, designOf(component, lines)] as const);
  const design = (["dev", "prod"] as const).find((one) =>
    designs.every(([component, own]) => own === one || DECISIVE[component]?.[one] === undefined),
  );
  const figures = designs.flatMap(([component, own]) => {
    const of = own ?? (DECISIVE[component]?.[design ?? "dev"] === undefined ? design : undefined);
    return of === undefined ? [] : [[component, SEED[component][of]] as const];
  });
  return { figures: Object.fromEntries(figures), ...(design === undefined ? {} : { total: TOTAL[design] }) };
}

function designOf(component: Component, lines: Lines): Design | undefined {
  const own = lines.filter((line) => line.component === component);
  const tests = own.length === 0 ? {} : (DECISIVE[component] ?? {});
  return (["dev", "prod"] as const).find((design) => tests[design]?.(own) === true);
}

function sum(lines: Lines, suffix: string): number {
  return lines.reduce((total, { key, quantity }) => (key.endsWith(suffix) ? total + quantity : total), 0);
}
