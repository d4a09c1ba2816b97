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
