import { made, parameter, type Recording, template, topic } from "./recording.ts";

/** Who may take on a role, each thing in a list of one. */
const trust = (Sid?: string) => ({
  ...(Sid !== undefined && { Sid }),
  Effect: "Allow",
  Principal: { Service: ["ecs-tasks.amazonaws.com"] },
  Action: ["sts:AssumeRole"],
});

const role = (...Statement: readonly object[]) => ({
  Type: "AWS::IAM::Role",
  Properties: { RoleName: "ROLE", AssumeRolePolicyDocument: { Version: "2012-10-17", Statement } },
});

const capable = { Capabilities: ["CAPABILITY_NAMED_IAM"] };
const assumed = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

const key = (PublicKeyMaterial: string) => ({
  Type: "AWS::EC2::KeyPair",
  Properties: { KeyName: "mine", PublicKeyMaterial },
});

const alarm = (AlarmName: string) => ({
  Type: "AWS::CloudWatch::Alarm",
  Properties: {
    AlarmName,
    ComparisonOperator: "GreaterThanThreshold",
    EvaluationPeriods: 1,
    MetricName: "CPUUtilization",
    Namespace: "AWS/ECS",
    Period: 60,
    Statistic: "Average",
    Threshold: 90,
  },
});

/** What is recorded of what services say, by themselves and of what a stack made. */
export const SERVICES: readonly Recording[] = [
  {
    says: "a trust policy is kept with a list of one as its item, another policy as it was given",
    where: "localstack: test_nested_stacks.py::test_nested_output_in_params",
    recorded: "2023-02-07",
    steps: [
      made(template({ A: role(trust()) }), capable),
      {
        call: "iam:GetRole",
        with: { RoleName: "ROLE" },
        gives: { Role: { AssumeRolePolicyDocument: /%22Action%22%3A%22sts%3AAssumeRole%22/ } },
      },
    ],
  },
  {
    says: "statements of a policy may all have an empty id",
    where: "localstack: test_firehose.py::test_firehose_stack_with_kinesis_as_source",
    recorded: "2022-09-14",
    steps: [
      made(template({ A: role(trust(""), trust("")) }), capable),
      {
        call: "cloudformation:DescribeStacks",
        with: { StackName: "one" },
        gives: { Stacks: [{ StackStatus: "CREATE_COMPLETE" }] },
      },
    ],
  },
  {
    says: "the effect of a statement may be written in any case",
    where: "localstack: test_iam.py::test_updating_stack_with_iam_role",
    recorded: "2026-02-10",
    steps: [
      made(template({ A: role({ ...trust(), Effect: "ALLOW" }) }), capable),
      {
        call: "cloudformation:DescribeStacks",
        with: { StackName: "one" },
        gives: { Stacks: [{ StackStatus: "CREATE_COMPLETE" }] },
      },
    ],
  },
  {
    says: "a role that is made is not told how long its sessions are, and a list of roles has no tags",
    where: "localstack: test_iam.py::TestRoles::test_role_with_tags",
    recorded: "2025-07-02",
    steps: [
      {
        call: "iam:CreateRole",
        with: { RoleName: "mine", AssumeRolePolicyDocument: assumed, Tags: [{ Key: "team", Value: "web" }] },
        gives: { Role: { Tags: [{ Key: "team", Value: "web" }] } },
        lacks: ["Role.MaxSessionDuration"],
      },
      { call: "iam:GetRole", with: { RoleName: "mine" }, gives: { Role: { MaxSessionDuration: 3600 } } },
      { call: "iam:ListRoles", with: { PathPrefix: "/" }, lacks: ["Roles.0.Tags"] },
    ],
  },
  {
    says: "a policy that is made is not told with its description",
    where: "moto: test_iam_response_attributes.py::test_policy_resource_returns_subset_of_available_attributes",
    recorded: "unknown",
    steps: [
      {
        call: "iam:CreatePolicy",
        with: { PolicyName: "mine", PolicyDocument: assumed, Description: "any" },
        gives: { Policy: { PolicyName: "mine" } },
        lacks: ["Policy.Description", "Policy.Tags"],
      },
      {
        call: "iam:GetPolicy",
        with: { PolicyArn: "arn:aws:iam::ACCOUNT:policy/mine" },
        gives: { Policy: { Description: "any" } },
      },
    ],
  },
  {
    says: "a user without tags has no list of them",
    where: "localstack: test_basic_user.py::TestBasicCRD::test_black_box",
    recorded: "2023-06-28",
    steps: [
      made(template({ A: { Type: "AWS::IAM::User", Properties: { UserName: "somebody" } } }), capable),
      {
        call: "iam:GetUser",
        with: { UserName: "somebody" },
        gives: { User: { UserName: "somebody" } },
        lacks: ["User.Tags"],
      },
    ],
  },
  {
    says: "a policy that is not there was not found by who deletes it",
    where: "localstack: test_iam.py::TestIAMIntegrations::test_delete_non_existent_policy_returns_no_such_entity",
    recorded: "2025-03-06",
    steps: [
      {
        call: "iam:DeletePolicy",
        with: { PolicyArn: "arn:aws:iam::ACCOUNT:policy/none" },
        refused: /^NoSuchEntityException: Policy arn:aws:iam::\d{12}:policy\/none was not found\.$/,
      },
    ],
  },
  {
    says: "the role of a service takes no suffix where the service has but one, and is shown like any other",
    where: "localstack: test_iam.py::TestIAMServiceRoles::test_service_role_lifecycle_custom_suffix_not_allowed",
    recorded: "2025-03-13",
    steps: [
      {
        call: "iam:CreateServiceLinkedRole",
        with: { AWSServiceName: "ecs.amazonaws.com", CustomSuffix: "mine" },
        refused: "InvalidInputException: Custom suffix is not allowed for ecs.amazonaws.com",
      },
      {
        call: "iam:GetRole",
        with: { RoleName: "AWSServiceRoleForECS" },
        gives: { Role: { Path: "/aws-service-role/ecs.amazonaws.com/" } },
      },
    ],
  },
  {
    says: "a key pair has no tags of CloudFormation's own, and an imported ED25519 key the SHA-256 as its fingerprint",
    where: "localstack: test_ec2.py::test_keypair_create_import",
    recorded: "2024-08-12",
    steps: [
      made(template({ A: key("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f") })),
      {
        call: "ec2:DescribeKeyPairs",
        gives: { KeyPairs: [{ KeyFingerprint: /^[A-Za-z0-9+/]{43}=$/ }] },
        lacks: ["KeyPairs.0.Tags.0"],
      },
    ],
  },
  {
    says: "a composite alarm names those that decide it, with their states",
    where: "localstack: test_cloudwatch.py::test_composite_alarm_creation",
    recorded: "2024-07-16",
    steps: [
      made(
        template({
          A: alarm("processor"),
          B: {
            Type: "AWS::CloudWatch::CompositeAlarm",
            Properties: { AlarmName: "both", AlarmRule: "ALARM(processor)" },
            DependsOn: "A",
          },
        }),
      ),
      {
        call: "monitoring:DescribeAlarms",
        with: { AlarmNames: ["both"], AlarmTypes: ["CompositeAlarm"] },
        gives: {
          CompositeAlarms: [
            {
              StateValue: "OK",
              StateReasonData:
                /^\{"triggeringAlarms":\[\{"arn":"arn:aws:cloudwatch:us-east-1:\d{12}:alarm:processor","state":\{"value":"INSUFFICIENT_DATA","timestamp":"[^"]+"\}\}\]\}$/,
            },
          ],
        },
      },
    ],
  },
  {
    says: "a topic's archive policy has its numbers as texts, and its subscriptions by mail are not counted as pending",
    where: "localstack: test_sns.py::test_sns_topic_with_attributes, test_sns_topic_update_attributes",
    recorded: "2025-07-03",
    steps: [
      made(
        template({
          A: topic({
            TopicName: "mine.fifo",
            FifoTopic: true,
            ArchivePolicy: { MessageRetentionPeriod: 30 },
          }),
          B: topic({ TopicName: "mails", Subscription: [{ Protocol: "email", Endpoint: "somebody@example.com" }] }),
        }),
      ),
      {
        call: "sns:GetTopicAttributes",
        with: { TopicArn: "arn:aws:sns:us-east-1:ACCOUNT:mine.fifo" },
        gives: { text: /MessageRetentionPeriod":"30"/ },
      },
      {
        call: "sns:GetTopicAttributes",
        with: { TopicArn: "arn:aws:sns:us-east-1:ACCOUNT:mails" },
        gives: { text: /SubscriptionsPending<\/key>\s*<value>0</ },
      },
    ],
  },
  {
    says: "a parameter's name with slashes is a whole path, one without is found with a slash before it too",
    where: "localstack: test_ssm.py::TestSSM::test_hierarchical_parameter, test_put_parameters",
    recorded: "unknown",
    steps: [
      { call: "ssm:PutParameter", with: { Name: "plain", Value: "1", Type: "String" } },
      { call: "ssm:GetParameter", with: { Name: "/plain" }, gives: { Parameter: { Name: "/plain", Value: "1" } } },
      {
        call: "ssm:GetParameter",
        with: { Name: "a/b" },
        refused: /ValidationException: .*sub-paths divided by slash symbol/,
      },
      {
        call: "ssm:GetParameter",
        with: { Name: "/a//b" },
        refused: /ValidationException: .*sub-paths divided by slash symbol/,
      },
    ],
  },
  {
    says: "a secret can be read as a parameter",
    where: "localstack: test_ssm.py::TestSSM::test_get_secret_parameter, test_get_inexistent_secret",
    recorded: "unknown",
    steps: [
      { call: "secretsmanager:CreateSecret", with: { Name: "mine", SecretString: "hidden" } },
      {
        call: "ssm:GetParameter",
        with: { Name: "/aws/reference/secretsmanager/mine", WithDecryption: true },
        gives: {
          Parameter: {
            Name: "/aws/reference/secretsmanager/mine",
            Type: "SecureString",
            Value: "hidden",
            SourceResult: /"name":"mine"/,
          },
        },
      },
      {
        call: "ssm:GetParameter",
        with: { Name: "/aws/reference/secretsmanager/none", WithDecryption: true },
        refused: /ParameterNotFound: Secret .*aws\/reference\/secretsmanager\/none.* not found\.$/,
      },
    ],
  },
  {
    says: "a secret tells which key its versions are encrypted with, and on which day it was read",
    where: "localstack: test_secretsmanager.py::TestSecretsManager::test_deprecated_secret_version_stage",
    recorded: "2024-03-29",
    steps: [
      { call: "secretsmanager:CreateSecret", with: { Name: "mine", SecretString: "hidden" } },
      { call: "secretsmanager:DescribeSecret", with: { SecretId: "mine" }, lacks: ["LastAccessedDate"] },
      { call: "secretsmanager:GetSecretValue", with: { SecretId: "mine" }, gives: { SecretString: "hidden" } },
      {
        call: "secretsmanager:ListSecretVersionIds",
        with: { SecretId: "mine" },
        gives: { Versions: [{ KmsKeyIds: ["DefaultEncryptionKey"] }] },
      },
    ],
  },
  {
    says: "a parameter of the template that is no parameter of Parameter Store has no value, unless it has a default",
    where: "localstack: test_template_engine.py::TestSsmParameters::test_resolve_ssm_missing_parameter",
    recorded: "2025-08-06",
    steps: [
      {
        call: "cloudformation:CreateChangeSet",
        with: {
          StackName: "one",
          ChangeSetName: "change",
          ChangeSetType: "CREATE",
          TemplateBody: template(
            { A: parameter({ Ref: "Input" }) },
            { Parameters: { Input: { Type: "AWS::SSM::Parameter::Value<String>" } } },
          ),
          Parameters: [{ ParameterKey: "Input", ParameterValue: "none" }],
        },
        refused: "ValidationError: Parameter Input should either have input value or default value",
      },
    ],
  },
  {
    says: "the name of a transform is text",
    where: "localstack: test_template_engine.py::TestMacros::test_error_pass_macro_as_reference",
    recorded: "2023-01-30",
    steps: [
      {
        call: "cloudformation:CreateStack",
        with: {
          StackName: "one",
          TemplateBody: template({ A: topic() }, { Transform: { Name: { Ref: "Macro" } } }),
        },
        refused: "ValidationError: Key Name of transform definition must be a string.",
      },
    ],
  },
  {
    says: "JSON with a comma after a last item is taken",
    where: "localstack: test_lambda.py::test_lambda_cfn_dead_letter_config_async_invocation",
    recorded: "2024-04-09",
    steps: [
      {
        call: "cloudformation:CreateStack",
        with: {
          StackName: "one",
          TemplateBody: '{"Resources": {"A": {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": "a,}"},},},}',
        },
        awaits: "one",
      },
      {
        call: "cloudformation:DescribeStacks",
        with: { StackName: "one" },
        gives: { Stacks: [{ StackStatus: "CREATE_COMPLETE" }] },
      },
    ],
  },
];
