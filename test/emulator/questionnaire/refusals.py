"""What CloudFormation refuses at the call, and in which words."""

import json

from asking import HANDLE, QUEUE, TOPIC, parameter, parameters, question, queue, refused, resources, role, slow, table

PLAIN = resources(Handle=HANDLE)


@question("API Reference, CreateStack: Errors, AlreadyExists")
def a_name_is_taken_by_a_live_stack(aws):
    aws.create("one", PLAIN)
    refused(
        aws.start, "AlreadyExistsException", "Stack [one] already exists", name="one", template=PLAIN
    )


@question("User Guide, Acknowledging IAM resources in CloudFormation templates")
def a_role_needs_a_capability(aws):
    words = "Requires capabilities : [CAPABILITY_IAM]"
    refused(aws.start, "InsufficientCapabilitiesException", words, name="one", template=resources(Role=role()))


@question("User Guide, Acknowledging IAM resources in CloudFormation templates")
def a_named_role_needs_the_stronger_capability(aws):
    template = resources(Role=role(RoleName="mine"))
    words = "Requires capabilities : [CAPABILITY_NAMED_IAM]"
    refused(
        aws.start,
        "InsufficientCapabilitiesException",
        words,
        name="one",
        template=template,
        Capabilities=["CAPABILITY_IAM"],
    )


@question("API Reference, CreateStack: Capabilities")
def a_change_set_with_a_role_needs_the_capability_too(aws):
    refused(
        aws.change_set,
        "InsufficientCapabilitiesException",
        "CAPABILITY_IAM",
        stack="one",
        template=resources(Role=role()),
        kind="CREATE",
    )


@question("API Reference, CreateStack: Capabilities, CAPABILITY_AUTO_EXPAND")
def a_transform_needs_auto_expand_when_no_change_set_is_used(aws):
    template = {"Transform": "AWS::LanguageExtensions", **PLAIN}
    words = "Requires capabilities : [CAPABILITY_AUTO_EXPAND]"
    refused(aws.start, "InsufficientCapabilitiesException", words, name="one", template=template)


@question("API Reference, CreateChangeSet: Capabilities, CAPABILITY_AUTO_EXPAND")
def a_transform_in_a_change_set_needs_no_auto_expand(aws):
    template = {"Transform": "AWS::LanguageExtensions", **PLAIN}
    assert aws.change_set("one", template, kind="CREATE")["Status"] == "CREATE_COMPLETE"


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


@question("Template Reference, Fn::GetAtt")
def an_attribute_that_a_type_does_not_have_is_refused(aws):
    template = resources(Queue=QUEUE, Parameter=parameter({"Fn::GetAtt": ["Queue", "Colour"]}))
    words = "Template error: resource Queue does not support attribute type Colour in Fn::GetAtt"
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


@question("API Reference, CreateStack: StackName")
def a_stack_name_begins_with_a_letter(aws):
    words = "1 validation error detected: Value '1st' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*"
    refused(aws.start, "ValidationError", words, name="1st", template=PLAIN)


@question("API Reference, CreateStack: StackName")
def a_stack_name_has_no_underscore(aws):
    refused(aws.start, "ValidationError", "at 'stackName' failed to satisfy constraint", name="a_b", template=PLAIN)


@question("API Reference, CreateStack: StackName, at most 128 characters")
def a_stack_name_has_at_most_128_characters(aws):
    refused(
        aws.start,
        "ValidationError",
        "at 'stackName' failed to satisfy constraint: Member must have length less than or equal to 128",
        name="a" * 129,
        template=PLAIN,
    )


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


@question("API Reference, CreateStack: OnFailure, DisableRollback")
def on_failure_and_disable_rollback_exclude_each_other(aws):
    refused(
        aws.start, "ValidationError", "", name="one", template=PLAIN, OnFailure="DO_NOTHING", DisableRollback=True
    )


@question("API Reference, UpdateStack: Errors")
def an_update_needs_a_stack(aws):
    refused(
        aws.cfn.update_stack,
        "ValidationError",
        "Stack [nobody] does not exist",
        StackName="nobody",
        TemplateBody=json.dumps(PLAIN),
    )


@question("API Reference, DescribeStacks: if the stack does not exist, a ValidationError is returned")
def a_stack_that_never_was_cannot_be_described(aws):
    refused(
        aws.cfn.describe_stacks, "ValidationError", "Stack with id nobody does not exist", StackName="nobody"
    )


