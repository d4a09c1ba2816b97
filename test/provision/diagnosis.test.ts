import { describe, expect, it } from "vitest";
import { diagnose } from "../../src/provision/diagnosis.ts";

describe("a failure's cause", () => {
  it.each([
    ["AWS::EC2::EIP", "The maximum number of addresses has been reached. (Service: Ec2)", /Elastic IP/],
    ["AWS::SecretsManager::Secret", "a secret with this name is already scheduled for deletion", /recovery window/],
    ["AWS::S3::Bucket", "astro-dev-files already exists", /bucket of this name/],
    ["AWS::Logs::LogGroup", "Resource of type 'AWS::Logs::LogGroup' already exists", /something of this name/],
    [
      "AWS::RDS::DBInstance",
      "RDS does not support creating a DB instance with the following combination",
      /instance class/,
    ],
    [
      "AWS::RDS::DBInstance",
      'Resource handler returned message: "Invalid storage size for engine name postgres and storage type gp3: 25 (Service: Rds, Status Code: 400)" (HandlerErrorCode: InvalidRequest)',
      /more storage than the app now asks for/,
    ],
    [
      "AWS::RDS::DBInstance",
      "You can't currently modify the storage of this DB instance because the previous storage change is being optimized. (Service: Rds; Error Code: InvalidParameterCombination)",
      /still at the storage after its last change/,
    ],
    [
      "AWS::RDS::DBInstance",
      "Cannot upgrade postgres from 16.10 to 16.8 (Service: Rds; Status Code: 400; Error Code: InvalidParameterCombination)",
      /no way from the version that runs/,
    ],
    ["AWS::RDS::DBInstance", "Cannot find upgrade path from 16.13 to 16.8.", /no way from the version that runs/],
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
    ["AWS::ECS::Service", "ECS Deployment Circuit Breaker was triggered", /tasks stop or never become healthy/],
    ["AWS::ECS::Service", "Exceeded attempts to wait", /tasks stop or never become healthy/],
    [
      "AWS::CertificateManager::Certificate",
      "Certificate validation timed out",
      /could not prove that the domain is yours/,
    ],
    ["AWS::Route53::RecordSet", "No hosted zone found with ID: Z0000", /not in this account/],
    ["AWS::IAM::Role", "User: x is not authorized to perform: iam:CreateRole", /may not do this/],
  ])("of %s: %s", (resourceType, reason, cause) => {
    expect(diagnose({ resourceType, reason })?.cause).toMatch(cause);
  });

  it("is not guessed where AWS's words are not known", () => {
    expect(diagnose({ resourceType: "AWS::EC2::VPC", reason: "something odd" })).toBeUndefined();
    const reason = "Output ZoneId not found in stack shop-dev-zone";
    expect(diagnose({ resourceType: "AWS::CertificateManager::Certificate", reason })).toBeUndefined();
  });
});
