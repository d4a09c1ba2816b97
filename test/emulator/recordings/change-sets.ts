import { changed, described, executed, looked, made, parameter, type Recording, template, topic } from "./recording.ts";

const UNKNOWN = "{{changeSet:KNOWN_AFTER_APPLY}}";
const CREATE = { ChangeSetType: "CREATE" };

/** A context as it is told, whatever else is in it. */
const context = (properties: object) =>
  new RegExp(
    JSON.stringify({ Properties: properties })
      .slice(0, -1)
      .replaceAll(/[{}[\].]/g, "\\$&"),
  );

const exporter = template(
  { A: parameter("1") },
  { Outputs: { Value: { Value: "shared", Export: { Name: "shared" } } } },
);
const importer = template({ A: parameter({ "Fn::ImportValue": "shared" }) });
const imports = changed(
  importer,
  {
    Status: "CREATE_COMPLETE",
    ExecutionStatus: "AVAILABLE",
    StatusReason:
      "[WARN] --include-property-values option can return incomplete ChangeSet data because: ChangeSet creation failed for resource [A] because: No export named shared",
    Changes: [{ ResourceChange: { Action: "Add", AfterContext: context({ Type: "String", Value: UNKNOWN }) } }],
  },
  { with: CREATE },
);

/** A topic whose name a map gives. */
const mapped = (Environment: string) => ({
  TemplateBody: template(
    { A: topic({ TopicName: { "Fn::FindInMap": ["Names", { Ref: "Environment" }, "Name"] } }) },
    {
      Parameters: { Environment: { Type: "String", Default: Environment } },
      Mappings: { Names: { prod: { Name: "orders" } } },
    },
  ),
});

/** Something that a condition leaves out, and who reads it. */
const leftOut = (Value: object) => ({
  TemplateBody: template(
    { A: topic({}, { Condition: "Never" }), B: parameter(Value) },
    { Conditions: { Never: { "Fn::Equals": ["a", "b"] } } },
  ),
});

const chain = { A: parameter("root"), B: parameter({ Ref: "A" }), C: parameter({ Ref: "B" }) };

const create = (input: object, refused: string) => ({
  call: "cloudformation:CreateChangeSet",
  with: { StackName: "one", ChangeSetName: "change", ...CREATE, ...input },
  refused,
});