@question("API Reference, DescribeStackEvents")
def neither_can_its_events_its_resources_nor_its_template(aws):
    cfn = aws.cfn
    refused(cfn.describe_stack_events, "ValidationError", "Stack [nobody] does not exist", StackName="nobody")
    refused(
        cfn.describe_stack_resources, "ValidationError", "Stack with id nobody does not exist", StackName="nobody"
    )
    refused(cfn.list_stack_resources, "ValidationError", "Stack with id nobody does not exist", StackName="nobody")
    refused(cfn.get_template, "ValidationError", "Stack with id nobody does not exist", StackName="nobody")
    refused(
        cfn.describe_stack_resource,
        "ValidationError",
        "Stack 'nobody' does not exist",
        StackName="nobody",
        LogicalResourceId="Queue",
    )


@question("API Reference, DescribeStackResource")
def a_resource_that_a_stack_does_not_have_cannot_be_described(aws):
    aws.create("one", PLAIN)
    refused(
        aws.cfn.describe_stack_resource,
        "ValidationError",
        "Resource Nobody does not exist for stack one",
        StackName="one",
        LogicalResourceId="Nobody",
    )


@question("API Reference, UpdateStack: No updates are to be performed")
def an_update_changes_something(aws):
    aws.create("one", PLAIN)
    refused(
        aws.cfn.update_stack,
        "ValidationError",
        "No updates are to be performed.",
        StackName="one",
        TemplateBody=json.dumps(PLAIN),
    )
    assert aws.stack("one")["StackStatus"] == "CREATE_COMPLETE"


@question("API Reference, UpdateStack: UsePreviousTemplate")
def neither_does_the_previous_template_with_the_previous_parameters(aws):
    template = {"Parameters": {"Name": {"Type": "String"}}, **resources(P=parameter({"Ref": "Name"}))}
    aws.create("one", template, Parameters=parameters(Name="a"))
    refused(
        aws.cfn.update_stack,
        "ValidationError",
        "No updates are to be performed.",
        StackName="one",
        UsePreviousTemplate=True,
        Parameters=[{"ParameterKey": "Name", "UsePreviousValue": True}],
    )


@question("User Guide, Stack status codes: CREATE_IN_PROGRESS")
def a_stack_under_way_cannot_be_updated(aws):
    identifier = aws.start("one", resources(Handle=HANDLE, Slow=slow()))
    refused(
        aws.cfn.update_stack,
        "ValidationError",
        f"Stack:{identifier} is in CREATE_IN_PROGRESS state and can not be updated.",
        StackName="one",
        TemplateBody=json.dumps(PLAIN),
    )
    aws.cfn.delete_stack(StackName="one")
    assert aws.settled(identifier)["StackStatus"] == "DELETE_COMPLETE"


@question("API Reference, CancelUpdateStack")
def only_an_update_can_be_cancelled(aws):
    aws.create("one", PLAIN)
    refused(
        aws.cfn.cancel_update_stack, "ValidationError", "CancelUpdateStack cannot be called from", StackName="one"
    )


@question("API Reference, ContinueUpdateRollback")
def only_a_failed_rollback_can_be_continued(aws):
    aws.create("one", PLAIN)
    refused(aws.cfn.continue_update_rollback, "ValidationError", "CREATE_COMPLETE", StackName="one")


@question("API Reference, DeleteStack: RoleARN; CreateStack: RoleARN")
def a_role_that_is_not_there_cannot_be_assumed(aws):
    arn = f"arn:aws:iam::{aws.account}:role/nobody"
    words = f"Role {arn} is invalid or cannot be assumed"
    refused(aws.start, "ValidationError", words, name="one", template=PLAIN, RoleARN=arn)


@question("API Reference, CreateStack: ResourceTypes")
def types_that_are_not_permitted_are_refused(aws):
    words = "Resource type AWS::SNS::Topic is not allowed by parameter ResourceTypes [AWS::EC2::*]"
    template = resources(Topic=TOPIC)
    refused(aws.start, "ValidationError", words, name="one", template=template, ResourceTypes=["AWS::EC2::*"])


@question("API Reference, Tag: keys that begin with aws: are reserved")
def a_tag_key_does_not_begin_with_aws(aws):
    refused(
        aws.start, "ValidationError", "", name="one", template=PLAIN, Tags=[{"Key": "aws:mine", "Value": "no"}]
    )


@question("API Reference, CreateStack: Tags, at most 50")
def a_stack_has_at_most_50_tags(aws):
    many = [{"Key": f"k{i}", "Value": "v"} for i in range(51)]
    refused(aws.start, "ValidationError", "'tags' failed to satisfy constraint", name="one", template=PLAIN, Tags=many)


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


@question("User Guide, Update behaviors: a logical ID keeps its type")
def a_resource_keeps_its_type(aws):
    aws.create("one", resources(A=QUEUE))
    refused(
        aws.cfn.update_stack,
        "ValidationError",
        "Update of resource type is not permitted. The new template modifies resource type of the following resources: [A]",
        StackName="one",
        TemplateBody=json.dumps(resources(A=TOPIC)),
    )


