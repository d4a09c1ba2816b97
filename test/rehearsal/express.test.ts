import {
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteStackCommand,
  type DeploymentConfig,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
} from "@aws-sdk/client-cloudformation";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { broken, type Driver, refusal, rehearse, template, topic } from "./support/driver.ts";
import { database, many, network } from "./support/rules.ts";

const MINUTE = 60_000;
const EXPRESS: DeploymentConfig = { Mode: "EXPRESS" };

/** Simulated minutes that the work takes. */
async function minutes({ rehearsal }: Driver, work: () => Promise<unknown>): Promise<number> {
  const began = rehearsal.clock.now().getTime();
  await work();
  return (rehearsal.clock.now().getTime() - began) / MINUTE;
}

describe("a deployment in express mode", () => {
  const body = template({ Data: database(), ...network });

  it("is complete as soon as services have the requests, and so is its deletion", async () => {
    const driver = await rehearse();
    const { create, cloudformation, settled } = driver;
    expect(await minutes(driver, () => create("slow", body))).toBeGreaterThan(4);
    expect(await minutes(driver, () => create("quick", body, { DeploymentConfig: EXPRESS }))).toBeLessThan(1);
    const { StackId = "", StackStatus, DeploymentConfig } = await settled("quick");
    expect(StackStatus).toBe("CREATE_COMPLETE");
    expect(DeploymentConfig).toEqual({ Mode: "EXPRESS", DisableRollback: true });
    const gone = await minutes(driver, async () => {
      await cloudformation.send(new DeleteStackCommand({ StackName: StackId, DeploymentConfig: EXPRESS }));
      await settled(StackId);
    });
    expect(gone).toBeLessThan(1);
    expect((await settled(StackId)).StackStatus).toBe("DELETE_COMPLETE");
  });

  it("still shows what is not ready: a database is being created for as long as ever", async () => {
    const driver = await rehearse();
    await driver.create("quick", body, { DeploymentConfig: EXPRESS });
    const statuses = async () => {
      const { Data } = await driver.ids("quick");
      const answer = await driver.query("rds", "2014-10-31", {
        Action: "DescribeDBInstances",
        DBInstanceIdentifier: Data ?? "",
      });
      return /<DBInstanceStatus>(.*?)</.exec(answer)?.[1];
    };
    expect(await statuses()).toBe("creating");
    await driver.rehearsal.clock.sleep(20 * MINUTE);
    expect(await statuses()).toBe("available");
  });

  it("keeps the order of resources", async () => {
    const driver = await rehearse();
    const resources = { Second: topic({}, { DependsOn: "First" }), First: topic() };
    await driver.create("shop", template(resources), { DeploymentConfig: EXPRESS });
    const history = await driver.history("shop");
    expect(history.indexOf("First CREATE_COMPLETE")).toBeLessThan(history.indexOf("Second CREATE_IN_PROGRESS"));
  });

  it.each([
    [EXPRESS, "CREATE_FAILED"],
    [{ ...EXPRESS, DisableRollback: false }, "ROLLBACK_COMPLETE"],
    [{ Mode: "STANDARD" } satisfies DeploymentConfig, "ROLLBACK_COMPLETE"],
    [{ DisableRollback: true }, "CREATE_FAILED"],
  ])("%j: a failure ends in %s", async (DeploymentConfig, status) => {
    const driver = await rehearse();
    const failed = await driver.create("shop", template({ B: broken() }), { DeploymentConfig });
    expect(failed.StackStatus).toBe(status);
  });

  it("is the change set's mode when it is executed", async () => {
    const driver = await rehearse();
    const { cloudformation, rehearsal, settled } = driver;
    const names = { StackName: "shop", ChangeSetName: "first" };
    const config: DeploymentConfig = { ...EXPRESS, DisableRollback: false };
    const more = { ChangeSetType: "CREATE", TemplateBody: JSON.stringify(body), DeploymentConfig: config } as const;
    await cloudformation.send(new CreateChangeSetCommand({ ...names, ...more }));
    await rehearsal.clock.sleep(5000);
    const described = await cloudformation.send(new DescribeChangeSetCommand(names));
    expect(described.DeploymentConfig).toEqual(config);
    const taken = await minutes(driver, async () => {
      await cloudformation.send(new ExecuteChangeSetCommand(names));
      expect((await settled("shop")).StackStatus).toBe("CREATE_COMPLETE");
    });
    expect(taken).toBeLessThan(1);
  });

  it("reaches nested stacks", async () => {
    const driver = await rehearse();
    await driver.s3.send(new CreateBucketCommand({ Bucket: "templates" }));
    await driver.s3.send(new PutObjectCommand({ Bucket: "templates", Key: "t.json", Body: JSON.stringify(body) }));
    const TemplateURL = "https://templates.s3.us-east-1.amazonaws.com/t.json";
    const parent = template({ Child: { Type: "AWS::CloudFormation::Stack", Properties: { TemplateURL } } });
    const create = () => driver.create("parent", parent, { DeploymentConfig: EXPRESS });
    expect(await minutes(driver, create)).toBeLessThan(1);
    expect((await driver.settled("parent")).StackStatus).toBe("CREATE_COMPLETE");
  });

  it("has no third mode", async () => {
    const { cloudformation } = await rehearse();
    const odd = { Mode: "FAST" } as unknown as DeploymentConfig;
    const input = {
      StackName: "shop",
      TemplateBody: JSON.stringify(template(many(1, topic()))),
      DeploymentConfig: odd,
    };
    expect(await refusal(cloudformation.send(new CreateStackCommand(input)))).toMatch(
      /^ValidationError: .*Value 'FAST' at 'deploymentConfig\.mode'/,
    );
  });
});
