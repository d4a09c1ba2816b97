"""What happens to stacks whose creation or update fails."""

import json

from asking import (
    HANDLE,
    QUEUE,
    body,
    failing,
    parameter,
    parameters,
    question,
    queue,
    refused,
    resources,
    same,
    table,
)


def value(aws, logical="P", stack="one"):
    return aws.client("ssm").get_parameter(Name=aws.physical(stack, logical))["Parameter"]["Value"]


@question("User Guide, Stack failure options: roll back all stack resources")
def a_failed_creation_removes_what_it_made(aws):
    made = aws.create("one", resources(Queue=queue(QueueName="mine"), Group={**failing(aws), "DependsOn": "Queue"}))
    same(made["StackStatus"], "ROLLBACK_COMPLETE")
    same(aws.client("sqs").list_queues().get("QueueUrls", []), [])


@question("User Guide, Stack status codes: ROLLBACK_COMPLETE")
def a_stack_that_was_rolled_back_can_only_be_deleted(aws):
    made = aws.create("one", resources(Group=failing(aws)))
    words = f"Stack:{made['StackId']} is in ROLLBACK_COMPLETE state and can not be updated."
    body = json.dumps(resources(Handle=HANDLE))
    refused(aws.cfn.update_stack, "ValidationError", words, StackName="one", TemplateBody=body)
    refused(aws.change_set, "ValidationError", words, stack="one", template=body)
    refused(aws.start, "AlreadyExistsException", "", name="one", template=body)
    same(aws.delete("one")["StackStatus"], "DELETE_COMPLETE")
    same(aws.create("one", body)["StackStatus"], "CREATE_COMPLETE")


@question("API Reference, CreateStack: OnFailure DO_NOTHING")
def a_creation_may_stop_where_it_failed(aws):
    made = aws.create(
        "one", resources(Queue=queue(QueueName="mine"), Group={**failing(aws), "DependsOn": "Queue"}), OnFailure="DO_NOTHING"
    )
    same(made["StackStatus"], "CREATE_FAILED")
    same(made["StackStatusReason"].strip(), "The following resource(s) failed to create: [Group].")
    same(len(aws.client("sqs").list_queues()["QueueUrls"]), 1)
    same(aws.resource("one", "Group")["ResourceStatus"], "CREATE_FAILED")


@question("API Reference, CreateStack: OnFailure DELETE")
def a_creation_may_be_deleted_when_it_fails(aws):
    made = aws.create("one", resources(Queue=QUEUE, Group=failing(aws)), OnFailure="DELETE")
    same(made["StackStatus"], "DELETE_COMPLETE")
    refused(aws.cfn.describe_stacks, "ValidationError", "does not exist", StackName="one")


@question("API Reference, CreateStack: DisableRollback")
def disabling_rollback_keeps_what_was_made(aws):
    made = aws.create("one", resources(Queue=QUEUE, Group={**failing(aws), "DependsOn": "Queue"}), DisableRollback=True)
    same((made["StackStatus"], made["DisableRollback"]), ("CREATE_FAILED", True))
    same(aws.resource("one", "Queue")["ResourceStatus"], "CREATE_COMPLETE")


@question("User Guide, Stack failure options: a failed stack can be updated or rolled back")
def a_stack_that_stopped_can_be_mended_or_rolled_back(aws):
    template = resources(Queue=QUEUE, Group=failing(aws))
    aws.create("one", template, DisableRollback=True)
    same(aws.update("one", resources(Queue=QUEUE))["StackStatus"], "UPDATE_COMPLETE")
    aws.create("two", template, DisableRollback=True)
    aws.cfn.rollback_stack(StackName="two")
    same(aws.settled("two")["StackStatus"], "ROLLBACK_COMPLETE")


@question("User Guide, Stack status codes: UPDATE_ROLLBACK_COMPLETE")
def a_failed_update_gives_back_what_was_there(aws):
    aws.create("one", resources(P=parameter("old")))
    before = aws.physical("one", "P")
    made = aws.update(
        "one", resources(P=parameter("new"), New=queue(QueueName="new"), Group={**failing(aws), "DependsOn": ["P", "New"]})
    )
    same(made["StackStatus"], "UPDATE_ROLLBACK_COMPLETE")
    same((aws.physical("one", "P"), value(aws)), (before, "old"))
    same(aws.client("sqs").list_queues().get("QueueUrls", []), [])


