import type { JsonObject } from "../../template/types.ts";
import type { ResourceFault } from "./faults.ts";
import type { WorkloadKind } from "./workload.ts";

/** What a stack is (or is to be) made from. */
export type Deployment = {
  /** Name of the blob with the template, transforms carried out. */
  readonly template: string;
  /** Name of the blob with the template as it was sent, where a transform made another of it. */
  readonly original?: string;
  readonly parameters: { readonly [key: string]: string };
  /** What stood in Parameter Store, by template parameter, when the call was made. */
  readonly stored?: { readonly [key: string]: StoredValue };
  readonly tags: { readonly [key: string]: string };
  readonly capabilities: readonly string[];
  readonly notifications: readonly string[];
  readonly role?: string;
  readonly timeoutMinutes?: number;
  readonly rollback?: JsonObject;
  /** Takes over what is there already under a resource's name. */
  readonly adopts?: true;
};

/** A value as it stood in Parameter Store; `stamp` is another whenever it was written anew. */
export type StoredValue = { readonly value: string; readonly stamp: string };

/** A resource as its stack knows it. */
export type SimulatedResource = {
  readonly logicalId: string;
  readonly type: string;
  physicalId: string;
  /** The resource's id in its service, where it is not the physical id. */
  key?: string;
  status: string;
  reason?: string;
  at: number;
  /** As last sent to the service, every reference resolved. */
  properties: JsonObject;
  /** The same as the history tells it, where secret parameters are in it. */
  told?: JsonObject;
  attributes: JsonObject;
  /** Logical ids that must be gone after it. */
  dependsOn: readonly string[];
  deletionPolicy?: string;
  updateReplacePolicy?: string;
  metadata?: JsonObject;
  /** Its configuration is complete: others may use it although it is still being checked. */
  configured?: true;
  /** How often something was made under this logical id. */
  incarnation: number;
  drift?: { readonly status: string; readonly at: number; readonly actual?: JsonObject };
};

export type StackOutput = {
  readonly key: string;
  readonly value: string;
  readonly description?: string;
  readonly exportName?: string;
};

/** One line of a stack's history, as DescribeStackEvents tells it. */
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
  /** Which of the stack's `told` texts its resource's properties are. */
  readonly properties?: number;
};

/** `put` makes, changes or leaves alone, whichever its properties ask for when its turn comes. */
type TaskKind = "put" | "restore" | "delete";

/** What a fault does to a resource; the reason is AWS's, should it fail. */
type Trouble = {
  readonly effect: NonNullable<ResourceFault["effect"]> | "workload";
  readonly reason: string;
  /** How an ECS service's next rollout goes. */
  readonly workload?: WorkloadKind;
};

/** One resource's part of a stack operation. */
export type ResourceTask = {
  readonly logicalId: string;
  readonly kind: TaskKind;
  /** For a `delete` of something that is no longer (or not only) the stack's current resource. */
  readonly old?: SimulatedResource;
  readonly needs: readonly string[];
  state: "waiting" | "begun" | "initiated" | "settling" | "done" | "failed" | "cancelled";
  /** What a begun task turned out to be. */
  doing?: "create" | "update" | "replace" | "delete";
  started?: number;
  /** When its next step is due (virtual milliseconds). */
  due?: number;
  /** It will not go well. */
  trouble?: Trouble;
  /** It is over when the nested stack's operation is. */
  waitsForChild?: boolean;
  /** Its service waits for somebody else, until `due`. */
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

/** A running stack operation: data only, so that it can be saved and taken up again at any point. */
export type StackOperation = {
  readonly id: string;
  readonly kind: "create" | "update" | "delete" | "rollback" | "continue";
  /** It is the stack's first: undoing it removes everything. */
  readonly creating: boolean;
  readonly token?: string;
  stage: OperationStage;
  tasks: { [key: string]: ResourceTask };
  readonly target?: Deployment;
  /** Resources as they were before this operation touched them. */
  readonly before: { [logicalId: string]: SimulatedResource };
  /** Logical ids that did not exist before. */
  readonly made: string[];
  /** Physical resources to delete once the stack is where it should be. */
  superseded: SimulatedResource[];
  readonly retain: readonly string[];
  readonly forced?: boolean;
  /** What it made goes again when it is undone, whatever its DeletionPolicy says. */
  readonly retainExceptOnCreate?: true;
  /** A resource is complete as soon as its service has the request ("Deploy stacks faster with express mode"). */
  readonly express?: true;
  readonly skip: readonly string[];
  readonly onFailure: "ROLLBACK" | "DO_NOTHING" | "DELETE";
  /** What resources of this operation will come to, by logical id. */
  readonly troubles: { [logicalId: string]: Trouble };
  expires?: number;
  /** The alarm that it was stopped by, in words. */
  alarm?: string;
  /** All is done, and alarms are watched until then (virtual milliseconds). */
  watched?: number;
  /** Replaces the stack's policy while this operation runs. */
  readonly policyDuringUpdate?: string;
  /** Is the stack's policy once this operation succeeded. */
  readonly policyAfter?: string;
  failed: { create: string[]; update: string[]; delete: string[] };
  /** Why it ends although no resource failed: cancelled, timed out, an output that cannot be. */
  stopped?: string;
};

/** One change of a change set, in the words of the API's ResourceChange. */
export type ResourceChange = {
  readonly action: "Add" | "Modify" | "Remove" | "Import";
  readonly policyAction?: string;
  readonly logicalId: string;
  readonly physicalId?: string;
  readonly type: string;
  readonly replacement?: "True" | "False" | "Conditional";
  /** In a drift-aware change set: how what is really there compares with what the stack made. */
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
  /** It is told only where property values are asked for too, or only where they are not. */
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
  /** Starts from what is really there. */
  readonly reverts?: true;
  /** Looks into nested stacks too; those it is nested in, the next and the outermost, by their ARNs. */
  readonly nested?: true;
  readonly parent?: string;
  readonly root?: string;
  readonly deployment: Deployment;
  readonly changes: readonly ResourceChange[];
  /** Why it could not be made. */
  readonly failure?: string;
  /** Why not all property values are told. */
  readonly warning?: string;
  /** What early validation found, for DescribeEvents. */
  readonly findings: readonly ValidationFinding[];
  readonly token?: string;
  /** The stack was updated without it since. */
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
  /** What it was last made from; absent while it is under review. */
  deployed?: Deployment;
  /** The operation that stopped half-way, for what continues or undoes it. */
  parked?: StackOperation;
  disableRollback: boolean;
  /** Was made with OnFailure DO_NOTHING: it cannot be mended once that failed. */
  givenUp?: true;
  mode?: DeploymentMode;
  terminationProtection: boolean;
  policy?: string;
  readonly resources: { [logicalId: string]: SimulatedResource };
  /** How often something was made under each logical id. */
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
  /** Change sets that were executed, and the operation that each began: they are found by their ARNs only. */
  executions?: readonly { readonly changeSet: SimulatedChangeSet; readonly operation: string }[];
  /** The stacks it is nested in: the next, and the outermost. */
  parent?: string;
  root?: string;
  signals?: { [logicalId: string]: readonly Signal[] };
  /** Operations already acted upon: kind and token, a space between them. */
  readonly tokens: string[];
  /** The properties that the history tells of, as JSON, and which of them were told last of each logical id. */
  told?: { readonly texts: string[]; readonly last: { [logicalId: string]: number } };
  drift?: { readonly id: string; readonly at: number; readonly status: string; readonly drifted: number };
};

/** The type of a stack within a stack. */
export const NESTED = "AWS::CloudFormation::Stack";
