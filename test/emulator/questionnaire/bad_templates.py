"""Templates that CloudFormation refuses at the call, and in which words."""

import json

from asking import HANDLE, QUEUE, parameter, question, queue, refused, resources

PLAIN = resources(Handle=HANDLE)


@question("User Guide, Troubleshooting: Template validation (unresolved dependencies)")
def an_undefined_ref_is_refused(aws):
    template = resources(Queue=queue(QueueName={"Ref": "Nobody"}))
    words = "Template format error: Unresolved resource dependencies [Nobody] in the Resources block of the template"
    refused(aws.start, "ValidationError", words, name="one", template=template)
    assert not aws.cfn.list_stacks()["StackSummaries"]


@question("Template Reference, DependsOn attribute")
def an_undefined_dependency_is_refused(aws):
    words = "Template format error: Unresolved resource dependencies [Nobody] in the Resources block of the template"
    refused(
        aws.start, "ValidationError", words, name="one", template=resources(Handle={**HANDLE, "DependsOn": "Nobody"})
    )


@question("Template Reference, Outputs")
def an_undefined_ref_in_an_output_is_refused(aws):
    template = {**PLAIN, "Outputs": {"Out": {"Value": {"Ref": "Nobody"}}}}
    words = "Unresolved resource dependencies [Nobody] in the Outputs block of the template"
    refused(aws.start, "ValidationError", words, name="one", template=template)


@question("Template Reference, Fn::Sub")
def an_undefined_name_in_a_sub_is_refused(aws):
    template = resources(Queue=queue(QueueName={"Fn::Sub": "q-${Nobody}"}))
    refused(
        aws.start, "ValidationError", "Unresolved resource dependencies [Nobody]", name="one", template=template
    )


@question("Template Reference, Fn::GetAtt")
def an_attribute_of_an_undefined_resource_is_refused(aws):
    template = resources(Queue=queue(QueueName={"Fn::GetAtt": ["Nobody", "Arn"]}))
    words = "Template error: instance of Fn::GetAtt references undefined resource Nobody"
    refused(aws.start, "ValidationError", words, name="one", template=template)


@question("User Guide, Troubleshooting: Circular dependency error")
def a_circle_of_dependencies_is_refused(aws):
    template = resources(A=queue(QueueName={"Ref": "B"}), B=queue(QueueName={"Ref": "A"}))
    words = refused(
        aws.start, "ValidationError", "Circular dependency between resources: [", name="one", template=template
    )
    assert "A" in words and "B" in words


@question("User Guide, Troubleshooting: Template format error, unrecognized resource types")
def an_unknown_type_is_refused(aws):
    words = "Template format error: Unrecognized resource types: [AWS::SQS::Pigeon]"
    refused(aws.start, "ValidationError", words, name="one", template=resources(A={"Type": "AWS::SQS::Pigeon"}))


@question("Template Reference, Resources: Type is required")
def a_resource_without_a_type_is_refused(aws):
    words = "Template format error: [/Resources/A] Every Resources object must contain a Type member."
    refused(aws.start, "ValidationError", words, name="one", template=resources(A={"Properties": {}}))


@question("Template Reference, Resources")
def a_resource_that_is_no_object_is_refused(aws):
    words = "Template format error: Any Resources member must be an object."
    refused(aws.start, "ValidationError", words, name="one", template=resources(A="queue"))


@question("Template Reference, Resources: resource attributes")
def an_unknown_resource_attribute_is_refused(aws):
    template = resources(A={**QUEUE, "Colour": "red"})
    refused(
        aws.start, "ValidationError", "Invalid template resource property 'Colour'", name="one", template=template
    )


@question("Template Reference, Resources: logical ID is alphanumeric")
def a_logical_id_has_letters_and_digits_only(aws):
    template = resources(**{"my-queue": QUEUE})
    words = "Template format error: Resource name my-queue is non alphanumeric."
    refused(aws.start, "ValidationError", words, name="one", template=template)


@question("Template Reference, Resources section is required")
def a_template_has_resources(aws):
    words = "Template format error: At least one Resources member must be defined."
    refused(aws.start, "ValidationError", words, name="one", template={"Description": "nothing"})
    refused(aws.start, "ValidationError", words, name="one", template={"Resources": {}})


@question("Template Reference, Template sections")
def an_unknown_section_is_refused(aws):
    template = {**PLAIN, "Colours": {}}
    words = "Invalid template property or properties [Colours]"
    refused(aws.start, "ValidationError", words, name="one", template=template)


@question("Template Reference, Outputs: Value is required")
def an_output_has_a_value(aws):
    template = {**PLAIN, "Outputs": {"Out": {"Description": "nothing"}}}
    refused(
        aws.start,
        "ValidationError",
        "Template format error: Every Outputs member must contain a Value object",
        name="one",
        template=template,
    )


@question("User Guide, Troubleshooting: Template format error")
def text_that_is_no_json_is_refused(aws):
    refused(
        aws.start, "ValidationError", "Template format error: JSON not well-formed.", name="one", template="{nothing"
    )


@question("User Guide, Troubleshooting: Template format error")
def text_that_is_no_template_is_refused(aws):
    refused(aws.start, "ValidationError", "Template format error: unsupported structure.", name="one", template="hello")


@question("User Guide, Understand CloudFormation quotas: template body size in a request")
def a_template_in_a_call_has_at_most_51200_bytes(aws):
    template = {**PLAIN, "Description": "d", "Metadata": {"Filler": "x" * 51_200}}
    words = "at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to 51200"
    refused(aws.start, "ValidationError", words, name="one", template=template)
    refused(aws.cfn.validate_template, "ValidationError", words, TemplateBody=json.dumps(template))


