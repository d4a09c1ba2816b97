import { type Billed, type CostFinding, text, unpriced, values } from "../finding.ts";
import { compute, fargateTaskOf } from "./fargate.ts";
import { onDemandRate } from "./fargate-rates.ts";

/**
 * A schedule of EventBridge Scheduler that starts tasks on Fargate: their vCPU and memory, a minute at least for each (AWS
 * Fargate pricing). The starts themselves are free up to 14 million a month (Amazon EventBridge pricing, EventBridge
 * Scheduler), which is more than three hundred schedules of each minute. What another target costs is priced there.
 */
export function* scheduledTask(it: Billed): Iterable<CostFinding> {
  const { ScheduleExpression, Target } = it.properties();
  const target = values(values(Target).EcsParameters);
  if (target.TaskDefinitionArn === undefined) return;
  const { vcpu, gb, architecture, isWindows } = fargateTaskOf(it, target.TaskDefinitionArn);
  const runs = it.usage.given("runs") ?? runsOf(text(ScheduleExpression) ?? "");
  if (vcpu === undefined || gb === undefined || isWindows || runs === undefined) {
    yield unpriced("its times, or CPU and memory of its task, are not in the templates");
    return;
  }
  const hours = (runs * Math.max(1, it.usage.get("minutes"))) / 60;
  yield* compute({ vcpu, gb }, onDemandRate(architecture), hours);
}

/** Days of a month, on average, and minutes of one. */
const DAYS = 365 / 12;
const DAY = 1440;

const UNITS: { readonly [unit: string]: number } = { minute: 1, hour: 60, day: DAY };

/** How often a schedule runs in a month, on average (Amazon EventBridge Scheduler User Guide, "Schedule types"). */
function runsOf(expression: string): number | undefined {
  const [, every, unit = ""] = /^rate\((\d+) (\w+?)s?\)$/.exec(expression) ?? [];
  const minutes = Number(every) * (UNITS[unit] ?? Number.NaN);
  if (minutes > 0) return (DAYS * DAY) / minutes;
  const fields = /^cron\((.+)\)$/.exec(expression)?.[1]?.trim().split(/\s+/) ?? [];
  const [minute, hour, dayOfMonth, month, dayOfWeek] = fields;
  if (fields.length !== 6) return undefined;
  const days = dayOfMonth === "?" ? daysOfWeek(dayOfWeek) : times(dayOfMonth, DAYS, 1);
  return times(minute, 60) * times(hour, 24) * days * (times(month, 12, 1) / 12);
}

function daysOfWeek(field = ""): number {
  // `6L` and `3#2` are one day of a month.
  return /[#L]/.test(field)
    ? 1
    : (times(
        field.replace(/[A-Z]+/g, (day) => String(WEEK.indexOf(day) + 1)),
        7,
        1,
      ) *
        DAYS) /
        7;
}

const WEEK = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** How many of `all` values a field has, the first of which is `first`. */
function times(field = "", all: number, first = 0): number {
  return field.split(",").reduce((sum, item) => {
    const [range = "", step = "1"] = item.split("/");
    const [from, to] = range.split("-").map(Number);
    const isStepped = item.includes("/");
    if (range === "*") return sum + all / Number(step);
    if (from === undefined || Number.isNaN(from)) return sum + 1;
    const last = to ?? (isStepped ? all - 1 + first : from);
    const count = last >= from ? last - from + 1 : last - from + 1 + all;
    return sum + Math.ceil(count / Number(step));
  }, 0);
}
