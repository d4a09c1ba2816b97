import type { JsonObject } from "../../template/types.ts";
import type { ResourceFault } from "./faults.ts";
import type { WorkloadKind } from "./workload.ts";

/** What a stack is, or will be deployed from. */
export type Deployment = {
  /** Name of the blob with the template, transforms applied. */
  readonly template: string;
  /** Name of the blob with the template as it was sent, if a transform changed it. */
  readonly original?: string;
  readonly parameters: { readonly [key: string]: string };
  /** Values in Parameter Store when the call was made, by template parameter. */
  readonly stored?: { readonly [key: string]: StoredValue };
  readonly tags: { readonly [key: string]: string };
  readonly capabilities: readonly string[];
  readonly notifications: readonly string[];
  readonly role?: string;
  readonly timeoutMinutes?: number;
  readonly rollback?: JsonObject;
  /** Imports existing resources by their names. */
  readonly adopts?: true;
};

/** A value of Parameter Store; `stamp` changes with every write. */
export type StoredValue = { readonly value: string; readonly stamp: string };

/** A resource of a stack. */
export type SimulatedResource = {
  readonly logicalId: string;
  readonly type: string;
  physicalId: string;
  /** The resource's id in its service, where it is not the physical id. */
  key?: string;
  status: string;
  reason?: string;
  at: number;
  /** As last sent to the service, with all references resolved. */
  properties: JsonObject;
  /** The same as events show them, if NoEcho parameters are in them. */
  told?: JsonObject;
  attributes: JsonObject;
  /** Logical ids of resources to be deleted after it. */
  dependsOn: readonly string[];
  deletionPolicy?: string;
  updateReplacePolicy?: string;
  metadata?: JsonObject;
  /** Its configuration is complete: dependents may use it during the consistency check. */
  configured?: true;
  /** Counts the resources created under this logical id. */
  incarnation: number;
  drift?: { readonly status: string; readonly at: number; readonly actual?: JsonObject };
};

export type StackOutput = {
  readonly key: string;
  readonly value: string;
  readonly description?: string;
  readonly exportName?: string;
};

/** An event of a stack, as DescribeStackEvents shows it. */
export type SimulatedEvent = {
  readonly id: string;
  readonly at: number;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly detailed?: string;
  readonly token?: string;
  readonly operation?: string;
  /** Index of its resource's properties in the stack's `told` texts. */
  readonly properties?: number;
};

/** `put` creates, updates or leaves unchanged, which is decided when the task starts. */
type TaskKind = "put" | "restore" | "delete";

/** The fault assigned to a resource; the reason is AWS's message if it fails. */
type Trouble = {
  readonly effect: NonNullable<ResourceFault["effect"]> | "workload";
  readonly reason: string;
  /** The fault of an ECS service's next rollout. */
  readonly workload?: WorkloadKind;
};

/** The task of one resource in a stack operation. */
export type ResourceTask = {
  readonly logicalId: string;
  readonly kind: TaskKind;
  /** For a `delete` of a replaced resource. */
  readonly old?: SimulatedResource;
  readonly needs: readonly string[];
  state: "waiting" | "begun" | "initiated" | "settling" | "done" | "failed" | "cancelled";
  /** What a started task does. */
  doing?: "create" | "update" | "replace" | "delete";
  started?: number;
  /** When its next step is due (simulated milliseconds). */
  due?: number;
  /** The fault assigned to it. */
  trouble?: Trouble;
  /** It ends with the nested stack's operation. */
  waitsForChild?: boolean;
  /** Its service waits for an external action, until `due`. */
  waiting?: true;
  /** Signals it needs before it is complete. */
  awaits?: { readonly count: number; readonly milliseconds: number; readonly policy?: true };
};

/** A signal sent to a resource or to a wait condition's handle. */
export type Signal = {
  readonly id: string;
  readonly status: "SUCCESS" | "FAILURE";
  readonly reason?: string;
  readonly data?: string;
};

type OperationStage = "forward" | "cleanup" | "rollback" | "rollback-cleanup" | "delete";

/** A running stack operation: data only, so that it can be saved and resumed at any point. */
export type StackOperation = {
  readonly id: string;
  readonly kind: "create" | "update" | "delete" | "rollback" | "continue";
  /** It creates the stack: its rollback deletes everything. */
  readonly creating: boolean;
  readonly token?: string;
  stage: OperationStage;
  tasks: { [key: string]: ResourceTask };
  readonly target?: Deployment;
  /** Resources as they were before this operation. */
  readonly before: { [logicalId: string]: SimulatedResource };
  /** Logical ids that did not exist before. */
  readonly made: string[];
  /** Physical resources to delete in the cleanup. */
  superseded: SimulatedResource[];
  readonly retain: readonly string[];
  readonly forced?: boolean;
  /** Its rollback deletes what it created, whatever the DeletionPolicy. */
  readonly retainExceptOnCreate?: true;
  /** A resource is complete as soon as its service has the request ("Deploy stacks faster with express mode"). */
  readonly express?: true;
  readonly skip: readonly string[];
  readonly onFailure: "ROLLBACK" | "DO_NOTHING" | "DELETE";
  /** Faults assigned to resources of this operation, by logical id. */
  readonly troubles: { [logicalId: string]: Trouble };
  expires?: number;
  /** The message of the alarm that stopped it. */
  alarm?: string;
  /** All tasks have ended, and alarms are monitored until then (simulated milliseconds). */
  watched?: number;
  /** Replaces the stack's policy while this operation runs. */
  readonly policyDuringUpdate?: string;
  /** Is the stack's policy once this operation succeeded. */
  readonly policyAfter?: string;
  failed: { create: string[]; update: string[]; delete: string[] };
  /** Why it fails although no resource did: cancelled, timed out, an output that cannot be resolved. */
  stopped?: string;
};

