"""What is told of templates: their text, their summary, whether they are sound."""

import json

from asking import HANDLE, QUEUE, parameter, question, refused, resources, role, same

DESCRIBED = {
    "AWSTemplateFormatVersion": "2010-09-09",
    "Description": "mine",
    "Metadata": {"Owner": "ada"},
    "Parameters": {
        "Name": {"Type": "String", "Default": "d", "Description": "a name", "AllowedValues": ["d", "e"]},
        "Secret": {"Type": "String", "NoEcho": True},
    },
    **resources(Queue=QUEUE, P=parameter({"Ref": "Name"})),
}


def plain(value):
    return json.loads(json.dumps(value))


@question("API Reference, GetTemplate")
def a_stack_gives_its_template_back(aws):
    template = resources(Queue=QUEUE)
    aws.create("one", template)
    found = aws.cfn.get_template(StackName="one")
    same(plain(found["TemplateBody"]), template)
    same(found["StagesAvailable"], ["Original", "Processed"])
    same(plain(aws.cfn.get_template(StackName="one", TemplateStage="Processed")["TemplateBody"]), template)


@question("API Reference, GetTemplate: YAML stays YAML")
def yaml_is_given_back_as_it_was(aws):
    text = "# mine\nResources:\n  Handle:\n    Type: AWS::CloudFormation::WaitConditionHandle\n"
    aws.create("one", text)
    same(aws.cfn.get_template(StackName="one")["TemplateBody"], text)


@question("API Reference, GetTemplate: deleted stacks, up to 90 days")
def a_deleted_stack_gives_its_template_too(aws):
    made = aws.create("one", resources(Handle=HANDLE))
    aws.delete("one")
    same(plain(aws.cfn.get_template(StackName=made["StackId"])["TemplateBody"]), resources(Handle=HANDLE))


@question("API Reference, ValidateTemplate")
def a_sound_template_is_described(aws):
    found = aws.cfn.validate_template(TemplateBody=json.dumps(DESCRIBED))
    same(found["Description"], "mine")
    same(
        sorted(found["Parameters"], key=lambda one: one["ParameterKey"]),
        [
            {"ParameterKey": "Name", "DefaultValue": "d", "NoEcho": False, "Description": "a name"},
            {"ParameterKey": "Secret", "NoEcho": True},
        ],
    )


@question("API Reference, ValidateTemplate: Capabilities, CapabilitiesReason")
def capabilities_are_told_with_their_reason(aws):
    found = aws.cfn.validate_template(TemplateBody=json.dumps(resources(Role=role())))
    same(found["Capabilities"], ["CAPABILITY_IAM"])
    same(found["CapabilitiesReason"], "The following resource(s) require capabilities: [AWS::IAM::Role]")
    found = aws.cfn.validate_template(TemplateBody=json.dumps(resources(Role=role(RoleName="mine"))))
    same(found["Capabilities"], ["CAPABILITY_NAMED_IAM"])


@question("API Reference, ValidateTemplate: Errors")
def an_unsound_template_is_refused(aws):
    call, code = aws.cfn.validate_template, "ValidationError"
    refused(call, code, "Template format error: JSON not well-formed. (line 1, column", TemplateBody='{"Resources" 1}')
    refused(call, code, "At least one Resources member must be defined.", TemplateBody="{}")
    body = json.dumps(resources(P=parameter({"Ref": "Nobody"})))
    refused(call, code, "Unresolved resource dependencies [Nobody]", TemplateBody=body)


@question("API Reference, GetTemplateSummary")
def a_template_is_summarised(aws):
    found = aws.cfn.get_template_summary(TemplateBody=json.dumps(DESCRIBED))
    same(set(found["ResourceTypes"]), {"AWS::SQS::Queue", "AWS::SSM::Parameter"})
    same((found["Description"], found["Version"], json.loads(found["Metadata"])), ("mine", "2010-09-09", {"Owner": "ada"}))
    name = next(one for one in found["Parameters"] if one["ParameterKey"] == "Name")
    same(
        name,
        {
            "ParameterKey": "Name",
            "DefaultValue": "d",
            "ParameterType": "String",
            "NoEcho": False,
            "Description": "a name",
            "ParameterConstraints": {"AllowedValues": ["d", "e"]},
        },
    )


@question("API Reference, GetTemplateSummary: of a stack")
def a_stack_is_summarised(aws):
    aws.create("one", resources(Role=role()), Capabilities=["CAPABILITY_IAM"])
    found = aws.cfn.get_template_summary(StackName="one")
    same((found["ResourceTypes"], found["Capabilities"]), (["AWS::IAM::Role"], ["CAPABILITY_IAM"]))
    refused(aws.cfn.get_template_summary, "ValidationError", "Stack with id nobody does not exist", StackName="nobody")
    aws.change_set("two", resources(Handle=HANDLE), kind="CREATE")
    words = "GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks."
    refused(aws.cfn.get_template_summary, "ValidationError", words, StackName="two")


@question("API Reference, GetTemplateSummary: DeclaredTransforms")
def transforms_are_told(aws):
    template = {"Transform": "AWS::LanguageExtensions", **resources(Handle=HANDLE)}
    found = aws.cfn.get_template_summary(TemplateBody=json.dumps(template))
    same(found["DeclaredTransforms"], ["AWS::LanguageExtensions"])
    same(found["Capabilities"], ["CAPABILITY_AUTO_EXPAND"])


@question("API Reference, EstimateTemplateCost")
def a_template_can_be_estimated(aws):
    found = aws.cfn.estimate_template_cost(TemplateBody=json.dumps(resources(Queue=QUEUE)))
    assert found["Url"].startswith("http")


@question("API Reference, GetTemplate: neither StackName nor ChangeSetName")
def a_template_of_nothing_is_refused(aws):
    words = "StackName is required if ChangeSetName is not specified."
    refused(aws.cfn.get_template, "ValidationError", words)
