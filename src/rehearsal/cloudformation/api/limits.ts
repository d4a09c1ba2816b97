import type { ParameterLimit, ParameterLimits } from "../../wire/constraints.ts";

const STACK_NAME: ParameterLimit = { required: true, max: 128, pattern: "[a-zA-Z][-a-zA-Z0-9]*" };
const NAME_OR_ID: ParameterLimit = { min: 1, pattern: "[a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*" };
const STACK: ParameterLimit = { ...NAME_OR_ID, required: true };
const CHANGE_SET: ParameterLimit = {
  required: true,
  min: 1,
  max: 1600,
  pattern: "[a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/]*",
};
const TOKEN: ParameterLimit = { min: 1, max: 128, pattern: "[a-zA-Z0-9][-a-zA-Z0-9]*" };
const URL: ParameterLimit = { min: 1, max: 5120 };
const ROLE: ParameterLimit = { min: 20, max: 2048 };
const NEXT: ParameterLimit = { min: 1, max: 1024 };
const NEEDED: ParameterLimit = { required: true };

/** Bytes of a template are counted as characters here ("Understand CloudFormation quotas": 51,200 in a call). */
const TEMPLATE: ParameterLimits = { TemplateBody: { min: 1, max: 51_200 }, TemplateURL: URL };

const ON_FAILURE: ParameterLimit = { values: ["DELETE", "DO_NOTHING", "ROLLBACK"] };

/** What a stack is created from. */
const WISHES: ParameterLimits = {
  ...TEMPLATE,
  Capabilities: { each: { values: ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"] } },
  ResourceTypes: { each: { min: 1, max: 256 } },
  RoleARN: ROLE,
  NotificationARNs: { max: 5 },
  Tags: { max: 50 },
  "RollbackConfiguration.RollbackTriggers": { max: 5 },
  "RollbackConfiguration.MonitoringTimeInMinutes": { least: 0, most: 180 },
};

const POLICY: ParameterLimits = { StackPolicyBody: { min: 1, max: 16_384 }, StackPolicyURL: URL };

const STATES = [
  "CREATE_IN_PROGRESS",
  "CREATE_FAILED",
  "CREATE_COMPLETE",
  "ROLLBACK_IN_PROGRESS",
  "ROLLBACK_FAILED",
  "ROLLBACK_COMPLETE",
  "DELETE_IN_PROGRESS",
  "DELETE_FAILED",
  "DELETE_COMPLETE",
  "UPDATE_IN_PROGRESS",
  "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
  "UPDATE_COMPLETE",
  "UPDATE_FAILED",
  "UPDATE_ROLLBACK_IN_PROGRESS",
  "UPDATE_ROLLBACK_FAILED",
  "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
  "UPDATE_ROLLBACK_COMPLETE",
  "REVIEW_IN_PROGRESS",
  "IMPORT_IN_PROGRESS",
  "IMPORT_COMPLETE",
  "IMPORT_ROLLBACK_IN_PROGRESS",
  "IMPORT_ROLLBACK_FAILED",
  "IMPORT_ROLLBACK_COMPLETE",
];

/** Constraints of each operation's parameters (API Reference: "Request Parameters" of the operation). */
export const LIMITS: { readonly [operation: string]: ParameterLimits } = {
  CancelUpdateStack: { StackName: STACK, ClientRequestToken: TOKEN },
  ContinueUpdateRollback: {
    StackName: STACK,
    RoleARN: ROLE,
    ResourcesToSkip: { each: { pattern: "[a-zA-Z0-9]+|[a-zA-Z][-a-zA-Z0-9]*\\.[a-zA-Z0-9]+" } },
    ClientRequestToken: TOKEN,
  },
  CreateChangeSet: {
    StackName: STACK,
    ChangeSetName: { required: true, min: 1, max: 128, pattern: "[a-zA-Z][-a-zA-Z0-9]*" },
    ChangeSetType: { values: ["CREATE", "UPDATE", "IMPORT"] },
    ...WISHES,
    ClientToken: { min: 1, max: 128 },
    Description: { min: 1, max: 1024 },
    OnStackFailure: ON_FAILURE,
    DeploymentMode: { values: ["REVERT_DRIFT"] },
    ResourcesToImport: { max: 200 },
  },
  CreateStack: {
    StackName: STACK_NAME,
    ...WISHES,
    ...POLICY,
    TimeoutInMinutes: { least: 1 },
    OnFailure: ON_FAILURE,
    ClientRequestToken: TOKEN,
  },
  DeleteChangeSet: { ChangeSetName: CHANGE_SET, StackName: NAME_OR_ID },
  DeleteStack: {
    StackName: STACK,
    RoleARN: ROLE,
    ClientRequestToken: TOKEN,
    DeletionMode: { values: ["STANDARD", "FORCE_DELETE_STACK"] },
  },
  DescribeChangeSet: { ChangeSetName: CHANGE_SET, StackName: NAME_OR_ID, NextToken: NEXT },
  DescribeEvents: { StackName: NAME_OR_ID, ChangeSetName: { ...CHANGE_SET, required: false }, NextToken: NEXT },
  DescribeStackDriftDetectionStatus: { StackDriftDetectionId: { required: true, min: 1, max: 36 } },
  DescribeStackEvents: { StackName: STACK, NextToken: NEXT },
  DescribeStackResource: { StackName: STACK, LogicalResourceId: NEEDED },
  DescribeStackResourceDrifts: { StackName: STACK, NextToken: NEXT, MaxResults: { least: 1, most: 100 } },
  DescribeStackResources: { StackName: NAME_OR_ID },
  DescribeStacks: { StackName: { pattern: NAME_OR_ID.pattern ?? "" }, NextToken: NEXT },
  DetectStackDrift: { StackName: STACK, LogicalResourceIds: { min: 1, max: 200 } },
  DetectStackResourceDrift: { StackName: STACK, LogicalResourceId: NEEDED },
  EstimateTemplateCost: TEMPLATE,
  ExecuteChangeSet: { ChangeSetName: CHANGE_SET, StackName: NAME_OR_ID, ClientRequestToken: TOKEN },
  GetStackPolicy: { StackName: STACK },
  GetTemplate: {
    StackName: NAME_OR_ID,
    ChangeSetName: { ...CHANGE_SET, required: false },
    TemplateStage: { values: ["Original", "Processed"] },
  },
  GetTemplateSummary: { StackName: NAME_OR_ID, ...TEMPLATE },
  ListChangeSets: { StackName: STACK, NextToken: NEXT },
  ListExports: { NextToken: NEXT },
  ListImports: { ExportName: NEEDED, NextToken: NEXT },
  ListStackResources: { StackName: STACK, NextToken: NEXT },
  ListStacks: { StackStatusFilter: { each: { values: STATES } }, NextToken: NEXT },
  RollbackStack: { StackName: STACK, RoleARN: ROLE, ClientRequestToken: TOKEN },
  SetStackPolicy: { StackName: STACK, ...POLICY },
  SignalResource: {
    StackName: STACK,
    LogicalResourceId: NEEDED,
    UniqueId: { required: true, min: 1, max: 64 },
    Status: { required: true, values: ["SUCCESS", "FAILURE"] },
  },
  UpdateStack: {
    StackName: STACK,
    ...WISHES,
    ...POLICY,
    StackPolicyDuringUpdateBody: { min: 1, max: 16_384 },
    StackPolicyDuringUpdateURL: URL,
    ClientRequestToken: TOKEN,
  },
  UpdateTerminationProtection: { StackName: STACK, EnableTerminationProtection: NEEDED },
  ValidateTemplate: TEMPLATE,
};