/** A change of a change set, the API's ResourceChange. */
export type ResourceChange = {
  readonly action: "Add" | "Modify" | "Remove" | "Import";
  readonly policyAction?: string;
  readonly logicalId: string;
  readonly physicalId?: string;
  readonly type: string;
  readonly replacement?: "True" | "False" | "Conditional";
  /** In a drift-aware change set: how the live resource compares with the deployed one. */
  readonly drift?: "IN_SYNC" | "MODIFIED" | "DELETED";
  readonly scope: readonly string[];
  readonly details: readonly ChangeDetail[];
  /** ARN of the nested stack's own change set. */
  readonly changeSet?: string;
  /** The resource's properties and attributes before and after, as JSON. */
  readonly before?: string;
  readonly after?: string;
};

export type ChangeDetail = {
  readonly attribute: string;
  readonly name?: string;
  readonly path?: string;
  readonly recreation?: "Never" | "Conditionally" | "Always";
  readonly evaluation: "Static" | "Dynamic";
  readonly source: string;
  readonly cause?: string;
  readonly before?: string;
  readonly after?: string;
  readonly changeType?: "Add" | "Remove" | "Modify";
  /** Shown only with property values, or only without. */
  readonly only?: "names" | "values";
};

export type SimulatedChangeSet = {
  readonly id: string;
  readonly name: string;
  readonly type: "CREATE" | "UPDATE";
  readonly description?: string;
  readonly created: number;
  /** When its creation will be finished. */
  readonly due: number;
  readonly onStackFailure?: "ROLLBACK" | "DO_NOTHING" | "DELETE";
  readonly mode?: DeploymentMode;
  /** Starts from live resources (drift-aware). */
  readonly reverts?: true;
  /** Includes nested stacks; the ARNs of its parent and its root change set. */
  readonly nested?: true;
  readonly parent?: string;
  readonly root?: string;
  readonly deployment: Deployment;
  readonly changes: readonly ResourceChange[];
  /** Why its creation failed. */
  readonly failure?: string;
  /** Why not all property values are shown. */
  readonly warning?: string;
  /** What early validation found, for DescribeEvents. */
  readonly findings: readonly ValidationFinding[];
  readonly token?: string;
  /** The stack was updated by other means since. */
  obsolete?: true;
};

/** The DeploymentConfig of a call. */
export type DeploymentMode = { readonly express: boolean; readonly disableRollback: boolean };

export type ValidationFinding = {
  readonly logicalId: string;
  readonly type: string;
  readonly validation: string;
  readonly mode: "FAIL" | "WARN";
  readonly path: string;
  readonly reason: string;
};

export type SimulatedStack = {
  readonly id: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  status: string;
  reason?: string;
  detailed?: string;
  readonly created: number;
  updated?: number;
  deleted?: number;
  /** What it was last deployed from; absent in REVIEW_IN_PROGRESS. */
  deployed?: Deployment;
  /** The operation that failed, to be continued or rolled back. */
  parked?: StackOperation;
  disableRollback: boolean;
  /** Created with OnFailure DO_NOTHING: it cannot be updated after a failed creation. */
  givenUp?: true;
  mode?: DeploymentMode;
  terminationProtection: boolean;
  policy?: string;
  readonly resources: { [logicalId: string]: SimulatedResource };
  /** Counts the resources created under each logical id. */
  readonly incarnations: { [logicalId: string]: number };
  outputs: StackOutput[];
  readonly events: SimulatedEvent[];
  readonly changeSets: SimulatedChangeSet[];
  operation?: StackOperation;
  lastOperation?: string;
  /** What it was. */
  lastKind?: StackOperation["kind"];
  /** ARN of the change set executed last. */
  executed?: string;
  /** Executed change sets and their operations: found by ARN only. */
  executions?: readonly { readonly changeSet: SimulatedChangeSet; readonly operation: string }[];
  /** The ARNs of its parent and root stack. */
  parent?: string;
  root?: string;
  signals?: { [logicalId: string]: readonly Signal[] };
  /** Client request tokens already used: kind and token, separated by a space. */
  readonly tokens: string[];
  /** The properties that events show, as JSON, and the index of the last for each logical id. */
  told?: { readonly texts: string[]; readonly last: { [logicalId: string]: number } };
  drift?: { readonly id: string; readonly at: number; readonly status: string; readonly drifted: number };
};

/** The type of nested stacks. */
export const NESTED = "AWS::CloudFormation::Stack";
