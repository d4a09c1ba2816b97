"""Stacks that wait: for signals, for somebody, until their time is up."""

import json
import urllib.request

from asking import HANDLE, parameter, patiently, question, queue, refused, resources, same, slow


def value(aws, logical="P", stack="one"):
    return aws.client("ssm").get_parameter(Name=aws.physical(stack, logical))["Parameter"]["Value"]


def reached(aws, logical, status, stack="one"):
    for _ in patiently():
        if f"{logical} {status}" in aws.told(stack):
            return


def signal(aws, handle, **sent):
    """As a program would, but to where this AWS is."""
    path = handle.split("amazonaws.com", 1)[1] if "amazonaws.com" in handle else handle.split("/", 3)[3]
    asked = urllib.request.Request(
        aws.cfn.meta.endpoint_url + "/" + path.lstrip("/"), method="PUT", data=json.dumps(sent).encode()
    )
    asked.add_header("Content-Type", "")
    urllib.request.urlopen(asked)


@question("API Reference, RollbackStack")
def only_a_stack_that_failed_can_be_rolled_back(aws):
    identifier = aws.start("one", resources(Handle=HANDLE, Slow=slow()))
    refused(aws.cfn.rollback_stack, "ValidationError", "CREATE_IN_PROGRESS", StackName="one")
    aws.cfn.delete_stack(StackName="one")
    same(aws.settled(identifier)["StackStatus"], "DELETE_COMPLETE")


@question("User Guide, Continue rolling back an update: a resource was deleted outside of CloudFormation")
def a_rollback_fails_when_something_is_gone_and_can_be_continued(aws):
    aws.create("one", resources(Handle=HANDLE, P=parameter("old")))
    aws.cfn.update_stack(
        StackName="one",
        TemplateBody=json.dumps(resources(Handle=HANDLE, P=parameter("new"), Slow={**slow(), "DependsOn": "P"})),
    )
    reached(aws, "Slow", "CREATE_IN_PROGRESS")
    aws.client("ssm").delete_parameter(Name=aws.physical("one", "P"))
    signal(aws, aws.physical("one", "Handle"), Status="FAILURE", Reason="no luck", UniqueId="a", Data="")
    same(aws.settled("one")["StackStatus"], "UPDATE_ROLLBACK_FAILED")
    same(aws.reason("one", "one", "UPDATE_ROLLBACK_FAILED").strip(), "The following resource(s) failed to update: [P].")
    refused(
        aws.cfn.update_stack,
        "ValidationError",
        "is in UPDATE_ROLLBACK_FAILED state and can not be updated.",
        StackName="one",
        TemplateBody=json.dumps(resources(Handle=HANDLE)),
    )
    aws.cfn.continue_update_rollback(StackName="one", ResourcesToSkip=["P"])
    same(aws.settled("one")["StackStatus"], "UPDATE_ROLLBACK_COMPLETE")
    same(aws.resource("one", "P")["ResourceStatus"], "UPDATE_COMPLETE")


@question("API Reference, CancelUpdateStack")
def an_update_can_be_cancelled(aws):
    aws.create("one", resources(Handle=HANDLE, P=parameter("old")))
    aws.cfn.update_stack(
        StackName="one",
        TemplateBody=json.dumps(resources(Handle=HANDLE, P=parameter("new"), Slow={**slow(), "DependsOn": "P"})),
    )
    reached(aws, "Slow", "CREATE_IN_PROGRESS")
    aws.cfn.cancel_update_stack(StackName="one")
    same(aws.settled("one")["StackStatus"], "UPDATE_ROLLBACK_COMPLETE")
    same(value(aws), "old")


@question("Template Reference, AWS::CloudFormation::WaitCondition: Timeout")
def a_wait_condition_times_out(aws):
    made = aws.create("one", resources(Handle=HANDLE, Slow=slow("1")))
    same(made["StackStatus"], "ROLLBACK_COMPLETE")
    same(
        aws.reason("one", "Slow", "CREATE_FAILED"), "WaitCondition timed out. Received 0 conditions when expecting 1"
    )


@question("User Guide, Create wait conditions in a template: signals")
def a_wait_condition_is_complete_once_it_is_signalled(aws):
    template = {
        **resources(Handle=HANDLE, Slow=slow()),
        "Outputs": {"Data": {"Value": {"Fn::GetAtt": ["Slow", "Data"]}}},
    }
    aws.start("one", template)
    reached(aws, "Slow", "CREATE_IN_PROGRESS")
    handle = aws.physical("one", "Handle")
    assert handle.startswith("https://cloudformation-waitcondition-us-east-1.s3.amazonaws.com/arn%3Aaws%3A"), handle
    signal(aws, handle, Status="SUCCESS", Reason="ready", UniqueId="a", Data="it works")
    same(aws.settled("one")["StackStatus"], "CREATE_COMPLETE")
    same(json.loads(aws.outputs("one")["Data"]), {"a": "it works"})


@question("User Guide, Create wait conditions in a template: a FAILURE signal")
def a_wait_condition_fails_when_it_is_told_to(aws):
    aws.start("one", resources(Handle=HANDLE, Slow=slow()))
    reached(aws, "Slow", "CREATE_IN_PROGRESS")
    signal(aws, aws.physical("one", "Handle"), Status="FAILURE", Reason="no luck", UniqueId="a", Data="")
    same(aws.settled("one")["StackStatus"], "ROLLBACK_COMPLETE")
    same(
        aws.reason("one", "Slow", "CREATE_FAILED"),
        "WaitCondition received failed message: 'no luck' for uniqueId: a",
    )


@question("Template Reference, CreationPolicy attribute; API Reference, SignalResource")
def a_creation_policy_waits_for_signals(aws):
    waiting = {
        "Type": "AWS::CloudFormation::WaitCondition",
        "CreationPolicy": {"ResourceSignal": {"Count": 2, "Timeout": "PT10M"}},
    }
    aws.start("one", resources(Wait=waiting))
    reached(aws, "Wait", "CREATE_IN_PROGRESS")
    for unique in ("a", "b"):
        aws.cfn.signal_resource(StackName="one", LogicalResourceId="Wait", UniqueId=unique, Status="SUCCESS")
    same(aws.settled("one")["StackStatus"], "CREATE_COMPLETE")
    assert any(
        "Received SUCCESS signal with UniqueId a" in one.get("ResourceStatusReason", "") for one in aws.events("one")
    )


@question("API Reference, CreateStack: TimeoutInMinutes")
def a_stack_that_takes_too_long_is_rolled_back(aws):
    made = aws.create("one", resources(Handle=HANDLE, Slow=slow()), TimeoutInMinutes=1)
    same(made["StackStatus"], "ROLLBACK_COMPLETE")
    assert "exceeded the specified timeout" in aws.reason("one", "one", "ROLLBACK_IN_PROGRESS")


@question("API Reference, DeleteStack: a stack that is being created")
def a_creation_can_be_cut_short_by_a_deletion(aws):
    identifier = aws.start("one", resources(Handle=HANDLE, Queue=queue(QueueName="mine"), Slow=slow()))
    reached(aws, "Slow", "CREATE_IN_PROGRESS")
    aws.cfn.delete_stack(StackName="one")
    same(aws.settled(identifier)["StackStatus"], "DELETE_COMPLETE")
    same(aws.client("sqs").list_queues().get("QueueUrls", []), [])
