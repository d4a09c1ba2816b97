import { queryProtocol, type Service } from "../../wire/protocol.ts";
import { createChangeSet, deleteChangeSet } from "./change-sets.ts";
import { describeAccountLimits, describeStacks, estimateTemplateCost, listStacks } from "./describe.ts";
import { describeChangeSet, listChangeSets } from "./describe-change-set.ts";
import {
  describeStackDriftDetectionStatus,
  describeStackResourceDrifts,
  detectStackDrift,
  detectStackResourceDrift,
} from "./drift.ts";
import { describeEvents, describeStackEvents } from "./events.ts";
import { executeChangeSet } from "./execute-change-set.ts";
import { listExports, listImports } from "./exports.ts";
import { LIMITS } from "./limits.ts";
import { getStackPolicy, setStackPolicy, updateTerminationProtection } from "./protection.ts";
import { cancelUpdateStack, continueUpdateRollback, rollbackStack } from "./recovery.ts";
import { describeStackResource, describeStackResources, listStackResources } from "./resources.ts";
import { signalResource } from "./signals.ts";
import { createStack, deleteStack, updateStack } from "./stacks.ts";
import { getTemplate, getTemplateSummary, validateTemplateCall } from "./templates.ts";

/** AWS CloudFormation, API version 2010-05-15. */
export const CLOUDFORMATION: Service = {
  protocol: queryProtocol("http://cloudformation.amazonaws.com/doc/2010-05-15/"),
  limits: LIMITS,
  operations: {
    CancelUpdateStack: cancelUpdateStack,
    ContinueUpdateRollback: continueUpdateRollback,
    CreateChangeSet: createChangeSet,
    CreateStack: createStack,
    DeleteChangeSet: deleteChangeSet,
    DeleteStack: deleteStack,
    DescribeAccountLimits: describeAccountLimits,
    DescribeChangeSet: describeChangeSet,
    DescribeEvents: describeEvents,
    DescribeStackDriftDetectionStatus: describeStackDriftDetectionStatus,
    DescribeStackEvents: describeStackEvents,
    DescribeStackResource: describeStackResource,
    DescribeStackResourceDrifts: describeStackResourceDrifts,
    DescribeStackResources: describeStackResources,
    DescribeStacks: describeStacks,
    DetectStackDrift: detectStackDrift,
    DetectStackResourceDrift: detectStackResourceDrift,
    EstimateTemplateCost: estimateTemplateCost,
    ExecuteChangeSet: executeChangeSet,
    GetStackPolicy: getStackPolicy,
    GetTemplate: getTemplate,
    GetTemplateSummary: getTemplateSummary,
    ListChangeSets: listChangeSets,
    ListExports: listExports,
    ListImports: listImports,
    ListStackResources: listStackResources,
    ListStacks: listStacks,
    RollbackStack: rollbackStack,
    SetStackPolicy: setStackPolicy,
    SignalResource: signalResource,
    UpdateStack: updateStack,
    UpdateTerminationProtection: updateTerminationProtection,
    ValidateTemplate: validateTemplateCall,
  },
};
