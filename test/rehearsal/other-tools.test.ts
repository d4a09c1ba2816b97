import { DescribeStackEventsCommand } from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { serviceApp } from "../support/service-app.ts";
import { type Driver, rehearse, template } from "./support/driver.ts";
import * as make from "./support/rules.ts";

type Row = { readonly [name: string]: unknown };

const CAPABLE = { Capabilities: ["CAPABILITY_NAMED_IAM" as const] };
const image = (tag: number) => `public.ecr.aws/x/app:${tag}`;
const app = (tag: number, service: object = {}) => serviceApp("us-east-1", image(tag), service);

/** What a CI does with a service, call by call (each name is an operation of ECS). */
function ci({ json }: Driver) {
  const ecs = (operation: string, input: object) =>
    json("ecs", `AmazonEC2ContainerServiceV20141113.${operation}`, input);
  const described = async (taskDefinition: string) =>
    (await ecs("DescribeTaskDefinition", { taskDefinition })).taskDefinition as Row;
  return {
    ecs,
    described,
    /** The newest revision again, with another image. */
    register: async (tag: number) => {
      const { taskDefinitionArn: _, revision: _revision, status: _status, ...rest } = await described("apps");
      const [first] = rest.containerDefinitions as readonly Row[];
      const input = { ...rest, containerDefinitions: [{ ...first, image: image(tag) }] };
      return (await ecs("RegisterTaskDefinition", input)).taskDefinition as Row;
    },
    point: (taskDefinition: string, more: object = {}) =>
      ecs("UpdateService", { cluster: "apps", service: "api", taskDefinition, ...more }),
    service: async () => {
      const { services } = await ecs("DescribeServices", { cluster: "apps", services: ["api"] });
      return (services as readonly Row[])[0] ?? {};
    },
  };
}

const revisionOf = ({ taskDefinition }: Row) => String(taskDefinition).split("/").at(-1);

