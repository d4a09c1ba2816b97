import { describe, expect, it } from "vitest";
import { command } from "../../src/command-line.ts";
import { AstroError } from "../../src/errors.ts";
import { renderDone, renderGone } from "../../src/view/done.ts";
import { renderError } from "../../src/view/error.ts";
import { type FailureReport, renderFailure } from "../../src/view/failure.ts";
import type { Header } from "../../src/view/view.ts";
import { REFUSED } from "./run.ts";
import { paper } from "./screen.ts";

const REAL: Header = { command: "provision", environment: "dev", region: "us-east-1", account: "123456789012" };
const REHEARSAL: Header = { ...REAL, rehearsal: { speed: 60 } };

const FAILURE: FailureReport = {
  header: REHEARSAL,
  project: "astro",
  failed: [
    {
      phase: "data",
      stack: "astro-dev-database",
      resource: "DBInstance",
      resourceType: "AWS::RDS::DBInstance",
      status: "ROLLBACK_COMPLETE",
      reason: REFUSED,
      elapsedSeconds: 580,
      cause: "this class is not offered with PostgreSQL 16 in us-east-1e",
      source: "aws",
      code: "db-class-unavailable",
      hints: [{ text: "choose another class", command: command`astro init --env dev --db-class db.t4g.micro` }],
    },
    {
      phase: "data",
      stack: "astro-dev-cache",
      status: "ROLLBACK_COMPLETE",
      source: "aws",
      code: "failed",
      reason: "no capacity",
      hints: [],
      elapsedSeconds: 9,
    },
  ],
  finished: 7,
  notStarted: 3,
  again: ["astro", "provision", "--rehearse"],
};

describe("a failed run's last lines", () => {
  it("name the resource that failed first, AWS's reason, what it means and what to do", () => {
    expect(renderFailure(FAILURE, paper())).toMatchInlineSnapshot(`
      " ✖ failed: data · database after 9m 40s · rehearsal 60×
         7 stacks done, 3 not started

         Also        data · cache: no capacity
         Failed      DBInstance, AWS::RDS::DBInstance
         AWS says    The DB instance class db.t3.micro does not support the requested
                     engine version in this zone. (Service: Rds, Status Code: 400)
         Cause       this class is not offered with PostgreSQL 16 in us-east-1e
         Do this     choose another class:
                     astro init --env dev --db-class db.t4g.micro
         Then        astro provision --rehearse
                     goes on from here; finished stacks are not changed
      "
    `);
  });

  it("shout without Unicode and wrap on a narrow terminal, so that no reason is cut", () => {
    expect(renderFailure(FAILURE, paper({ columns: 40, unicode: false }))).toMatchInlineSnapshot(`
      " FAILED: data - database after 9m 40s
         rehearsal 60x
         7 stacks done, 3 not started

         Also        data - cache: no
                     capacity
         Failed      DBInstance,
                     AWS::RDS::DBInstance
         AWS says    The DB instance class
                     db.t3.micro does not
                     support the requested
                     engine version in this
                     zone. (Service: Rds,
                     Status Code: 400)
         Cause       this class is not
                     offered with PostgreSQL
                     16 in us-east-1e
         Do this     choose another class:
                     astro init --env dev
                     --db-class db.t4g.micro
         Then        astro provision
                     --rehearse
                     goes on from here;
                     finished stacks are not
                     changed
      "
    `);
  });

  it("name the stack where no resource is to blame, and the command to go on with where nobody knows better", () => {
    const [, stack] = FAILURE.failed;
    if (stack === undefined) throw new Error("the fixture lost its second stack");
    expect(
      renderFailure({ ...FAILURE, header: { ...REAL, command: "destroy" }, failed: [stack] }, paper()),
    ).toMatchInlineSnapshot(`
      " ✖ failed: data · cache after 9s · us-east-1 · account 1234…9012
         7 stacks gone, 3 not started

         Failed      astro-dev-cache, ROLLBACK_COMPLETE
         AWS says    no capacity
         Do this     astro provision --rehearse
                     goes on from here
      "
    `);
  });

  it("cannot be painted over by what AWS says", () => {
    const [first] = FAILURE.failed;
    const text = renderFailure({ ...FAILURE, failed: [{ ...first, reason: "bad\u001b[1A\u001b[2Kgood" }] }, paper());
    expect(text).toContain("AWS says    badgood");
    expect(text).not.toContain("\u001b");
  });
});

