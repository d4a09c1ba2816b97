import { describe, expect, it } from "vitest";
import { failedStack } from "../../src/provision/diagnosis/diagnose.ts";
import type { FailedStack } from "../../src/provision/event.ts";
import { StackFailure } from "../../src/provision/stack-failure.ts";
import { adviceOf } from "../support/hints.ts";
import { SITE } from "../support/stacks.ts";
import { step } from "../view/run.ts";

/** What a resource that failed for that reason is told to mean. */
function diagnose(resourceType: string, reason: string): FailedStack {
  const resource = { resource: "One", resourceType };
  const failure = new StackFailure({ status: "ROLLBACK_COMPLETE", source: "aws", reason, resource });
  return failedStack(failure, { step: step("data", "shop-dev-one"), site: SITE, again: ["astro", "provision"] }, 1);
}

describe("a failure's cause", () => {
  it.each([
    ["AWS::EC2::EIP", "The maximum number of addresses has been reached. (Service: Ec2)", /Elastic IP/],
    ["AWS::SecretsManager::Secret", "a secret with this name is already scheduled for deletion", /recovery window/],
    ["AWS::S3::Bucket", "astro-dev-files already exists", /bucket names are shared by all AWS accounts/],
    [
      "AWS::Logs::LogGroup",
      "Resource of type 'AWS::Logs::LogGroup' already exists",
      /something of this name already exists/,
    ],
    [
      "AWS::RDS::DBInstance",
      "RDS does not support creating a DB instance with the following combination",
      /instance class/,
    ],
    [
      "AWS::RDS::DBInstance",
      'Resource handler returned message: "Invalid storage size for engine name postgres and storage type gp3: 25 (Service: Rds, Status Code: 400)" (HandlerErrorCode: InvalidRequest)',
      /at least 10 % more/,
    ],
    [
      "AWS::RDS::DBInstance",
      "You can't currently modify the storage of this DB instance because the previous storage change is being optimized. (Service: Rds; Error Code: InvalidParameterCombination)",
      /still optimizing the storage after its last change/,
    ],
    [
      "AWS::RDS::DBInstance",
      "Cannot upgrade postgres from 16.10 to 16.8 (Service: Rds; Status Code: 400; Error Code: InvalidParameterCombination)",
      /no upgrade path from the version that runs/,
    ],
    [
      "AWS::RDS::DBInstance",
      "Cannot find upgrade path from 16.13 to 16.8.",
      /no upgrade path from the version that runs/,
    ],
    [
      "AWS::RDS::DBInstance",
      "CloudFormation cannot update a stack when a custom-named resource requires replacing.",
      /fixed name/,
    ],
    [
      "AWS::ElastiCache::ReplicationGroup",
      "Replication group must have at least one read replica to enable autofailover. (Service: AmazonElastiCache; Status Code: 400; Error Code: InvalidParameterCombination)",
      /only where a replica runs/,
    ],
    [
      "AWS::ElastiCache::ReplicationGroup",
      "InsufficientCacheClusterCapacity: cache.t4g.small (VPC) is not currently supported in the availability zone us-east-1e.  Retry the launch with no availability zone or target: us-east-1a, us-east-1f.",
      /one of the network's zones does not have this/,
    ],
    [
      "AWS::EC2::VPCEndpoint",
      "The VPC endpoint service com.amazonaws.us-east-1.logs does not support the availability zone of the subnet: subnet-1.",
      /one of the network's zones/,
    ],
    [
      "AWS::EC2::Subnet",
      "Value (us-east-1c) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: us-east-1e, us-east-1a.",
      /one of the network's zones/,
    ],
    [
      "AWS::EC2::Instance",
      "Your requested instance type (r5d.xlarge) is not supported in your requested Availability Zone (us-east-1e).",
      /one of the network's zones/,
    ],
    ["AWS::ECS::Service", "Fargate is not supported in the requested availability zone: ca-central-1d", /zones/],
    [
      "AWS::RDS::DBInstance",
      "You can't currently modify the storage of this DB instance because the previous storage change is being optimized. (Service: Rds, Status Code: 400; Error Code: InvalidParameterCombination)",
      /six hours at least/,
    ],
    [
      "AWS::RDS::DBInstance",
      'Resource handler returned message: "The specified backup retention period exceeds the maximum available to free tier customers. To remove all limitations, upgrade your account plan. (Service: Rds, Status Code: 400)"',
      /free plan/,
    ],
    ["AWS::RDS::DBInstance", "This instance size isn't available with free plan accounts.", /free plan/],
    ["AWS::ECS::Service", "ECS Deployment Circuit Breaker was triggered", /tasks stop or never become healthy/],
    ["AWS::ECS::Service", "Exceeded attempts to wait", /tasks stop or never become healthy/],
    ["AWS::CertificateManager::Certificate", "Certificate validation timed out", /could not validate the domain/],
    ["AWS::Route53::RecordSet", "No hosted zone found with ID: Z0000", /not in this account/],
    [
      "AWS::CloudFront::Distribution",
      "Access denied for operation 'AWS::CloudFront::Distribution: Your account must be verified before you can add new CloudFront resources. To verify your account, please contact AWS Support'",
      /once it has verified the account/,
    ],
    [
      "AWS::ElasticLoadBalancingV2::LoadBalancer",
      "This AWS account currently does not support creating load balancers. For more information, please contact AWS Support. (Service: ElasticLoadBalancingV2, Status Code: 400)",
      /does not let this account create load balancers yet/,
    ],
    [
      "AWS::EC2::NatGateway",
      "Your request for accessing resources in this region is being validated, and you will not be able to launch additional resources in this region until the validation is complete. (Error Code: PendingVerification)",
      /not finished activating this account/,
    ],
    [
      "AWS::RDS::DBInstance",
      "Invalid storage size for engine name postgres and storage type gp3: 21",
      /at least 10 % more/,
    ],
    ["AWS::IAM::Role", "User: x is not authorized to perform: iam:CreateRole", /do not allow this/],
  ])("of %s: %s", (resourceType, reason, cause) => {
    expect(diagnose(resourceType, reason).cause).toMatch(cause);
  });

  it("that only AWS can mend leads to its Support Center", () => {
    for (const [resourceType, reason] of [
      ["AWS::CloudFront::VpcOrigin", "Your account must be verified before you can add new CloudFront resources."],
      [
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "This AWS account currently does not support creating load balancers.",
      ],
    ] as const) {
      expect(adviceOf(diagnose(resourceType, reason))).toContain("https://console.aws.amazon.com/support");
    }
  });

  it("is not guessed where AWS's words are not known", () => {
    expect(diagnose("AWS::EC2::VPC", "something odd")).toMatchObject({
      code: "failed",
      hints: [{ text: "fix what AWS says above, in the app or in the account" }],
    });
    const reason = "Output ZoneId not found in stack shop-dev-zone";
    expect(diagnose("AWS::CertificateManager::Certificate", reason)).not.toHaveProperty("cause");
  });
});