/** Source: ECS API Reference, RegisterTaskDefinition, DeregisterTaskDefinition and UpdateService. */
describe("a service that another tool deploys to", () => {
  it("runs the revision that was registered and named, with all that was not changed in it", async () => {
    const driver = await rehearse();
    await driver.create("app", app(1), CAPABLE);
    const { described, register, point, service } = ci(driver);
    const before = await described("apps");
    const made = await register(2);
    expect(made).toMatchObject({ family: "apps", revision: 2, status: "ACTIVE" });
    const without = ({ containerDefinitions, ...rest }: Row) => {
      const [{ image: _, ...first } = {}] = containerDefinitions as readonly Row[];
      return { ...rest, taskDefinitionArn: "", revision: 0, containerDefinitions: [first] };
    };
    expect(without(made)).toEqual(without(before));
    await point("apps:2");
    expect(revisionOf(await service())).toBe("apps:2");
    await driver.rehearsal.clock.sleep(300_000);
    expect((await service()).deployments).toMatchObject([{ taskDefinition: made.taskDefinitionArn }]);
  });

  it("takes a family for its newest revision, and starts nothing anew where that runs already", async () => {
    const driver = await rehearse();
    await driver.create("app", app(1), CAPABLE);
    const { register, point, service } = ci(driver);
    await register(2);
    await point("apps");
    const { deployments } = await service();
    expect(revisionOf(await service())).toBe("apps:2");
    await point("apps");
    expect((await service()).deployments).toEqual(deployments);
  });

  it("refuses a revision that is not there, or that is no longer in use; what runs of that goes on", async () => {
    const driver = await rehearse();
    await driver.create("app", app(1), CAPABLE);
    const { ecs, register, point, service, described } = ci(driver);
    expect(await point("apps:7")).toMatchObject({ status: 400, message: "TaskDefinition not found." });
    await register(2);
    await ecs("DeregisterTaskDefinition", { taskDefinition: "apps:1" });
    expect(await point("apps:1")).toMatchObject({ status: 400, message: "TaskDefinition is inactive" });
    expect((await described("apps:1")).status).toBe("INACTIVE");
    expect(revisionOf(await service())).toBe("apps:1");
    expect((await register(3)).revision).toBe(3);
    await point("apps:3");
    const ended = await driver.update("app", app(1, { HealthCheckGracePeriodSeconds: 90 }), CAPABLE);
    expect(ended.StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
  });

  it("is put back to its stack's revision and count by an update of the service, and by no other", async () => {
    const driver = await rehearse();
    await driver.create("app", app(1, { DesiredCount: 1 }), CAPABLE);
    const { register, point, service } = ci(driver);
    await register(2);
    await point("apps:2", { desiredCount: 3 });
    const { Logs, ...rest } = app(1, { DesiredCount: 1 }).Resources;
    const logs = { ...Logs, Properties: { ...Logs?.Properties, RetentionInDays: 7 } };
    await driver.update("app", { Resources: { ...rest, Logs: logs } }, CAPABLE);
    expect([revisionOf(await service()), (await service()).desiredCount]).toEqual(["apps:2", 3]);
    // CloudFormation sends ECS every property of the service, changed or not (aws/aws-cdk#23564).
    await driver.update("app", app(1, { DesiredCount: 1, HealthCheckGracePeriodSeconds: 90 }), CAPABLE);
    expect([revisionOf(await service()), (await service()).desiredCount]).toEqual(["apps:1", 1]);
  });

  it("keeps the newest revision where its stack names the family alone", async () => {
    const driver = await rehearse();
    const family = (HealthCheckGracePeriodSeconds: number) => {
      const { Service, ...rest } = app(1, { TaskDefinition: "apps", HealthCheckGracePeriodSeconds }).Resources;
      return { Resources: { ...rest, Service: { ...Service, DependsOn: ["Listener", "Task"] } } };
    };
    await driver.create("app", family(60), CAPABLE);
    const { register, point, service } = ci(driver);
    await register(2);
    await point("apps:2");
    await driver.update("app", family(90), CAPABLE);
    expect(revisionOf(await service())).toBe("apps:2");
  });
});

/** Source: aws-cloudformation-resource-providers-rds, Translator.modifyDbInstanceRequest, and its pull request 598. */
describe("a database that was changed outside, or autoscaled", () => {
  const REFUSED =
    /Invalid storage size for engine name postgres and storage type gp2: 25 .*HandlerErrorCode: InvalidReq/;
  const started = async () => {
    const driver = await rehearse();
    const stack = (more: object) => template({ D: make.database({ DBInstanceIdentifier: "shop", ...more }) });
    await driver.create("shop", stack({}));
    const rds = (form: { readonly [name: string]: string }) =>
      driver.query("rds", "2014-10-31", { DBInstanceIdentifier: "shop", ...form });
    const shown = async (name: string) =>
      new RegExp(`<${name}>(.*?)<`).exec(await rds({ Action: "DescribeDBInstances" }))?.[1];
    const modified = await rds({ Action: "ModifyDBInstance", AllocatedStorage: "30", DBInstanceClass: "db.t3.small" });
    expect(modified).toContain("<DBInstanceStatus>");
    return { driver, stack, shown, rds };
  };

  it("keeps what its template does not change", async () => {
    const { driver, stack, shown } = await started();
    const ended = await driver.update("shop", stack({ BackupRetentionPeriod: 7 }));
    expect(ended.StackStatus).toBe("UPDATE_COMPLETE");
    expect([await shown("AllocatedStorage"), await shown("DBInstanceClass")]).toEqual(["30", "db.t3.small"]);
    expect(await shown("BackupRetentionPeriod")).toBe("7");
  });

  it("is not made smaller, by its stack or by hand", async () => {
    const { driver, stack, shown, rds } = await started();
    const ended = await driver.update("shop", stack({ AllocatedStorage: "25" }));
    expect(ended.StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    const events = await driver.cloudformation.send(new DescribeStackEventsCommand({ StackName: "shop" }));
    expect(events.StackEvents?.map(({ ResourceStatusReason }) => ResourceStatusReason).join("\n")).toMatch(REFUSED);
    expect(await shown("AllocatedStorage")).toBe("30");
    const refused = await rds({ Action: "ModifyDBInstance", AllocatedStorage: "25" });
    expect(refused).toContain("Invalid storage size for engine name postgres and storage type gp2: 25");
  });

  it("is as large as its stack says once that is what it has, or more", async () => {
    const { driver, stack, shown } = await started();
    for (const size of ["30", "40"]) {
      expect((await driver.update("shop", stack({ AllocatedStorage: size }))).StackStatus).toBe("UPDATE_COMPLETE");
      expect(await shown("AllocatedStorage")).toBe(size);
    }
  });
});

describe("a secret's versions", () => {
  it("tell when its value was written last", async () => {
    const driver = await rehearse();
    await driver.create("shop", template({ S: { Type: "AWS::SecretsManager::Secret", Properties: { Name: "s" } } }));
    const ask = (operation: string, more: object = {}) =>
      driver.json("secretsmanager", `secretsmanager.${operation}`, { SecretId: "s", ...more });
    const written = async () => ((await ask("ListSecretVersionIds")).Versions as readonly Row[])[0]?.CreatedDate;
    const first = Number(await written());
    await driver.rehearsal.clock.sleep(60_000);
    await ask("TagResource", { Tags: [{ Key: "who", Value: "me" }] });
    expect(await written()).toBe(first);
    await ask("PutSecretValue", { SecretString: "b" });
    expect(Number(await written())).toBeGreaterThanOrEqual(first + 60);
    expect((await ask("DescribeSecret")).LastChangedDate).toBe(await written());
  });
});
