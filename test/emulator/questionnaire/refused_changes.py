"""What is refused because of what a stack is, or is doing."""

import json

from asking import (
    HANDLE,
    QUEUE,
    TOPIC,
    bucket,
    parameter,
    parameters,
    patiently,
    question,
    refused,
    resources,
    slow,
)

PLAIN = resources(Handle=HANDLE)


@question("API Reference, CreateStack: Errors, AlreadyExists")
def a_name_is_taken_by_a_live_stack(aws):
    aws.create("one", PLAIN)
    refused(
        aws.start, "AlreadyExistsException", "Stack [one] already exists", name="one", template=PLAIN
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
    refused(
        aws.cfn.continue_update_rollback,
        "ValidationError",
        "RollbackUpdatedStack cannot be called from current stack status",
        StackName="one",
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


@question("API Reference, UpdateStack: a stack that is being deleted")
def a_stack_that_is_being_deleted_cannot_be_updated(aws):
    identifier = aws.create("one", resources(A=QUEUE, B=bucket()))["StackId"]
    aws.cfn.delete_stack(StackName="one")
    refused(
        aws.cfn.update_stack,
        "ValidationError",
        "state and can not be updated.",
        StackName=identifier,
        TemplateBody=json.dumps(PLAIN),
    )


@question("API Reference, DeleteStack; User Guide, Stack status codes: UPDATE_IN_PROGRESS")
def a_stack_that_is_being_updated_cannot_be_deleted(aws):
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