@question("User Guide, Understand CloudFormation quotas: template body size in an S3 object")
def a_template_in_s3_may_be_larger(aws):
    aws.client("s3").create_bucket(Bucket="templates-of-mine")
    template = {**PLAIN, "Metadata": {"Filler": "x" * 60_000}}
    aws.client("s3").put_object(Bucket="templates-of-mine", Key="large.json", Body=json.dumps(template))
    url = "https://s3.us-east-1.amazonaws.com/templates-of-mine/large.json"
    made = aws.cfn.create_stack(StackName="one", TemplateURL=url)
    assert aws.settled(made["StackId"])["StackStatus"] == "CREATE_COMPLETE"


@question("User Guide, Understand CloudFormation quotas: resources in a template")
def a_template_has_at_most_500_resources(aws):
    template = resources(**{f"H{i}": {"Type": HANDLE["Type"]} for i in range(501)})
    words = "Template format error: Number of resources, 501, is greater than maximum allowed, 500"
    refused(aws.start, "ValidationError", words, name="one", template=json.dumps(template, separators=(",", ":")))


@question("API Reference, CreateStack: TemplateBody, TemplateURL")
def a_template_must_be_given(aws):
    refused(
        aws.cfn.create_stack,
        "ValidationError",
        "Either Template URL or Template Body must be specified.",
        StackName="one",
    )


@question("API Reference, CreateStack: TemplateURL")
def a_template_url_leads_to_s3(aws):
    call, code = aws.cfn.create_stack, "ValidationError"
    refused(
        call, code, "TemplateURL must be a supported URL.", StackName="one", TemplateURL="http://example.com/t.json"
    )
    refused(
        call,
        code,
        "S3 error: Domain name specified in nowhere-at-all is not a valid S3 domain",
        StackName="one",
        TemplateURL="s3://nowhere-at-all/t.json",
    )


@question("Template Reference, DeletionPolicy attribute")
def a_deletion_policy_is_one_of_those_there_are(aws):
    refused(
        aws.start, "ValidationError", "DeletionPolicy", name="one", template=resources(Q={**QUEUE, "DeletionPolicy": "Keep"})
    )


@question("Template Reference, DeletionPolicy attribute: Snapshot")
def a_queue_leaves_no_snapshot(aws):
    refused(
        aws.start, "ValidationError", "Snapshot", name="one", template=resources(Q={**QUEUE, "DeletionPolicy": "Snapshot"})
    )


@question("Template Reference, Conditions")
def an_undefined_condition_is_refused(aws):
    template = resources(Q={**QUEUE, "Condition": "Nobody"})
    refused(
        aws.start,
        "ValidationError",
        "Template format error: Unresolved condition dependency Nobody in the Resources block of the template",
        name="one",
        template=template,
    )


@question("Template Reference, Fn::If")
def an_undefined_condition_in_an_if_is_refused(aws):
    template = resources(Q=queue(QueueName={"Fn::If": ["Nobody", "a", "b"]}))
    refused(
        aws.start,
        "ValidationError",
        "Template error: unresolved condition dependency Nobody in Fn::If",
        name="one",
        template=template,
    )


@question("User Guide, Understand CloudFormation quotas: template description, 1,024 bytes")
def a_description_has_at_most_1024_bytes(aws):
    words = "Template format error: 'Description' length is greater than 1024."
    refused(aws.start, "ValidationError", words, name="one", template={"Description": "d" * 1025, **PLAIN})


@question("Template Reference, Format version")
def a_format_version_is_the_one_there_is(aws):
    words = "Template format error: 2012-10-17 is not a supported value for AWSTemplateFormatVersion."
    template = {"AWSTemplateFormatVersion": "2012-10-17", **PLAIN}
    refused(aws.start, "ValidationError", words, name="one", template=template)


@question("Template Reference, Parameters: Type")
def a_parameter_has_a_type_there_is(aws):
    template = {"Parameters": {"Name": {"Type": "Text", "Default": "a"}}, **PLAIN}
    words = "Template format error: Unrecognized parameter type: Text"
    refused(aws.start, "ValidationError", words, name="one", template=template)


@question("Template Reference, Parameters: logical names are alphanumeric")
def a_parameters_name_has_letters_and_digits_only(aws):
    template = {"Parameters": {"my-name": {"Type": "String", "Default": "a"}}, **PLAIN}
    words = "Template format error: Parameter name my-name is non alphanumeric."
    refused(aws.start, "ValidationError", words, name="one", template=template)


@question("Template Reference, Mappings: two levels, values are strings or lists")
def a_mapping_has_two_levels(aws):
    words = "Template format error: Every Mappings attribute must be a String or a List."
    template = {"Mappings": {"Map": {"a": {"b": {"c": "d"}}}}, **PLAIN}
    refused(aws.start, "ValidationError", words, name="one", template=template)
    words = "Template format error: Every Mappings member Map must be a map"
    refused(aws.start, "ValidationError", words, name="one", template={"Mappings": {"Map": "a"}, **PLAIN})


@question("User Guide, Template format error: null values are not allowed in templates")
def a_template_has_no_null_values(aws):
    words = "[/Resources/Q/Properties/QueueName] 'null' values are not allowed in templates"
    refused(aws.start, "ValidationError", words, name="one", template=resources(Q=queue(QueueName=None)))


@question("User Guide, Circular dependency error: a resource depends on itself")
def a_resource_does_not_depend_on_itself(aws):
    template = resources(A={**QUEUE, "DependsOn": "A"})
    refused(aws.start, "ValidationError", "Circular dependency between resources: [A]", name="one", template=template)
