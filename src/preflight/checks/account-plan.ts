import type { PreflightCheck } from "../check.ts";
import { type Declared, isMade, wordOf } from "../declared.ts";
import type { CheckVerdict } from "../finding.ts";
import type { AccountPlan } from "../look-ups.ts";

/** Properties of a database that the free plan limits. */
const LIMITED = ["DBInstanceClass", "BackupRetentionPeriod"];

/** Days of backups that a free plan leaves (yc-software/qm#352, of August 2026: two are refused, one is taken). */
const MOST_DAYS = 1;

/**
 * Whether the account's plan has what is wanted: on the free plan RDS refuses databases above the smallest sizes and
 * backups of more than a day, minutes after everything else was made.
 */
export const ACCOUNT_PLAN_CHECK: PreflightCheck = {
  code: "plan",
  document: "AWS Billing and Cost Management API Reference, GetAccountPlanState; AWS Billing User Guide, Free Tier",
  of: async ({ resources, look }) => {
    const databases = resources.filter(
      (one) =>
        one.type === "AWS::RDS::DBInstance" && (isMade(one) || one.causes.some((name) => LIMITED.includes(name))),
    );
    if (databases.length === 0) return [];
    const plan = await look.accountPlan();
    if (plan?.type !== "FREE") return [{ outcome: "ok", words: "not on the free plan" }];
    if (plan.status === "EXPIRED") {
      return [
        { outcome: "problem", words: "the account's free plan has expired", fix: { hints: [{ text: UPGRADE }] } },
      ];
    }
    const refused = databases.flatMap(refusedOf);
    return refused.length > 0 ? refused : [{ outcome: "ok", words: `the free plan, ${leftOf(plan)}` }];
  },
};

const UPGRADE = "upgrade the plan in Billing and Cost Management";

function refusedOf({ logicalId, properties }: Declared): readonly CheckVerdict[] {
  const size = wordOf(properties, "DBInstanceClass") ?? "";
  const days = Number(wordOf(properties, "BackupRetentionPeriod") ?? MOST_DAYS);
  const wrong = [
    ...(/\.micro$/.test(size) ? [] : [{ what: size, instead: "class: db.t4g.micro" }]),
    ...(days > MOST_DAYS ? [{ what: `${days} days of backups`, instead: `backupDays: ${MOST_DAYS}` }] : []),
  ];
  if (wrong.length === 0) return [];
  const words = `the account is on AWS's free plan, which has no ${wrong.map(({ what }) => what).join(" and no ")} for ${logicalId}`;
  const smaller = `set ${wrong.map(({ instead }) => instead).join(" and ")} under database in astro.yaml`;
  return [{ outcome: "problem", words, fix: { hints: [{ text: smaller }, { text: `or ${UPGRADE}` }] } }];
}

function leftOf({ credits, ends }: AccountPlan): string {
  const money = credits === undefined ? "" : `with ${credits} of credits left`;
  const time = ends === undefined ? "" : `until ${ends.toISOString().slice(0, 10)}`;
  return [money, time].filter((words) => words !== "").join(" ");
}
