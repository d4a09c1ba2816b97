import { CreateStackCommand, DescribeStackEventsCommand } from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { type Driver, rehearse, template } from "./support/driver.ts";

const script = (text: string) => ({ "Fn::Base64": { "Fn::Sub": `#!/bin/bash\n${text}\n` } });
const SIGNAL = "/opt/aws/bin/cfn-signal -e 0 --stack $" + "{AWS::StackName}";
const policy = (Count: number, Timeout = "PT15M") => ({ CreationPolicy: { ResourceSignal: { Count, Timeout } } });
const machine = (UserData: object | undefined, more: object = policy(1)) => ({
  Type: "AWS::EC2::Instance",
  Properties: { InstanceType: "t3.micro", ImageId: "ami-0123456789abcdef0", ...(UserData && { UserData }) },
  ...more,
});

async function reasons({ cloudformation }: Driver, StackName: string): Promise<readonly (string | undefined)[]> {
  const { StackEvents = [] } = await cloudformation.send(new DescribeStackEventsCommand({ StackName }));
  return StackEvents.map(({ ResourceStatusReason }) => ResourceStatusReason);
}

// Template Reference, "cfn-signal" and "CreationPolicy attribute": instances signal what their user data names.
describe("an instance whose user data signals", () => {
  it("is complete once it runs, and the signal is among the events", async () => {
    const driver = await rehearse();
    const stack = await driver.create("shop", template({ I: machine(script(`${SIGNAL} --resource I`)) }));
    expect(stack.StackStatus).toBe("CREATE_COMPLETE");
    const told = (await reasons(driver, "shop")).filter((reason) => reason?.includes("signal"));
    expect(told).toEqual([expect.stringMatching(/^Received SUCCESS signal with UniqueId i-0[0-9a-f]{16}$/)]);
  });

  it("fails where it has no user data, or none that signals, or where a fault keeps it silent", async () => {
    const driver = await rehearse({
      faults: [{ resourceType: "AWS::EC2::Instance", effect: "silent", nth: 3 }],
    });
    const silent = "Failed to receive 1 resource signal(s) within the specified duration";
    const all = { none: undefined, other: script("yum update -y"), kept: script(`${SIGNAL} --resource I`) };
    for (const [name, data] of Object.entries(all)) {
      const body = JSON.stringify(template({ I: machine(data) }));
      await driver.cloudformation.send(new CreateStackCommand({ StackName: name, TemplateBody: body }));
    }
    for (const name of Object.keys(all)) {
      expect((await driver.settled(name)).StackStatus, name).toBe("ROLLBACK_COMPLETE");
      expect(await reasons(driver, name), name).toContain(silent);
    }
  });

  it("signals as many times as a group has instances, with the user data of its launch template", async () => {
    const { create } = await rehearse();
    const T = {
      Type: "AWS::EC2::LaunchTemplate",
      Properties: {
        LaunchTemplateData: {
          InstanceType: "t3.micro",
          ImageId: "ami-0123456789abcdef0",
          UserData: script(`${SIGNAL} --resource G`),
        },
      },
    };
    const group = (size: string, count: number) => ({
      Type: "AWS::AutoScaling::AutoScalingGroup",
      Properties: {
        MinSize: "1",
        MaxSize: "4",
        DesiredCapacity: size,
        AvailabilityZones: ["us-east-1a"],
        LaunchTemplate: { LaunchTemplateId: { Ref: "T" }, Version: { "Fn::GetAtt": ["T", "LatestVersionNumber"] } },
      },
      ...policy(count),
    });
    expect((await create("enough", template({ T, G: group("2", 2) }))).StackStatus).toBe("CREATE_COMPLETE");
    expect((await create("few", template({ T, G: group("2", 3) }))).StackStatus).toBe("ROLLBACK_COMPLETE");
  });

  it("signals the handle of a wait condition, by cfn-signal or by any other client", async () => {
    const { create } = await rehearse();
    for (const [name, text] of [
      ["helper", "/opt/aws/bin/cfn-signal -e 0 '$" + "{H}'"],
      ["curl", "curl -X PUT -d @done.json '$" + "{H}'"],
    ] as const) {
      const body = template({
        H: { Type: "AWS::CloudFormation::WaitConditionHandle" },
        I: machine(script(text), {}),
        W: {
          Type: "AWS::CloudFormation::WaitCondition",
          DependsOn: "I",
          Properties: { Handle: { Ref: "H" }, Timeout: "600" },
        },
      });
      expect((await create(name, body)).StackStatus, name).toBe("CREATE_COMPLETE");
    }
  });
});
