import {
  changed,
  described,
  executed,
  made,
  parameter,
  type Recording,
  type Step,
  template,
  topic,
} from "./recording.ts";

const update = (TemplateBody: string, more: object = {}, awaits: Partial<Step> = { awaits: "one" }): Step => ({
  call: "cloudformation:UpdateStack",
  with: { StackName: "one", TemplateBody, ...more },
  ...awaits,
});
const deleted = (more: object = {}): Step => ({
  call: "cloudformation:DeleteStack",
  with: { StackName: "one", ...more },
});
const events = (...StackEvents: readonly { readonly [name: string]: string | RegExp }[]): Step => ({
  call: "cloudformation:DescribeStackEvents",
  with: { StackName: "one" },
  gives: { StackEvents },
});
const policy = (gives: Step["gives"], lacks: readonly string[] = []): Step => ({
  call: "cloudformation:GetStackPolicy",
  with: { StackName: "one" },
  ...(gives !== undefined && { gives }),
  lacks,
});

const DENY = JSON.stringify({ Statement: [{ Effect: "Deny", Action: "Update:*", Principal: "*", Resource: "*" }] });

/** A parameter whose policies are functions of the environment. */
const decided = (Environment: string, more: object = {}) =>
  template(
    {
      A: {
        ...parameter("1", {
          DeletionPolicy: { "Fn::If": ["IsProd", "Retain", "Delete"] },
          UpdateReplacePolicy: { Ref: "Policy" },
        }),
        Properties: { Type: "String", Value: "1", Name: "/one/a", ...more },
      },
    },
    {
      Parameters: {
        Environment: { Type: "String", Default: Environment },
        Policy: { Type: "String", Default: "Retain" },
      },
      Conditions: { IsProd: { "Fn::Equals": [{ Ref: "Environment" }, "prod"] } },
    },
  );

const NOBODYS = template({
  A: {
    Type: "AWS::IAM::Policy",
    Properties: {
      PolicyName: "nobodys",
      PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
    },
  },
});

const lifecycle = (TransitionInDays: number) =>
  template({
    A: {
      Type: "AWS::S3::Bucket",
      Properties: {
        LifecycleConfiguration: {
          Rules: [{ Id: "old", Status: "Enabled", Transitions: [{ StorageClass: "GLACIER", TransitionInDays }] }],
        },
      },
    },
  });