@question("User Guide, Stack status codes: UPDATE_ROLLBACK_IN_PROGRESS and so on")
def a_failed_update_is_told(aws):
    aws.create("one", resources(P=parameter("old")))
    aws.update("one", resources(P=parameter("new"), Group={**failing(aws), "DependsOn": "P"}))
    told = [word for word in aws.told("one") if "UPDATE" in word or "Group" in word]
    same(
        told,
        [
            "one UPDATE_IN_PROGRESS",
            "P UPDATE_IN_PROGRESS",
            "P UPDATE_COMPLETE",
            "Group CREATE_IN_PROGRESS",
            "Group CREATE_FAILED",
            "one UPDATE_ROLLBACK_IN_PROGRESS",
            "P UPDATE_IN_PROGRESS",
            "P UPDATE_COMPLETE",
            "one UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
            "Group DELETE_COMPLETE",
            "one UPDATE_ROLLBACK_COMPLETE",
        ],
    )
    same(
        aws.reason("one", "one", "UPDATE_ROLLBACK_IN_PROGRESS").strip(),
        "The following resource(s) failed to create: [Group].",
    )


@question("User Guide, Update stacks: a stack that was rolled back can be updated again")
def parameters_outputs_and_template_are_the_old_ones_after_a_failed_update(aws):
    def template(more):
        return {
            "Parameters": {"Name": {"Type": "String"}},
            **resources(P=parameter({"Ref": "Name"}), **more),
            "Outputs": {"Out": {"Value": {"Ref": "Name"}}},
        }

    aws.create("one", template({}), Parameters=parameters(Name="old"))
    aws.update("one", template({"Group": failing(aws)}), Parameters=parameters(Name="new"))
    found = aws.stack("one")
    same(found["Parameters"], [{"ParameterKey": "Name", "ParameterValue": "old"}])
    same(aws.outputs("one"), {"Out": "old"})
    same(set(aws.cfn.get_template(StackName="one")["TemplateBody"]["Resources"]), {"P"})
    same(aws.update("one", template({}), Parameters=parameters(Name="newer"))["StackStatus"], "UPDATE_COMPLETE")


@question("User Guide, Update rollback: replaced resources come back")
def a_replacement_is_undone(aws):
    aws.create("one", resources(Queue=queue(QueueName="first")))
    before = aws.physical("one", "Queue")
    made = aws.update("one", resources(Queue=queue(QueueName="second"), Group={**failing(aws), "DependsOn": "Queue"}))
    same(made["StackStatus"], "UPDATE_ROLLBACK_COMPLETE")
    same(aws.physical("one", "Queue"), before)
    same([url.rsplit("/", 1)[1] for url in aws.client("sqs").list_queues()["QueueUrls"]], ["first"])


@question("User Guide, Update rollback: removed resources are removed only after success")
def what_a_failed_update_was_to_remove_stays(aws):
    aws.create("one", resources(P=parameter("old"), Queue=queue(QueueName="mine")))
    aws.update("one", resources(P=parameter("new"), Group=failing(aws)))
    same(aws.resource("one", "Queue")["ResourceStatus"], "CREATE_COMPLETE")
    same(len(aws.client("sqs").list_queues()["QueueUrls"]), 1)


@question("API Reference, UpdateStack: DisableRollback")
def an_update_may_stop_where_it_failed(aws):
    aws.create("one", resources(P=parameter("old")))
    template = resources(P=parameter("new"), Group={**failing(aws), "DependsOn": "P"})
    same(aws.update("one", template, DisableRollback=True)["StackStatus"], "UPDATE_FAILED")
    same(value(aws), "new")
    aws.cfn.rollback_stack(StackName="one")
    same(aws.settled("one")["StackStatus"], "UPDATE_ROLLBACK_COMPLETE")
    same(value(aws), "old")


@question("Template Reference, DeletionPolicy attribute: Retain keeps resources of a creation that is rolled back")
def a_rollback_retains_what_is_to_be_retained(aws):
    aws.create("one", resources(Queue={**queue(QueueName="kept"), "DeletionPolicy": "Retain"}, Group={**failing(aws), "DependsOn": "Queue"}))
    assert "Queue DELETE_SKIPPED" in aws.told("one"), aws.told("one")
    same(len(aws.client("sqs").list_queues()["QueueUrls"]), 1)


@question("Template Reference, DeletionPolicy attribute: RetainExceptOnCreate")
def retain_except_on_create_lets_a_rollback_delete(aws):
    kept = {**table("kept"), "DeletionPolicy": "RetainExceptOnCreate"}
    aws.create("one", resources(Table=kept, Group={**failing(aws), "DependsOn": "Table"}))
    same(aws.client("dynamodb").list_tables()["TableNames"], [])
    aws.delete("one")
    aws.create("one", resources(Table=kept))
    aws.delete("one")
    same(aws.client("dynamodb").list_tables()["TableNames"], ["kept"])


@question("API Reference, CreateStack: RetainExceptOnCreate")
def the_same_can_be_asked_for_in_the_call(aws):
    kept = {**queue(QueueName="kept"), "DeletionPolicy": "Retain"}
    aws.create("one", resources(Queue=kept, Group={**failing(aws), "DependsOn": "Queue"}), RetainExceptOnCreate=True)
    same(aws.client("sqs").list_queues().get("QueueUrls", []), [])
