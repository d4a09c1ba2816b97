import { described, made, parameter, type Recording, type Step, template, topic } from "./recording.ts";

const network = {
  Vpc: { Type: "AWS::EC2::VPC", Properties: { CidrBlock: "10.0.0.0/16", EnableDnsHostnames: true } },
  Subnet: {
    Type: "AWS::EC2::Subnet",
    Properties: { VpcId: { Ref: "Vpc" }, CidrBlock: "10.0.0.0/24", AvailabilityZone: "us-east-1a" },
  },
  Group: {
    Type: "AWS::EC2::SecurityGroup",
    Properties: { GroupDescription: "any", GroupName: "web", VpcId: { Ref: "Vpc" } },
  },
};

/** A call of SNS, whose answers are told as text. */
const sns = (operation: string, input: NonNullable<Step["with"]>, text: RegExp): Step => ({
  call: `sns:${operation}`,
  with: input,
  gives: { text },
});

/** The tags that CloudFormation gives to what it makes are not to be seen here. */
const untagged = (what: string, resource: object, step: Step, where: string, recorded: string): Recording => ({
  says: `${what} bears no tags of CloudFormation's own`,
  where,
  recorded,
  steps: [made(template({ A: resource }), { Capabilities: ["CAPABILITY_NAMED_IAM"] }), step],
});

const own = [{ Key: "team", Value: "web" }];