describe("a finished run's last lines", () => {
  const finished = { header: REHEARSAL, stacks: 12, changed: 12, elapsedSeconds: 991 };

  it("show where everything is, what it costs and what to do next", () => {
    const outputs = {
      AppUrl: "https://d1234abcd.cloudfront.net",
      ApiUrl: "http://astro-dev-alb-1.us-east-1.elb.amazonaws.com",
      RepositoryUri: "123456789012.dkr.ecr.us-east-1.amazonaws.com/astro-dev",
      DatabaseSecretName: "astro/dev/database",
      JwtSecretName: "astro/dev/jwt",
    };
    const next = ["push an image, then", "astro provision", "(the service runs a placeholder)"];
    expect(renderDone({ ...finished, monthly: 101.17, outputs, next }, paper())).toMatchInlineSnapshot(`
      " ✔ dev is up: 12 stacks in 16m 31s · rehearsal 60×                   $101.17/mo
         App         https://d1234abcd.cloudfront.net
         API         http://astro-dev-alb-1.us-east-1.elb.amazonaws.com
         Images      123456789012.dkr.ecr.us-east-1.amazonaws.com/astro-dev
         Secrets     astro/dev/database, astro/dev/jwt
         Next        push an image, then  astro provision
                     (the service runs a placeholder)
      "
    `);
  });

  it("say that nothing had to be done", () => {
    expect(renderDone({ ...finished, changed: 0, monthly: 101.17, outputs: {} }, paper())).toMatchInlineSnapshot(`
      " ✔ dev is up to date: 12 stacks unchanged · rehearsal 60×            $101.17/mo
      "
    `);
  });

  it("say what a removal has kept", () => {
    const snapshot = {
      type: "snapshot",
      stack: "astro-dev-database",
      resource: "DBInstance",
      resourceType: "AWS::RDS::DBInstance",
      monthly: 0,
    } as const;
    const kept = [snapshot];
    expect(renderGone({ ...finished, kept }, paper())).toMatchInlineSnapshot(`
      " ✔ dev is gone: 12 stacks in 16m 31s · rehearsal 60×
         Kept        a final snapshot of DBInstance (AWS::RDS::DBInstance) is
                     retained
      "
    `);
    expect(renderGone({ ...finished, kept: [] }, paper())).toMatch(/Kept +nothing that costs anything/);
  });
});

describe("an error", () => {
  const error = new AstroError(
    "config",
    "infra/astro.yaml:12:10: service.memory is 8192: Fargate does not pair 256 CPU units with 8192 MB; choose 512, 1024, 2048 MB",
    "change it there, or run  astro init --env dev --memory 512",
  );

  it("shows what happened and what to do, and no stack trace", () => {
    expect(renderError(error, paper())).toMatchInlineSnapshot(`
      " ✖ failed: infra/astro.yaml:12:10: service.memory is 8192: Fargate does not
         pair 256 CPU units with 8192 MB; choose 512, 1024, 2048 MB
         → change it there, or run  astro init --env dev --memory 512
      "
    `);
  });

  it("stays on one line where a program may read it", () => {
    const text = renderError(error, paper({ interactive: false, unicode: false }));
    expect(text.split("\n")).toHaveLength(3);
    expect(text).toMatch(/^ FAILED: infra\/astro\.yaml:12:10: .* 2048 MB\n {3}-> change it there/);
  });

  it("keeps the lines of a message that shows a place in a file", () => {
    const shown = new AstroError("config", "astro.yaml:2: odd\n  2 | azs: many\n    |      ^", "write a number");
    expect(renderError(shown, paper())).toMatchInlineSnapshot(`
      " ✖ failed: astro.yaml:2: odd
           2 | azs: many
             |      ^
         → write a number
      "
    `);
  });

  it("does not call what the user wanted a failure", () => {
    expect(renderError(new AstroError("declined", "nothing was changed", "astro plan"), paper())).toBe(
      " declined: nothing was changed\n   → astro plan\n",
    );
  });
});
