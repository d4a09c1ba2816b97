"""What CloudFormation refuses at the call, and in which words."""

import json

from asking import HANDLE, TOPIC, body, question, refused, resources, role

PLAIN = resources(Handle=HANDLE)


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


@question("API Reference, CreateStack: ClientRequestToken")
def a_repeated_call_with_its_token_makes_no_second_stack(aws):
    first = aws.start("one", PLAIN, ClientRequestToken="mine")
    assert aws.start("one", PLAIN, ClientRequestToken="mine") == first
    aws.settled(first)
    refused(aws.start, "AlreadyExistsException", "", name="one", template=PLAIN, ClientRequestToken="other")


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