/** What is recorded of stacks and of what becomes of them. */
export const STACKS: readonly Recording[] = [
  {
    says: "DescribeStacks leaves out parameters, outputs and capabilities that are none, but not tags and topics",
    where: "localstack: test_change_set_ref.py::test_resource_addition",
    recorded: "2025-04-08",
    steps: [
      made(template({ A: topic() })),
      described({ Tags: [], NotificationARNs: [] }, ["Parameters", "Outputs", "Capabilities"]),
    ],
  },
  {
    says: "it tells the latest operation",
    where: "localstack: test_change_set_mappings.py::test_fn_find_in_map_with_nested_ref",
    recorded: "2026-02-02",
    steps: [
      made(template({ A: topic() })),
      described({ LastOperations: [{ OperationType: "CREATE_STACK", OperationId: /^[0-9a-f-]{36}$/ }] }),
      update(template({ B: topic() })),
      described({ LastOperations: [{ OperationType: "UPDATE_STACK", OperationId: /^[0-9a-f-]{36}$/ }] }),
    ],
  },
  {
    says: "a DeletionPolicy may be a function: the resource is kept",
    where: "localstack: test_deletion_policy.py::test_deletion_policy_with_retain",
    recorded: "2026-01-23",
    steps: [
      made(decided("prod")),
      { ...deleted() },
      { call: "ssm:GetParameter", with: { Name: "/one/a" }, gives: { Parameter: { Value: "1" } } },
    ],
  },
  {
    says: "or goes, and what looks for it is told no more than that it is not there",
    where: "localstack: test_deletion_policy.py::test_deletion_policy_with_deletion",
    recorded: "2026-01-23",
    steps: [
      made(decided("dev")),
      deleted(),
      { call: "cloudformation:ListStacks", with: {}, gives: { StackSummaries: [{ StackStatus: /^DELETE_/ }] } },
      {
        call: "cloudformation:CreateStack",
        with: { StackName: "two", TemplateBody: template({ A: topic() }) },
        awaits: "two",
      },
      { call: "ssm:GetParameter", with: { Name: "/one/a" }, refused: "ParameterNotFound: " },
    ],
  },
  {
    says: "an UpdateReplacePolicy may be one: the old resource is kept beside the new one",
    where: "localstack: test_update_policy.py::test_update_replace_policy_retain",
    recorded: "2026-01-23",
    steps: [
      made(decided("dev")),
      ...changed(decided("dev", { Name: "/one/b" }), {
        Changes: [{ ResourceChange: { Replacement: "True", PolicyAction: "ReplaceAndRetain" } }],
      }),
      executed,
      described({ StackStatus: "UPDATE_COMPLETE" }),
      { call: "ssm:GetParameter", with: { Name: "/one/a" }, gives: { Parameter: { Value: "1" } } },
      { call: "ssm:GetParameter", with: { Name: "/one/b" }, gives: { Parameter: { Value: "1" } } },
    ],
  },
  {
    says: "an inline policy of nobody's cannot be made, and cannot be rolled back",
    where: "localstack: test_stacks.py::test_blocked_stack_deletion",
    recorded: "2023-09-06",
    steps: [
      made(NOBODYS, { Capabilities: ["CAPABILITY_NAMED_IAM"] }),
      described({
        StackStatus: "ROLLBACK_FAILED",
        StackStatusReason: "The following resource(s) failed to delete: [A]. ",
      }),
      { ...deleted(), awaits: "one" },
      described({
        StackStatus: "DELETE_FAILED",
        StackStatusReason: "The following resource(s) failed to delete: [A]. ",
      }),
      deleted({ RetainResources: ["A"] }),
      { call: "cloudformation:ListStacks", with: {}, gives: { StackSummaries: [{ StackStatus: "DELETE_COMPLETE" }] } },
    ],
  },
  {
    says: "UpdateStack leaves the stack no change set's, and its capabilities as they were",
    where: "localstack: test_stacks.py::test_no_echo_parameter",
    recorded: "2025-08-15",
    steps: [
      ...changed(
        template({ A: parameter("1") }),
        { Status: "CREATE_COMPLETE" },
        { with: { ChangeSetType: "CREATE", Capabilities: ["CAPABILITY_IAM"] } },
      ),
      executed,
      described({ ChangeSetId: /changeSet\/change/, Capabilities: ["CAPABILITY_IAM"] }),
      update(template({ A: parameter("2") })),
      described({ StackStatus: "UPDATE_COMPLETE", Capabilities: ["CAPABILITY_IAM"] }, ["ChangeSetId"]),
    ],
  },
  {
    says: "an update's tags and topics are told from its beginning",
    where: "localstack: test_update_stack.py::test_update_tags",
    recorded: "2022-11-21",
    steps: [
      made(template({ A: parameter("1") })),
      update(
        template({ A: parameter("2") }),
        { Tags: [{ Key: "team", Value: "web" }], NotificationARNs: ["arn:aws:sns:us-east-1:111122223333:all"] },
        {},
      ),
      described({
        Tags: [{ Key: "team", Value: "web" }],
        NotificationARNs: ["arn:aws:sns:us-east-1:111122223333:all"],
      }),
    ],
  },
  {
    says: "new rollback triggers are an update by themselves",
    where: "localstack: test_update_stack.py::test_update_with_rollback_configuration",
    recorded: "2022-11-21",
    steps: [
      made(template({ A: parameter("1") })),
      update(template({ A: parameter("1") }), { RollbackConfiguration: { MonitoringTimeInMinutes: 1 } }),
      described({ RollbackConfiguration: { MonitoringTimeInMinutes: 1 } }),
    ],
  },
  {
    says: "the policy of a running update is the stack's while it runs",
    where: "localstack: test_stack_policies.py::test_policy_during_update",
    recorded: "2022-11-17",
    steps: [
      made(template({ A: parameter("1") })),
      update(template({ A: parameter("2") }), { StackPolicyDuringUpdateBody: DENY }, {}),
      policy({ StackPolicyBody: DENY }),
      { call: "cloudformation:DescribeStackEvents", with: { StackName: "one" }, awaits: "one" },
      policy(undefined, ["StackPolicyBody"]),
    ],
  },
  {
    says: "a policy that comes with an update is not that update's",
    where: "localstack: test_stack_policies.py::test_set_policy_with_update_operation",
    recorded: "2022-11-17",
    steps: [
      made(template({ A: parameter("1") })),
      update(template({ A: parameter("2") }), { StackPolicyBody: DENY }, {}),
      policy(undefined, ["StackPolicyBody"]),
      { call: "cloudformation:DescribeStackEvents", with: { StackName: "one" }, awaits: "one" },
      described({ StackStatus: "UPDATE_COMPLETE" }),
    ],
  },
  {
    says: "what a completed update deletes is told without its properties, under another kind of id",
    where: "localstack: test_change_set_ref.py::test_supported_pseudo_parameter",
    recorded: "2025-05-19",
    steps: [
      made(template({ A: topic(), B: topic() })),
      update(template({ A: topic() })),
      {
        ...events(
          { LogicalResourceId: "one", ResourceStatus: "UPDATE_COMPLETE" },
          { LogicalResourceId: "B", ResourceStatus: "DELETE_COMPLETE", EventId: /^B-[0-9a-f]{8}-[0-9a-f-]{27}$/ },
          { LogicalResourceId: "B", ResourceStatus: "DELETE_IN_PROGRESS", EventId: /^B-[0-9a-f]{8}-[0-9a-f-]{27}$/ },
          { LogicalResourceId: "one", ResourceStatus: "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS" },
          { LogicalResourceId: "one", ResourceStatus: "UPDATE_IN_PROGRESS" },
          { LogicalResourceId: "one", ResourceStatus: "CREATE_COMPLETE" },
          ...["A", "B"].map((LogicalResourceId) => ({
            LogicalResourceId: /^[AB]$/,
            ResourceStatus: "CREATE_COMPLETE",
            EventId: /^[AB]-CREATE_COMPLETE-20/,
            ResourceType: LogicalResourceId === "A" ? "AWS::SNS::Topic" : "AWS::SNS::Topic",
          })),
          ...Array.from({ length: 4 }, () => ({ LogicalResourceId: /^[AB]$/, ResourceStatus: "CREATE_IN_PROGRESS" })),
          { LogicalResourceId: "one", ResourceStatus: "CREATE_IN_PROGRESS" },
        ),
        lacks: ["StackEvents.1.ResourceProperties", "StackEvents.2.ResourceProperties"],
      },
    ],
  },
  {
    says: "a role that CloudFormation may not take is refused",
    where: "localstack: test_update_stack.py::test_update_with_role_without_permissions",
    recorded: "2022-11-21",
    steps: [
      made(template({ A: parameter("1") })),
      {
        call: "iam:CreateRole",
        with: {
          RoleName: "denying",
          AssumeRolePolicyDocument: JSON.stringify({
            Version: "2012-10-17",
            Statement: [{ Effect: "Deny", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
          }),
        },
      },
      {
        call: "cloudformation:UpdateStack",
        with: {
          StackName: "one",
          TemplateBody: template({ A: parameter("2") }),
          RoleARN: "arn:aws:iam::ACCOUNT:role/denying",
        },
        refused: /^ValidationError: Role arn:aws:iam::\d+:role\/denying is invalid or cannot be assumed$/,
      },
    ],
  },
  {
    says: "the topics of a stack are told each line of its history",
    where: "localstack: test_stacks.py::test_notifications",
    recorded: "unknown",
    steps: [
      { call: "sqs:CreateQueue", with: { QueueName: "news" } },
      { call: "sns:CreateTopic", with: { Name: "news" } },
      {
        call: "sns:Subscribe",
        with: {
          TopicArn: "arn:aws:sns:us-east-1:ACCOUNT:news",
          Protocol: "sqs",
          Endpoint: "arn:aws:sqs:us-east-1:ACCOUNT:news",
        },
      },
      made(template({ A: parameter("1") }), { NotificationARNs: ["arn:aws:sns:us-east-1:ACCOUNT:news"] }),
      {
        call: "sqs:ReceiveMessage",
        with: { QueueUrl: "https://sqs.us-east-1.amazonaws.com/ACCOUNT/news" },
        gives: {
          Messages: [
            { Body: /AWS CloudFormation Notification.*LogicalResourceId='one'.*ResourceStatus='CREATE_IN_PROGRESS'/ },
          ],
        },
      },
    ],
  },
  {
    says: "days of a bucket's lifecycle that are less than none stop an update",
    where: "localstack: test_stacks.py::TestStacksApi::test_failure_options_for_stack_update[True-1]",
    recorded: "2024-06-25",
    steps: [
      made(lifecycle(30)),
      update(lifecycle(-1), { DisableRollback: true }),
      described({ StackStatus: "UPDATE_FAILED" }),
    ],
  },
  {
    says: "a resource's metadata is told where it has none",
    where: "localstack: test_resources.py::test_describe_deleted_resource_on_update",
    recorded: "2025-10-16",
    steps: [
      made(template({ A: parameter("1") })),
      {
        call: "cloudformation:DescribeStackResource",
        with: { StackName: "one", LogicalResourceId: "A" },
        gives: { StackResourceDetail: { Metadata: "{}" } },
      },
    ],
  },
  {
    says: "a change set by an ARN that nobody has is not there, whosever the ARN says it is",
    where: "localstack: test_templates.py::test_get_template_missing_resources_change_set_id",
    recorded: "2025-09-12",
    steps: [
      {
        call: "cloudformation:GetTemplate",
        with: { ChangeSetName: "arn:aws:cloudformation:us-east-1:000000000000:changeSet/change/1" },
        refused:
          "ChangeSetNotFoundException: ChangeSet [arn:aws:cloudformation:us-east-1:000000000000:changeSet/change/1] does not exist",
      },
    ],
  },
];
