import { describe, expect, it } from "vitest";
import { NotChecked } from "../../src/preflight/finding.ts";
import type { AccountPlan } from "../../src/preflight/look-ups.ts";
import { deployedAs, fixWords, found } from "../support/preflight.ts";
import { stackOf } from "../support/stacks.ts";

const database = (size: string, days: number) =>
  stackOf("shop-dev-database", "data", {
    resources: {
      Database: {
        Type: "AWS::RDS::DBInstance",
        Properties: { DBInstanceClass: size, BackupRetentionPeriod: days, Engine: "postgres", EngineVersion: "16" },
      },
    },
  });
const on = (plan: AccountPlan | undefined) => ({ look: { accountPlan: async () => plan } });
const FREE = { type: "FREE", status: "ACTIVE" };

describe("the account's plan", () => {
  it("is good where it is not the free one, or where there are no plans yet", async () => {
    for (const plan of [undefined, { type: "PAID", status: "ACTIVE" }]) {
      expect(await found("plan", [database("db.r6g.large", 35)], on(plan))).toMatchObject([
        { outcome: "ok", words: "not on the free plan" },
      ]);
    }
  });

  it("is a problem where the free one has not what the database wants, with the values that work", async () => {
    expect(await found("plan", [database("db.t4g.small", 7)], on(FREE))).toMatchObject([
      {
        outcome: "problem",
        words: "the account is on AWS's free plan, which has no db.t4g.small and no 7 days of backups for Database",
        fix: {
          hints: [
            { text: "set class: db.t4g.micro and backupDays: 1 under database in astro.yaml" },
            { text: "or upgrade the plan in Billing and Cost Management" },
          ],
        },
      },
    ]);
    const [backups] = await found("plan", [database("db.t4g.micro", 2)], on(FREE));
    expect(fixWords(backups)).toMatch(/^set backupDays: 1 under database/);
  });

  it("is good with values that work, and says what is left of it", async () => {
    const plan = { ...FREE, credits: "$87.10", ends: new Date("2027-05-01T00:00:00Z") };
    expect(await found("plan", [database("db.t4g.micro", 1)], on(plan))).toMatchObject([
      { outcome: "ok", words: "the free plan, with $87.10 of credits left until 2027-05-01" },
    ]);
  });

  it("is a problem once it has expired", async () => {
    const plan = { ...FREE, status: "EXPIRED" };
    expect(await found("plan", [database("db.t4g.micro", 1)], on(plan))).toMatchObject([{ outcome: "problem" }]);
  });

  it("is not asked for where no database is made or resized", async () => {
    const asked: string[] = [];
    const deployed = [deployedAs(database("db.t4g.micro", 1), "CREATE_COMPLETE")];
    expect(await found("plan", [database("db.t4g.micro", 1)], { deployed, asked })).toEqual([]);
    expect(asked).not.toContain("accountPlan");
    await found("plan", [database("db.t4g.small", 1)], { deployed, asked });
    expect(asked).toContain("accountPlan");
  });

  it("that may not be asked for is not checked", async () => {
    const look = {
      accountPlan: async () => {
        throw new NotChecked("these credentials do not allow freetier:GetAccountPlanState");
      },
    };
    expect(await found("plan", [database("db.t4g.micro", 1)], { look })).toMatchObject([{ outcome: "not-checked" }]);
  });
});
