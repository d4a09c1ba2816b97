import { described, made, parameter, type Recording, template, topic } from "./recording.ts";

/** What is recorded of templates and their functions. */
export const TEMPLATES: readonly Recording[] = [
  {
    says: "Fn::GetAtt reads a plain property",
    where: "localstack: test_change_set_fn_get_attr.py::test_resource_addition",
    recorded: "2025-04-08",
    steps: [
      made(
        template(
          { A: topic({ DisplayName: "orders" }), B: parameter({ "Fn::GetAtt": ["A", "DisplayName"] }, {}) },
          { Outputs: { Name: { Value: { "Fn::GetAtt": "A.DisplayName" } } } },
        ),
      ),
      described({ StackStatus: "CREATE_COMPLETE", Outputs: [{ OutputKey: "Name", OutputValue: "orders" }] }),
    ],
  },
  {
    says: "a dynamic reference may be put together of parts",
    where: "localstack: test_template_engine.py::TestSsmParameters::test_resolve_ssm",
    recorded: "2025-09-24",
    steps: [
      { call: "ssm:PutParameter", with: { Name: "named", Value: "orders", Type: "String" } },
      made(
        template(
          { A: topic({ TopicName: { "Fn::Join": ["", ["{{resolve:ssm:", { Ref: "Name" }, "}}"]] } }) },
          {
            Parameters: { Name: { Type: "String", Default: "named" } },
            Outputs: { Name: { Value: { "Fn::GetAtt": ["A", "TopicName"] } } },
          },
        ),
      ),
      described({ Outputs: [{ OutputKey: "Name", OutputValue: "orders" }] }),
    ],
  },
  {
    says: "a text is of the type that its property has, a number and a yes too",
    where: "localstack: test_template_engine.py::TestTypes::test_implicit_type_conversion",
    recorded: "2025-08-27",
    steps: [
      made(
        template({
          A: {
            Type: "AWS::SQS::Queue",
            Properties: { QueueName: "orders.fifo", FifoQueue: "true", DelaySeconds: "2" },
          },
        }),
      ),
      {
        call: "sqs:GetQueueAttributes",
        with: { QueueUrl: "https://sqs.us-east-1.amazonaws.com/ACCOUNT/orders.fifo", AttributeNames: ["All"] },
        gives: {
          Attributes: {
            ContentBasedDeduplication: "false",
            DeduplicationScope: "queue",
            DelaySeconds: "2",
            FifoQueue: "true",
            FifoThroughputLimit: "perQueue",
            MaximumMessageSize: "1048576",
          },
        },
      },
    ],
  },
  {
    says: "an output of a property that is read from a secret is the secret's value",
    where: "localstack: test_template_engine.py::TestSecretsManagerParameters::test_resolve_secretsmanager",
    recorded: "2024-07-18",
    steps: [
      { call: "secretsmanager:CreateSecret", with: { Name: "named", SecretString: "orders" } },
      made(
        template(
          { A: topic({ DisplayName: "{{resolve:secretsmanager:named:SecretString:::}}" }) },
          { Outputs: { Name: { Value: { "Fn::GetAtt": ["A", "DisplayName"] } } } },
        ),
      ),
      described({ Outputs: [{ OutputKey: "Name", OutputValue: "orders" }] }),
    ],
  },
  {
    says: "a template whose resources are no object is told so",
    where: "localstack: test_stacks.py::test_linting_error_during_creation",
    recorded: "2022-11-11",
    steps: [
      {
        call: "cloudformation:CreateStack",
        with: { StackName: "one", TemplateBody: JSON.stringify({ Resources: "", Outputs: "" }) },
        refused: "ValidationError: Template format error: Any Resources member must be an object.",
      },
    ],
  },
  {
    says: "JSON that is none is told with the place behind the wrong sign",
    where: "localstack: test_templates.py::test_validate_invalid_json_template_should_fail",
    recorded: "2024-06-18",
    steps: [
      {
        call: "cloudformation:ValidateTemplate",
        with: { TemplateBody: '{"this is invalid JSON"}' },
        refused: "ValidationError: Template format error: JSON not well-formed. (line 1, column 25)",
      },
    ],
  },
  {
    says: "a processed template has its functions worked out as far as they are known before the stack is made",
    where: "localstack: test_transformers.py::TestLanguageExtensionsTransform::test_transform_length",
    recorded: "2025-07-04",
    steps: [
      made(
        template(
          { A: parameter({ "Fn::Length": { Ref: "Names" } }) },
          {
            Transform: "AWS::LanguageExtensions",
            Parameters: { Names: { Type: "CommaDelimitedList", Default: "a,b,c" } },
            Outputs: { Name: { Value: { Ref: "A" } } },
          },
        ),
        { Capabilities: ["CAPABILITY_AUTO_EXPAND"] },
      ),
      {
        call: "cloudformation:GetTemplate",
        with: { StackName: "one", TemplateStage: "Processed" },
        gives: { TemplateBody: /"Value":3.*"Name":\{"Value":\{"Ref":"A"\}\}/ },
      },
    ],
  },
  {
    says: "a parameter without allowed values has no list of them",
    where: "localstack: test_kinesis.py::test_describe_template",
    recorded: "2023-05-22",
    steps: [
      {
        call: "cloudformation:GetTemplateSummary",
        with: { TemplateBody: template({ A: topic() }, { Parameters: { Name: { Type: "String" } } }) },
        gives: { Parameters: [{ ParameterKey: "Name", ParameterType: "String", NoEcho: false }] },
        lacks: ["Parameters.0.ParameterConstraints.AllowedValues", "Capabilities"],
      },
    ],
  },
  {
    says: "what is needed and declared is left out of an answer where there is none",
    where: "localstack: test_templates.py::test_validate_template",
    recorded: "2024-06-18",
    steps: [
      {
        call: "cloudformation:ValidateTemplate",
        with: { TemplateBody: template({ A: topic() }) },
        gives: { Parameters: [] },
        lacks: ["Capabilities", "DeclaredTransforms"],
      },
    ],
  },
  {
    says: "the parts of the stack's own id can be split off and chosen",
    where: "localstack: test_references.py::TestPseudoParameters::test_stack_id",
    recorded: "2025-09-24",
    steps: [
      {
        call: "cloudformation:CreateChangeSet",
        with: {
          StackName: "one",
          ChangeSetName: "change",
          ChangeSetType: "CREATE",
          TemplateBody: template({
            A: parameter({ "Fn::Select": [2, { "Fn::Split": ["/", { Ref: "AWS::StackId" }] }] }),
          }),
        },
        awaits: "one change",
      },
      {
        call: "cloudformation:DescribeChangeSet",
        with: { StackName: "one", ChangeSetName: "change" },
        gives: { Status: "CREATE_COMPLETE" },
      },
    ],
  },
];