/** What is recorded of change sets. */
export const CHANGE_SETS: readonly Recording[] = [
  {
    says: "a change set that imports what nobody exports is complete, says so, and does not know the value",
    where: "localstack: test_change_set_exports_imports.py::test_describe_change_set_import_non_existent_export",
    recorded: "2025-08-05",
    steps: [
      ...imports,
      { ...looked(false, { Status: "CREATE_COMPLETE" }), lacks: ["StatusReason", "Parameters", "Tags"] },
      executed,
      described({ StackStatus: "ROLLBACK_COMPLETE" }, ["ChangeSetId", "Outputs", "Parameters", "Capabilities"]),
    ],
  },
  {
    says: "it succeeds when the export is there by the time it is executed",
    where:
      "localstack: test_change_set_exports_imports.py::test_describe_change_set_import_non_existent_export_then_create",
    recorded: "2025-08-05",
    steps: [
      ...imports,
      { call: "cloudformation:CreateStack", with: { StackName: "two", TemplateBody: exporter }, awaits: "two" },
      executed,
      described({ StackStatus: "CREATE_COMPLETE", ChangeSetId: /:changeSet\/change\// }),
    ],
  },
  {
    says: "a missing key of a map refuses the call that makes a change set",
    where: "localstack: test_mappings.py::test_mapping_with_nonexisting_key",
    recorded: "2023-06-12",
    steps: [
      create(mapped("dev"), "ValidationError: Template error: Unable to get mapping for Names::dev::Name"),
      {
        call: "cloudformation:DescribeStacks",
        with: { StackName: "one" },
        refused: "ValidationError: Stack with id one does not exist",
      },
    ],
  },
  {
    says: "so does a Ref to what a condition leaves out",
    where: "localstack: test_conditions.py::test_dependent_ref",
    recorded: "2023-06-26",
    steps: [
      create(
        leftOut({ Ref: "A" }),
        "ValidationError: Template format error: Unresolved resource dependencies [A] in the Resources block of the template",
      ),
    ],
  },
  {
    says: "and an Fn::GetAtt of it",
    where: "localstack: test_conditions.py::test_dependent_get_att",
    recorded: "2025-09-30",
    steps: [
      create(
        leftOut({ "Fn::GetAtt": ["A", "TopicName"] }),
        "ValidationError: Template format error: Unresolved resource dependencies [A] in the Resources block of the template",
      ),
    ],
  },
  {
    says: "and an output of it",
    where: "localstack: test_conditions.py::test_output_reference_to_skipped_resource",
    recorded: "2023-06-27",
    steps: [
      create(
        {
          TemplateBody: template(
            { A: topic({}, { Condition: "Never" }), B: topic() },
            { Conditions: { Never: { "Fn::Equals": ["a", "b"] } }, Outputs: { Arn: { Value: { Ref: "A" } } } },
          ),
        },
        "ValidationError: Unresolved resource dependencies [A] in the Outputs block of the template",
      ),
    ],
  },
  {
    says: "a new stack of which conditions leave nothing has a change set without changes, and is made",
    where: "localstack: test_conditions.py::test_simple_condition_evaluation_doesnt_deploy_resource",
    recorded: "2023-06-12",
    steps: [
      ...changed(
        template({ A: topic({}, { Condition: "Never" }) }, { Conditions: { Never: { "Fn::Equals": ["a", "b"] } } }),
        { Status: "CREATE_COMPLETE", ExecutionStatus: "AVAILABLE", Changes: [] },
        { with: CREATE },
      ),
      executed,
      described({ StackStatus: "CREATE_COMPLETE" }),
    ],
  },
  {
    says: "what goes does not tell what it read of others, whether they stay or go",
    where: "localstack: test_stacks.py::test_stack_deletion_order",
    recorded: "2025-08-01",
    steps: [
      made(template(chain)),
      ...changed(template({ A: chain.A }), {
        Changes: [
          {
            ResourceChange: {
              LogicalResourceId: "B",
              Action: "Remove",
              BeforeContext: context({ Type: "String", Value: UNKNOWN }),
            },
          },
          {
            ResourceChange: {
              LogicalResourceId: "C",
              Action: "Remove",
              BeforeContext: context({ Type: "String", Value: UNKNOWN }),
            },
          },
        ],
      }),
    ],
  },
  {
    says: "changes come by logical id, a longer one before what it begins with",
    where: "localstack: test_cdk.py::test_cdk_bootstrap_redeploy",
    recorded: "2025-08-07",
    steps: [
      ...changed(
        template({
          StagingBucket: topic(),
          Role: topic(),
          StagingBucketPolicy: topic(),
          RolePolicy: topic(),
          Bus: topic(),
        }),
        {
          Changes: ["Bus", "RolePolicy", "Role", "StagingBucketPolicy", "StagingBucket"].map((LogicalResourceId) => ({
            ResourceChange: { LogicalResourceId },
          })),
        },
        { with: CREATE },
      ),
    ],
  },
  {
    says: "tags and metadata that read a changed parameter are told as properties are: by the parameter, and by themselves",
    where: "localstack: test_stacks.py::test_no_echo_parameter",
    recorded: "2025-08-15",
    steps: [
      made(secretive("a")),
      ...changed(
        secretive("a"),
        {
          Changes: [
            {
              ResourceChange: {
                Scope: ["Metadata", "Properties"],
                Details: [
                  {
                    Evaluation: "Static",
                    ChangeSource: "ParameterReference",
                    CausingEntity: "Secret",
                    Target: { Attribute: "Properties", Name: "Tags", RequiresRecreation: "Never" },
                  },
                  {
                    Evaluation: "Dynamic",
                    ChangeSource: "DirectModification",
                    Target: { Attribute: "Properties", Name: "Tags" },
                  },
                  {
                    Evaluation: "Static",
                    ChangeSource: "ParameterReference",
                    CausingEntity: "Secret",
                    Target: { Attribute: "Metadata", RequiresRecreation: "Never" },
                  },
                  { Evaluation: "Dynamic", ChangeSource: "DirectModification", Target: { Attribute: "Metadata" } },
                ],
              },
            },
          ],
        },
        { with: { Parameters: [{ ParameterKey: "Secret", ParameterValue: "b" }] } },
      ),
    ],
  },
  {
    says: "a list that is split of what is not known yet is warned of where it is joined",
    where: "localstack: test_change_set_fn_split.py::test_fn_split_with_get_att",
    recorded: "2025-06-02",
    steps: [
      ...changed(
        template({
          A: topic({ DisplayName: "a-b" }),
          B: topic({
            DisplayName: { "Fn::Join": ["_", { "Fn::Split": ["-", { "Fn::GetAtt": ["A", "DisplayName"] }] }] },
          }),
        }),
        {
          StatusReason:
            /creation failed for resource \[B\] because: Template error: every Fn::Join object requires two/,
          Changes: [
            { ResourceChange: { LogicalResourceId: "A" } },
            { ResourceChange: { LogicalResourceId: "B", AfterContext: context({ DisplayName: UNKNOWN }) } },
          ],
        },
        { with: CREATE },
      ),
      executed,
      described({ StackStatus: "CREATE_COMPLETE" }),
    ],
  },
  {
    says: "nothing of a joined text is told as long as a part of it is not known",
    where: "localstack: test_change_set_fn_join.py::TestChangeSetFnJoin::test_update_refence_argument",
    recorded: "2025-05-05",
    steps: changed(
      template({
        A: topic({ DisplayName: "a" }),
        B: topic({ DisplayName: { "Fn::Join": ["-", ["prefix", { "Fn::GetAtt": ["A", "DisplayName"] }]] } }),
      }),
      {
        Changes: [
          { ResourceChange: { LogicalResourceId: "A" } },
          { ResourceChange: { LogicalResourceId: "B", AfterContext: context({ DisplayName: UNKNOWN }) } },
        ],
      },
      { with: CREATE },
    ),
  },
  {
    says: "CreateStack takes a stack under review, whose change set is obsolete then",
    where: "localstack: test_changesets.py::test_create_while_in_review",
    recorded: "2023-11-22",
    steps: [
      ...changed(template({ A: parameter("1") }), { ExecutionStatus: "AVAILABLE" }, { with: CREATE }),
      made(template({ A: parameter("1") })),
      described({ StackStatus: "CREATE_COMPLETE" }, ["ChangeSetId"]),
      looked(false, { Status: "CREATE_COMPLETE", ExecutionStatus: "OBSOLETE" }),
    ],
  },
  {
    says: "a parameter whose default changes is told by the parameter and by itself",
    where: "localstack: test_changesets.py::test_create_change_set_update_without_parameters",
    recorded: "2022-05-31",
    since:
      "localstack's test_change_set_parameters.py::test_update_parameter_default_value, recorded in 2025, has two details where this one had one",
    steps: [
      made(defaulted("before")),
      ...changed(defaulted("after"), {
        Changes: [
          {
            ResourceChange: {
              Replacement: "True",
              Details: [
                { Evaluation: "Static", ChangeSource: "ParameterReference", CausingEntity: "Name" },
                { Evaluation: "Dynamic", ChangeSource: "DirectModification" },
              ],
            },
          },
        ],
      }),
    ],
  },
];

function secretive(Default: string): string {
  const Properties = { Tags: [{ Key: "a", Value: { Ref: "Secret" } }] };
  const bucket = { Type: "AWS::S3::Bucket", Properties, Metadata: { Said: { Ref: "Secret" } } };
  return template({ A: bucket }, { Parameters: { Secret: { Type: "String", Default } } });
}

function defaulted(Default: string): string {
  return template({ A: topic({ TopicName: { Ref: "Name" } }) }, { Parameters: { Name: { Type: "String", Default } } });
}
