import { CreateStackCommand } from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { rehearse, template } from "./support/driver.ts";

const network = {
  V: { Type: "AWS::EC2::VPC", Properties: { CidrBlock: "10.0.0.0/16" } },
  S1: subnet("10.0.1.0/24", "us-east-1a"),
  S2: subnet("10.0.2.0/24", "us-east-1b"),
};
function subnet(CidrBlock: string, AvailabilityZone: string) {
  return { Type: "AWS::EC2::Subnet", Properties: { VpcId: { Ref: "V" }, CidrBlock, AvailabilityZone } };
}

/** What public templates have and AWS takes, with who says so. */
const IDIOMS: { readonly [idiom: string]: string } = {
  // Lambda Developer Guide, "Using AWS Lambda with AWS CloudFormation": its example has one.
  "a version on a custom resource": JSON.stringify(
    template({
      Role: {
        Type: "AWS::IAM::Role",
        Properties: {
          AssumeRolePolicyDocument: {
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
          },
        },
      },
      Fn: {
        Type: "AWS::Lambda::Function",
        Properties: {
          Runtime: "python3.12",
          Handler: "index.handler",
          Role: { "Fn::GetAtt": ["Role", "Arn"] },
          Code: { ZipFile: "def handler(event, context): pass" },
        },
      },
      // aws-samples/aws-cdk-examples, typescript/custom-resource: properties of its own under AWS's name for the type.
      Theirs: {
        Type: "AWS::CloudFormation::CustomResource",
        Properties: { ServiceToken: { "Fn::GetAtt": ["Fn", "Arn"] }, Message: "hello" },
      },
      Told: { Type: "AWS::SNS::Topic", Properties: { DisplayName: { "Fn::GetAtt": ["Theirs", "Response"] } } },
      Mine: { Type: "Custom::Mine", Version: "1.0", Properties: { ServiceToken: { "Fn::GetAtt": ["Fn", "Arn"] } } },
    }),
  ),
  // go-to-k/cdk-real-drift#1074: the last of two equal keys counts.
  "one key twice": "Resources: {L: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 2, RetentionInDays: 14}}}",
  // The stack's UUID, as CloudFormation's own samples make names unique.
  "a name of the stack's UUID": JSON.stringify(
    template({
      B: {
        Type: "AWS::S3::Bucket",
        Properties: {
          BucketName: {
            "Fn::Join": ["-", ["site", { "Fn::Select": [2, { "Fn::Split": ["/", { Ref: "AWS::StackId" }] }] }]],
          },
        },
      },
    }),
  ),
  // Attaching a gateway has its effect at the call: whether a load balancer beside it comes earlier is chance.
  "a load balancer beside the attachment of its gateway": JSON.stringify(
    template({
      ...network,
      I: { Type: "AWS::EC2::InternetGateway" },
      A: {
        Type: "AWS::EC2::VPCGatewayAttachment",
        Properties: { VpcId: { Ref: "V" }, InternetGatewayId: { Ref: "I" } },
      },
      L: {
        Type: "AWS::ElasticLoadBalancingV2::LoadBalancer",
        Properties: { Subnets: [{ Ref: "S1" }, { Ref: "S2" }] },
      },
    }),
  ),
  // Template Reference, AWS::EC2::NetworkInterface, "Return values": a list, as CloudFormation's own samples read it.
  "an address out of an interface's list": JSON.stringify(
    template(
      {
        ...network,
        N: {
          Type: "AWS::EC2::NetworkInterface",
          Properties: { SubnetId: { Ref: "S1" }, SecondaryPrivateIpAddressCount: 2 },
        },
      },
      { Outputs: { Second: { Value: { "Fn::Select": [1, { "Fn::GetAtt": ["N", "SecondaryPrivateIpAddresses"] }] } } } },
    ),
  ),
  // Aurora User Guide, "Supported DB engines for DB instance classes": db.serverless; the version is the cluster's.
  "an Aurora Serverless v2 instance": JSON.stringify(
    template({
      ...network,
      G: {
        Type: "AWS::RDS::DBSubnetGroup",
        Properties: { DBSubnetGroupDescription: "x", SubnetIds: [{ Ref: "S1" }, { Ref: "S2" }] },
      },
      C: {
        Type: "AWS::RDS::DBCluster",
        Properties: {
          Engine: "aurora-postgresql",
          MasterUsername: "dbadmin",
          ManageMasterUserPassword: true,
          DBSubnetGroupName: { Ref: "G" },
          ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 2 },
        },
      },
      D: {
        Type: "AWS::RDS::DBInstance",
        Properties: {
          Engine: "aurora-postgresql",
          DBClusterIdentifier: { Ref: "C" },
          DBInstanceClass: "db.serverless",
        },
      },
    }),
  ),
};

describe("what public templates have", () => {
  it.each(Object.entries(IDIOMS))("%s is taken", async (_, TemplateBody) => {
    const { cloudformation, settled } = await rehearse();
    const Capabilities = ["CAPABILITY_IAM" as const];
    await cloudformation.send(new CreateStackCommand({ StackName: "shop", TemplateBody, Capabilities }));
    expect(await settled("shop")).toMatchObject({ StackStatus: "CREATE_COMPLETE" });
  });

  // CloudFormation User Guide, "AWS::Serverless transform": without it SAM's syntax fails the template's validation.
  it("a serverless function without the transform is refused", async () => {
    const { create } = await rehearse();
    const body = template({ F: { Type: "AWS::Serverless::Function", Properties: { Runtime: "python3.12" } } });
    await expect(create("shop", body)).rejects.toThrow(
      "Template format error: Unrecognized resource types: [AWS::Serverless::Function]",
    );
  });
});