@question("API Reference, UpdateTerminationProtection")
def a_protected_stack_cannot_be_deleted(aws):
    aws.create("one", PLAIN, EnableTerminationProtection=True)
    assert aws.stack("one")["EnableTerminationProtection"] is True
    refused(
        aws.cfn.delete_stack,
        "ValidationError",
        "Stack [one] cannot be deleted while TerminationProtection is enabled",
        StackName="one",
    )
    assert aws.stack("one")["StackStatus"] == "CREATE_COMPLETE"
    aws.cfn.update_termination_protection(StackName="one", EnableTerminationProtection=False)
    assert aws.stack("one")["EnableTerminationProtection"] is False
    assert aws.delete("one")["StackStatus"] == "DELETE_COMPLETE"


@question("API Reference, CreateStack: ClientRequestToken")
def a_repeated_call_with_its_token_makes_no_second_stack(aws):
    first = aws.start("one", PLAIN, ClientRequestToken="mine")
    assert aws.start("one", PLAIN, ClientRequestToken="mine") == first
    aws.settled(first)
    refused(aws.start, "AlreadyExistsException", "", name="one", template=PLAIN, ClientRequestToken="other")


@question("API Reference, UpdateStack: Errors, TokenAlreadyExists")
def a_token_serves_one_operation_only(aws):
    aws.create("one", PLAIN, ClientRequestToken="mine")
    refused(
        aws.cfn.update_stack,
        "TokenAlreadyExistsException",
        "",
        StackName="one",
        TemplateBody=json.dumps(resources(Handle=HANDLE, Other=HANDLE)),
        ClientRequestToken="mine",
    )


@question("API Reference, Common errors: ValidationError; CreateStack takes its required properties at creation")
def a_property_that_is_missing_fails_the_resource(aws):
    made = aws.create("one", resources(Subscription={"Type": "AWS::SNS::Subscription", "Properties": {"Endpoint": "a"}}))
    assert made["StackStatus"] == "ROLLBACK_COMPLETE"
    assert "TopicArn" in aws.reason("one", "Subscription", "CREATE_FAILED")


@question("User Guide, Troubleshooting: encountered unsupported property")
def a_property_that_a_type_does_not_have_fails_the_resource(aws):
    made = aws.create("one", resources(Queue=queue(Colour="red")))
    assert made["StackStatus"] == "ROLLBACK_COMPLETE"
    assert "Colour" in aws.reason("one", "Queue", "CREATE_FAILED")