/** What is recorded of resources, asked of their services. */
export const RESOURCES: readonly Recording[] = [
  {
    says: "a route table tells that no gateway propagates routes to it",
    where: "localstack: test_ec2.py::test_simple_route_table_creation",
    recorded: "2024-07-01",
    steps: [
      made(template({ ...network, Table: { Type: "AWS::EC2::RouteTable", Properties: { VpcId: { Ref: "Vpc" } } } })),
      {
        call: "ec2:DescribeRouteTables",
        with: { Filters: [{ Name: "association.main", Values: ["false"] }] },
        gives: { RouteTables: [{ PropagatingVgws: [], Associations: [] }] },
      },
    ],
  },
  {
    says: "a security group has an ARN",
    where: "localstack: test_ec2_resource_provider.py::test_deploy_security_group_with_tags",
    recorded: "2025-01-02",
    steps: [
      made(template(network)),
      {
        call: "ec2:DescribeSecurityGroups",
        with: { Filters: [{ Name: "group-name", Values: ["web"] }] },
        gives: { SecurityGroups: [{ SecurityGroupArn: /^arn:aws:ec2:us-east-1:\d{12}:security-group\/sg-/ }] },
      },
    ],
  },
  {
    says: "a security group that names no VPC is of the default one",
    where: "localstack: test_ec2_resource_provider.py::test_deploy_security_group_with_tags",
    recorded: "2025-01-02",
    steps: [
      made(template({ Group: { Type: "AWS::EC2::SecurityGroup", Properties: { GroupDescription: "any" } } })),
      {
        call: "ec2:DescribeSecurityGroups",
        gives: { SecurityGroups: [{ GroupName: /^one-Group-/, GroupId: /^sg-/, VpcId: /^vpc-/ }] },
      },
      { call: "ec2:DescribeVpcs", gives: { Vpcs: [{ IsDefault: true, VpcId: /^vpc-/ }] } },
    ],
  },
  {
    says: "what refers to a security group that names no VPC gets its name, to another its id",
    where: "localstack: test_ec2.py::test_ec2_security_group_id_with_vpc",
    recorded: "2024-07-19",
    steps: [
      made(
        template(
          {
            ...network,
            Alone: { Type: "AWS::EC2::SecurityGroup", Properties: { GroupDescription: "any", GroupName: "alone" } },
          },
          {
            Outputs: {
              Ref: { Value: { Ref: "Alone" } },
              Id: { Value: { "Fn::GetAtt": ["Alone", "GroupId"] } },
              OtherRef: { Value: { Ref: "Group" } },
            },
          },
        ),
      ),
      described({
        Outputs: [
          { OutputKey: "Ref", OutputValue: "alone" },
          { OutputKey: "Id", OutputValue: /^sg-/ },
          { OutputKey: "OtherRef", OutputValue: /^sg-/ },
        ],
      }),
    ],
  },
  {
    says: "an interface endpoint has interfaces, names, groups and a policy that allows everything",
    where: "localstack: test_ec2_resource_provider.py::test_deploy_vpc_endpoint",
    recorded: "2024-04-30",
    steps: [
      made(
        template({
          ...network,
          Endpoint: {
            Type: "AWS::EC2::VPCEndpoint",
            Properties: {
              VpcId: { Ref: "Vpc" },
              VpcEndpointType: "Interface",
              ServiceName: "com.amazonaws.us-east-1.logs",
              SubnetIds: [{ Ref: "Subnet" }],
              SecurityGroupIds: [{ Ref: "Group" }],
              PrivateDnsEnabled: true,
            },
          },
        }),
      ),
      {
        call: "ec2:DescribeVpcEndpoints",
        gives: {
          VpcEndpoints: [
            {
              VpcEndpointType: "Interface",
              IpAddressType: "ipv4",
              DnsOptions: { DnsRecordIpType: "ipv4" },
              PrivateDnsEnabled: true,
              RequesterManaged: false,
              NetworkInterfaceIds: [/^eni-[0-9a-f]{17}$/],
              Groups: [{ GroupId: /^sg-/, GroupName: "web" }],
              PolicyDocument: /"Action":"\*","Effect":"Allow","Principal":"\*","Resource":"\*"/,
              OwnerId: /^\d{12}$/,
              DnsEntries: [
                { DnsName: /^vpce-[0-9a-f]+-[0-9a-z]{8}\.logs\.us-east-1\.vpce\.amazonaws\.com$/ },
                { DnsName: /^vpce-[0-9a-f]+-[0-9a-z]{8}-us-east-1a\.logs\.us-east-1\.vpce\.amazonaws\.com$/ },
                { DnsName: "logs.us-east-1.amazonaws.com" },
                { DnsName: "logs.us-east-1.api.aws" },
              ],
            },
          ],
        },
      },
    ],
  },
  {
    says: "a key pair of a stack can be looked up, and is refused by its name once it is gone",
    where: "localstack: test_ec2_resource_provider.py::test_deploy_instance_with_key_pair",
    recorded: "2024-01-30",
    steps: [
      made(template({ A: { Type: "AWS::EC2::KeyPair", Properties: { KeyName: "door" } } })),
      {
        call: "ec2:DescribeKeyPairs",
        with: { KeyNames: ["door"] },
        gives: { KeyPairs: [{ KeyName: "door", KeyType: "rsa", KeyPairId: /^key-/, KeyFingerprint: /:/ }] },
      },
      {
        call: "ec2:DescribeKeyPairs",
        with: { KeyNames: ["window"] },
        refused: "InvalidKeyPair.NotFound: The key pair 'window' does not exist",
      },
    ],
  },
  {
    says: "DHCP options are told by EC2's own words, in the order of their names",
    where: "localstack: test_ec2.py::test_dhcp_options",
    recorded: "2023-10-19",
    steps: [
      made(
        template({
          A: {
            Type: "AWS::EC2::DHCPOptions",
            Properties: {
              DomainName: "example.com",
              DomainNameServers: ["AmazonProvidedDNS"],
              NtpServers: ["10.2.5.1"],
              NetbiosNameServers: ["10.2.5.1"],
              NetbiosNodeType: 2,
            },
          },
        }),
      ),
      {
        call: "ec2:DescribeDhcpOptions",
        gives: {
          DhcpOptions: [
            {
              DhcpOptionsId: /^dopt-/,
              DhcpConfigurations: [
                { Key: "domain-name", Values: [{ Value: "example.com" }] },
                { Key: "domain-name-servers", Values: [{ Value: "AmazonProvidedDNS" }] },
                { Key: "netbios-name-servers", Values: [{ Value: "10.2.5.1" }] },
                { Key: "netbios-node-type", Values: [{ Value: "2" }] },
                { Key: "ntp-servers", Values: [{ Value: "10.2.5.1" }] },
              ],
            },
          ],
        },
      },
    ],
  },
  {
    says: "a prefix list tells its size, its family and its version",
    where: "localstack: test_ec2_resource_provider.py::test_deploy_prefix_list",
    recorded: "2024-04-30",
    steps: [
      made(
        template({
          A: {
            Type: "AWS::EC2::PrefixList",
            Properties: { PrefixListName: "servers", AddressFamily: "IPv4", MaxEntries: 10 },
          },
        }),
      ),
      {
        call: "ec2:DescribeManagedPrefixLists",
        gives: {
          PrefixLists: [
            { PrefixListName: "servers", AddressFamily: "IPv4", MaxEntries: 10, Version: 1, State: "create-complete" },
          ],
        },
      },
    ],
  },
  {
    says: "a VPC, a subnet and a group that somebody makes by hand are there for a stack's parameters",
    where: "localstack: test_stacks.py::test_subnet_id_parameter_type",
    recorded: "2025-12-08",
    steps: [
      {
        call: "ec2:CreateVpc",
        with: { CidrBlock: "10.0.0.0/16" },
        gives: { Vpc: { CidrBlock: "10.0.0.0/16", State: "available" } },
      },
      { call: "ec2:DescribeVpcs", gives: { Vpcs: [{ VpcId: /^vpc-/ }] } },
      {
        call: "ec2:CreateSubnet",
        with: { VpcId: "vpc-00000000000000000", CidrBlock: "10.0.0.0/24" },
        refused: /does not exist/,
      },
    ],
  },
  {
    says: "a topic has the policy of its owner, and tells how it delivers",
    where: "localstack: test_sns.py::test_sns_topic_fifo_with_deduplication",
    recorded: "2023-11-27",
    steps: [
      made(template({ A: topic({ TopicName: "orders.fifo", FifoTopic: true, ContentBasedDeduplication: true }) })),
      sns(
        "GetTopicAttributes",
        { TopicArn: "arn:aws:sns:us-east-1:ACCOUNT:orders.fifo" },
        /__default_statement_ID.*SNS:ListSubscriptionsByTopic.*AWS:SourceOwner.*EffectiveDeliveryPolicy.*defaultHealthyRetryPolicy/s,
      ),
    ],
  },
  {
    says: "Fn::GetAtt of a property that nobody gave fails the stack",
    where: "localstack: test_parameter.py::TestAttributeAccess::test_getattr",
    recorded: "2023-05-19",
    steps: [
      made(template({ A: parameter("1") }, { Outputs: { Said: { Value: { "Fn::GetAtt": ["A", "Description"] } } } })),
      described({ StackStatus: "ROLLBACK_COMPLETE" }),
    ],
  },
  untagged(
    "a queue",
    { Type: "AWS::SQS::Queue", Properties: { QueueName: "orders", Tags: own } },
    {
      call: "sqs:ListQueueTags",
      with: { QueueUrl: "https://sqs.us-east-1.amazonaws.com/ACCOUNT/orders" },
      gives: { Tags: { team: "web" } },
      lacks: ["Tags.aws:cloudformation:stack-name"],
    },
    "localstack: test_references.py::test_resolve_transitive_placeholders_in_strings",
    "2024-06-18",
  ),
  untagged(
    "a user",
    { Type: "AWS::IAM::User", Properties: { UserName: "ada", Tags: own } },
    { call: "iam:GetUser", with: { UserName: "ada" }, gives: { User: { Tags: own } } },
    "localstack: test_parity.py::TestParity::test_create_with_full_properties",
    "2023-06-29",
  ),
  untagged(
    "a table",
    {
      Type: "AWS::DynamoDB::Table",
      Properties: {
        TableName: "orders",
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        BillingMode: "PAY_PER_REQUEST",
        Tags: own,
      },
    },
    {
      call: "dynamodb:ListTagsOfResource",
      with: { ResourceArn: "arn:aws:dynamodb:us-east-1:ACCOUNT:table/orders" },
      gives: { Tags: own },
    },
    "localstack: test_dynamodb.py::test_default_name_for_table",
    "2025-10-13",
  ),
  {
    says: "a table tells what it can take at once, and since when it is paid by request",
    where: "localstack: test_dynamodb.py::test_billing_mode_as_conditional[PAY_PER_REQUEST]",
    recorded: "2025-10-13",
    steps: [
      {
        call: "dynamodb:CreateTable",
        with: {
          TableName: "orders",
          KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
          AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
          BillingMode: "PAY_PER_REQUEST",
        },
      },
      {
        call: "dynamodb:DescribeTable",
        with: { TableName: "orders" },
        gives: {
          Table: {
            BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" },
            WarmThroughput: { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 4000, Status: "ACTIVE" },
          },
        },
      },
    ],
  },
  {
    says: "a bucket's website has its routing rules",
    where: "localstack: test_s3.py::test_website_configuration",
    recorded: "2023-06-02",
    steps: [
      made(
        template({
          A: {
            Type: "AWS::S3::Bucket",
            Properties: {
              BucketName: "recorded-website",
              WebsiteConfiguration: {
                IndexDocument: "index.html",
                RoutingRules: [
                  {
                    RoutingRuleCondition: { HttpErrorCodeReturnedEquals: "404", KeyPrefixEquals: "out1/" },
                    RedirectRule: { ReplaceKeyWith: "redirected.html" },
                  },
                ],
              },
            },
          },
        }),
      ),
      {
        call: "s3:GetBucketWebsite",
        with: { Bucket: "recorded-website" },
        gives: {
          IndexDocument: { Suffix: "index.html" },
          RoutingRules: [
            {
              Condition: { HttpErrorCodeReturnedEquals: "404", KeyPrefixEquals: "out1/" },
              Redirect: { ReplaceKeyWith: "redirected.html" },
            },
          ],
        },
      },
    ],
  },
  {
    says: "the rules of a bucket's CORS have their ids",
    where: "localstack: test_s3.py::test_cors_configuration",
    recorded: "2023-04-20",
    steps: [
      made(
        template({
          A: {
            Type: "AWS::S3::Bucket",
            Properties: {
              BucketName: "recorded-cors",
              CorsConfiguration: {
                CorsRules: [
                  { Id: "all", AllowedMethods: ["GET"], AllowedOrigins: ["*"], ExposedHeaders: ["Date"], MaxAge: 3600 },
                ],
              },
            },
          },
        }),
      ),
      {
        call: "s3:GetBucketCors",
        with: { Bucket: "recorded-cors" },
        gives: {
          CORSRules: [
            { ID: "all", AllowedMethods: ["GET"], AllowedOrigins: ["*"], ExposeHeaders: ["Date"], MaxAgeSeconds: 3600 },
          ],
        },
      },
    ],
  },
  {
    says: "a bucket made with Object Lock has it before it has a rule",
    where: "localstack: test_s3.py::test_object_lock_configuration",
    recorded: "2024-01-15",
    steps: [
      made(
        template({
          A: { Type: "AWS::S3::Bucket", Properties: { BucketName: "recorded-lock", ObjectLockEnabled: true } },
        }),
      ),
      {
        call: "s3:GetObjectLockConfiguration",
        with: { Bucket: "recorded-lock" },
        gives: { ObjectLockConfiguration: { ObjectLockEnabled: "Enabled" } },
      },
    ],
  },
  {
    says: "a listing that rolls keys up goes on from the common prefix",
    where: "localstack: test_s3_list_operations.py::TestS3ListObjects::test_list_objects_marker_common_prefixes",
    recorded: "2026-02-21",
    steps: [
      { call: "s3:CreateBucket", with: { Bucket: "recorded-listing" } },
      ...["folder/a/1", "folder/a/2", "folder/file"].map((Key) => ({
        call: "s3:PutObject",
        with: { Bucket: "recorded-listing", Key, Body: "x" },
      })),
      {
        call: "s3:ListObjects",
        with: { Bucket: "recorded-listing", Prefix: "folder/", Delimiter: "/", MaxKeys: 1 },
        gives: {
          IsTruncated: true,
          Delimiter: "/",
          NextMarker: "folder/a/",
          CommonPrefixes: [{ Prefix: "folder/a/" }],
        },
        lacks: ["Contents"],
      },
      {
        call: "s3:ListObjects",
        with: { Bucket: "recorded-listing", Prefix: "folder/", Delimiter: "/", MaxKeys: 1, Marker: "folder/a/" },
        gives: { IsTruncated: false, Contents: [{ Key: "folder/file" }] },
        lacks: ["CommonPrefixes"],
      },
    ],
  },
  {
    says: "buckets are listed page by page, and by the beginnings of their names",
    where: "localstack: test_s3_list_operations.py::TestS3ListBuckets::test_list_buckets_with_max_buckets",
    recorded: "2026-02-21",
    steps: [
      ...["recorded-page-a", "recorded-page-b", "recorded-other"].map((Bucket) => ({
        call: "s3:CreateBucket",
        with: { Bucket },
      })),
      {
        call: "s3:ListBuckets",
        with: { Prefix: "recorded-page-", MaxBuckets: 1 },
        gives: {
          Prefix: "recorded-page-",
          Buckets: [{ Name: "recorded-page-a", BucketRegion: "us-east-1", BucketArn: "arn:aws:s3:::recorded-page-a" }],
          ContinuationToken: /./,
        },
      },
      {
        call: "s3:ListBuckets",
        with: { Prefix: "Recorded-page-" },
        gives: { Prefix: "Recorded-page-" },
        lacks: ["Buckets.0"],
      },
    ],
  },
  {
    says: "a copy is refused where its source is another than it says, and a time to come says nothing",
    where: "localstack: test_s3_preconditions.py::TestS3CopySourcePreconditions::test_s3_copy_object_preconditions",
    recorded: "2026-02-23",
    steps: [
      { call: "s3:CreateBucket", with: { Bucket: "recorded-copy" } },
      { call: "s3:PutObject", with: { Bucket: "recorded-copy", Key: "a", Body: "x" } },
      copy(
        { CopySourceIfMatch: '"0"' },
        "PreconditionFailed: At least one of the pre-conditions you specified did not hold",
      ),
      copy({ CopySourceIfNoneMatch: "9dd4e461268c8034f5c8564e155c67a6" }, /^PreconditionFailed/),
      copy({ CopySourceIfUnmodifiedSince: new Date("2020-01-01") }, /^PreconditionFailed/),
      copy({ CopySourceIfModifiedSince: new Date("2099-01-01") }),
    ],
  },
  {
    says: "a secret's policy is told where a stack gives it one",
    where: "localstack: test_secretsmanager.py::test_cfn_secret_policy[default]",
    recorded: "2024-07-03",
    steps: [
      made(
        template({
          A: { Type: "AWS::SecretsManager::Secret", Properties: { Name: "key", SecretString: "x" } },
          B: {
            Type: "AWS::SecretsManager::ResourcePolicy",
            Properties: {
              SecretId: { Ref: "A" },
              ResourcePolicy: {
                Version: "2012-10-17",
                Statement: [{ Effect: "Deny", Principal: "*", Action: "*", Resource: "*" }],
              },
            },
          },
        }),
      ),
      {
        call: "secretsmanager:GetResourcePolicy",
        with: { SecretId: "key" },
        gives: { Name: "key", ResourcePolicy: /"Effect":"Deny"/ },
      },
    ],
  },
  {
    says: "a secret without a value has no version to get",
    where: "localstack: test_secretsmanager.py::TestSecretsManager::test_secret_version_not_found",
    recorded: "2024-06-13",
    steps: [
      { call: "secretsmanager:CreateSecret", with: { Name: "empty" } },
      {
        call: "secretsmanager:GetSecretValue",
        with: { SecretId: "empty" },
        refused:
          "ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
      },
      {
        call: "secretsmanager:GetSecretValue",
        with: { SecretId: "empty", VersionStage: "AWSPENDING" },
        refused:
          "ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: AWSPENDING",
      },
    ],
  },
  {
    says: "a secret keeps the value before the current one under its label",
    where: "localstack: test_secretsmanager.py::TestSecretsManager::test_update_secret_version_stages_current_previous",
    recorded: "2022-09-28",
    steps: [
      { call: "secretsmanager:CreateSecret", with: { Name: "key", SecretString: "first" } },
      {
        call: "secretsmanager:UpdateSecret",
        with: { SecretId: "key", SecretString: "second" },
        gives: { Name: "key" },
      },
      { call: "secretsmanager:GetSecretValue", with: { SecretId: "key" }, gives: { SecretString: "second" } },
      {
        call: "secretsmanager:GetSecretValue",
        with: { SecretId: "key", VersionStage: "AWSPREVIOUS" },
        gives: { SecretString: "first", VersionStages: ["AWSPREVIOUS"] },
      },
    ],
  },
  {
    says: "a secret's name has none but its own signs",
    where: "localstack: test_secretsmanager.py::TestSecretsManager::test_invalid_secret_name[Inv Name]",
    recorded: "2022-09-28",
    steps: [
      {
        call: "secretsmanager:CreateSecret",
        with: { Name: "Inv Name", SecretString: "x" },
        refused:
          "ValidationException: Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
      },
    ],
  },
  {
    says: "a parameter that reads AWS::NoValue leaves the property away",
    where: "localstack: test_logs.py::test_cfn_handle_log_group_resource",
    recorded: "2024-06-20",
    steps: [
      made(
        template(
          { A: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: { Ref: "Name" }, RetentionInDays: 731 } } },
          { Parameters: { Name: { Type: "String", Default: "AWS::NoValue" } } },
        ),
      ),
      { call: "logs:DescribeLogGroups", gives: { logGroups: [{ logGroupName: /^one-A-/, retentionInDays: 731 }] } },
    ],
  },
  {
    says: "a stack's log stream is listed with its ARN, by its group's name or ARN",
    where: "localstack: test_logs.py::test_logstream",
    recorded: "2022-07-29",
    steps: [
      made(
        template({
          A: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: "all" } },
          B: { Type: "AWS::Logs::LogStream", Properties: { LogGroupName: { Ref: "A" }, LogStreamName: "web" } },
        }),
      ),
      {
        call: "logs:DescribeLogStreams",
        with: { logGroupName: "all" },
        gives: { logStreams: [{ logStreamName: "web", arn: /:log-group:all:log-stream:web$/, storedBytes: 0 }] },
      },
    ],
  },
  {
    says: "a rule on a bus of its own is named by both",
    where: "localstack: test_events.py::test_rule_properties",
    recorded: "2023-12-01",
    steps: [
      made(
        template(
          {
            Bus: { Type: "AWS::Events::EventBus", Properties: { Name: "shop" } },
            A: {
              Type: "AWS::Events::Rule",
              Properties: { Name: "sold", EventBusName: { Ref: "Bus" }, EventPattern: { source: ["shop"] } },
            },
          },
          { Outputs: { Arn: { Value: { "Fn::GetAtt": ["A", "Arn"] } }, Ref: { Value: { Ref: "A" } } } },
        ),
      ),
      described({
        Outputs: [
          { OutputKey: "Arn", OutputValue: /:rule\/shop\/sold$/ },
          { OutputKey: "Ref", OutputValue: "shop|sold" },
        ],
      }),
      {
        call: "events:DescribeRule",
        with: { Name: "sold", EventBusName: "shop" },
        gives: { Name: "sold", CreatedBy: /^\d{12}$/ },
      },
      { call: "events:ListEventBuses", gives: { EventBuses: [{ Name: "default" }, { Name: "shop" }] } },
    ],
  },
  {
    says: "a role that a stack makes has a description, and GetRole says when it was used",
    where: "localstack: test_nested_stacks.py::test_nested_output_in_params",
    recorded: "2023-02-07",
    steps: [
      made(
        template({
          A: {
            Type: "AWS::IAM::Role",
            Properties: {
              RoleName: "web",
              AssumeRolePolicyDocument: {
                Version: "2012-10-17",
                Statement: [
                  { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
                ],
              },
            },
          },
        }),
        { Capabilities: ["CAPABILITY_NAMED_IAM"] },
      ),
      {
        call: "iam:GetRole",
        with: { RoleName: "web" },
        gives: { Role: { Description: "", RoleLastUsed: {} } },
        lacks: ["Role.Tags"],
      },
    ],
  },
];

function copy(more: object, refused?: string | RegExp): Step {
  const input = { Bucket: "recorded-copy", Key: "b", CopySource: "recorded-copy/a", ...more };
  return { call: "s3:CopyObject", with: input, ...(refused !== undefined && { refused }) };
}