@question("Amazon S3 User Guide, General purpose bucket naming rules")
def a_bucket_name_with_capitals_fails_the_resource(aws):
    made = aws.create("one", resources(B={"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "My_Bucket"}}))
    assert made["StackStatus"] == "ROLLBACK_COMPLETE"
    assert aws.reason("one", "B", "CREATE_FAILED")


@question("IAM API Reference, CreateRole: MalformedPolicyDocument")
def a_role_document_without_a_principal_fails_the_resource(aws):
    trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole"}]}
    broken = {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": trust}}
    made = aws.create("one", resources(Role=broken), Capabilities=["CAPABILITY_IAM"])
    assert made["StackStatus"] == "ROLLBACK_COMPLETE"
    assert aws.reason("one", "Role", "CREATE_FAILED")


@question("DynamoDB API Reference, CreateTable: every key attribute is defined")
def a_table_whose_key_is_not_defined_fails(aws):
    broken = table()
    broken["Properties"]["KeySchema"] = [{"AttributeName": "other", "KeyType": "HASH"}]
    assert aws.create("one", resources(Table=broken))["StackStatus"] == "ROLLBACK_COMPLETE"
    assert aws.reason("one", "Table", "CREATE_FAILED")


@question("API Reference, CreateStackInstances and others: an unknown action")
def an_action_that_is_none_is_refused(aws):
    import urllib.error
    import urllib.parse
    import urllib.request

    from botocore.auth import SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    form = urllib.parse.urlencode({"Action": "PaintStack", "Version": "2010-05-15"})
    signed = AWSRequest(method="POST", url=aws.cfn.meta.endpoint_url + "/", data=form)
    signed.headers["Content-Type"] = "application/x-www-form-urlencoded"
    SigV4Auth(Credentials(aws.account, "secret"), "cloudformation", "us-east-1").add_auth(signed)
    asked = urllib.request.Request(signed.url, data=form.encode(), headers=dict(signed.headers))
    try:
        urllib.request.urlopen(asked)
    except urllib.error.HTTPError as error:
        assert error.code == 400, error.code
        assert "<Code>InvalidAction</Code>" in error.read().decode()
        return
    raise AssertionError("it was not refused")


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


@question("API Reference, CreateStack: NotificationARNs, at most 5")
def a_stack_notifies_at_most_5_topics(aws):
    arns = [f"arn:aws:sns:us-east-1:{aws.account}:t{i}" for i in range(6)]
    refused(
        aws.start,
        "ValidationError",
        "'notificationARNs' failed to satisfy constraint: Member must have length less than or equal to 5",
        name="one",
        template=PLAIN,
        NotificationARNs=arns,
    )


@question("API Reference, CreateStack: RoleARN")
def a_service_role_that_is_there_is_used_and_kept(aws):
    trust = {"Statement": [{"Effect": "Allow", "Principal": {"Service": "cloudformation.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
    made = {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "deployer", "AssumeRolePolicyDocument": trust}}
    aws.create("roles", resources(Role=made), Capabilities=["CAPABILITY_NAMED_IAM"])
    arn = f"arn:aws:iam::{aws.account}:role/deployer"
    found = aws.create("one", PLAIN, RoleARN=arn)
    assert (found["StackStatus"], found["RoleARN"]) == ("CREATE_COMPLETE", arn), found
    found = aws.update("one", resources(Handle=HANDLE, Other=HANDLE))
    assert (found["StackStatus"], found["RoleARN"]) == ("UPDATE_COMPLETE", arn), found


@question("Template Reference, AWS::SSM::Parameter: Type, SecureString is not supported")
def a_secure_string_cannot_be_made_by_a_stack(aws):
    secure = {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "SecureString", "Value": "a"}}
    made = aws.create("one", resources(P=secure))
    assert made["StackStatus"] == "ROLLBACK_COMPLETE", made["StackStatus"]
    assert aws.reason("one", "P", "CREATE_FAILED")


@question("User Guide, Circular dependency error: a resource depends on itself")
def a_resource_does_not_depend_on_itself(aws):
    template = resources(A={**QUEUE, "DependsOn": "A"})
    refused(aws.start, "ValidationError", "Circular dependency between resources: [A]", name="one", template=template)


@question("API Reference, UpdateStack: a stack that is being deleted")
def a_stack_that_is_being_deleted_cannot_be_updated(aws):
    from asking import bucket

    identifier = aws.create("one", resources(A=QUEUE, B=bucket()))["StackId"]
    aws.cfn.delete_stack(StackName="one")
    refused(
        aws.cfn.update_stack,
        "ValidationError",
        "state and can not be updated.",
        StackName=identifier,
        TemplateBody=json.dumps(PLAIN),
    )


@question("API Reference, GetStackPolicy, ListChangeSets and others: the stack must exist")
def nothing_can_be_asked_of_a_stack_that_is_not_there(aws):
    cfn = aws.cfn
    body = json.dumps({"Statement": [{"Effect": "Allow", "Action": "Update:*", "Principal": "*", "Resource": "*"}]})
    calls = (
        (cfn.get_stack_policy, {}),
        (cfn.set_stack_policy, {"StackPolicyBody": body}),
        (cfn.update_termination_protection, {"EnableTerminationProtection": True}),
        (cfn.cancel_update_stack, {}),
        (cfn.continue_update_rollback, {}),
        (cfn.rollback_stack, {}),
        (cfn.detect_stack_drift, {}),
        (cfn.signal_resource, {"LogicalResourceId": "A", "UniqueId": "a", "Status": "SUCCESS"}),
    )
    for call, more in calls:
        refused(call, "ValidationError", "nobody", StackName="nobody", **more)


@question("API Reference, DeleteStack; User Guide, Stack status codes: UPDATE_IN_PROGRESS")
def a_stack_that_is_being_updated_cannot_be_deleted(aws):
    from asking import patiently

    aws.create("one", PLAIN)
    aws.cfn.update_stack(StackName="one", TemplateBody=json.dumps(resources(Handle=HANDLE, Slow=slow())))
    refused(
        aws.cfn.delete_stack, "ValidationError", "cannot be deleted while in status UPDATE_IN_PROGRESS", StackName="one"
    )
    aws.cfn.cancel_update_stack(StackName="one")
    for _ in patiently():
        if aws.stack("one")["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE":
            return


@question("Template Reference, Description, Metadata: they cannot be updated by themselves")
def a_description_or_an_order_is_no_update(aws):
    first = {"Description": "first", **resources(A=QUEUE, B=parameter())}
    aws.create("one", first)
    for other in (
        {**first, "Description": "second"},
        {**first, "Metadata": {"Owner": "ada"}},
        {**first, **resources(A=QUEUE, B={**parameter(), "DependsOn": "A"})},
    ):
        refused(
            aws.cfn.update_stack,
            "ValidationError",
            "No updates are to be performed.",
            StackName="one",
            TemplateBody=json.dumps(other),
        )
