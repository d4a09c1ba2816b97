"""What a stack's history tells, and in which order."""

import json

from asking import HANDLE, QUEUE, failing, in_order, parameter, question, refused, resources, same, slow


def chain():
    return resources(
        A=parameter("a"), B=parameter({"Ref": "A"}), C=parameter({"Ref": "B"}), D={**parameter("d"), "DependsOn": "C"}
    )


@question("User Guide, Understand CloudFormation stack creation events")
def a_creation_is_told_from_its_beginning_to_its_end(aws):
    aws.create("one", resources(Queue=QUEUE))
    told = [
        (one["LogicalResourceId"], one["ResourceStatus"], one.get("ResourceStatusReason"))
        for one in aws.events("one")
        if one.get("DetailedStatus") != "CONFIGURATION_COMPLETE"
    ]
    same(
        told,
        [
            ("one", "CREATE_IN_PROGRESS", "User Initiated"),
            ("Queue", "CREATE_IN_PROGRESS", None),
            ("Queue", "CREATE_IN_PROGRESS", "Resource creation Initiated"),
            ("Queue", "CREATE_COMPLETE", None),
            ("one", "CREATE_COMPLETE", None),
        ],
    )


@question("API Reference, DescribeStackEvents: in reverse chronological order")
def events_come_newest_first(aws):
    aws.create("one", resources(Queue=QUEUE))
    found = aws.cfn.describe_stack_events(StackName="one")["StackEvents"]
    same((found[0]["LogicalResourceId"], found[0]["ResourceStatus"]), ("one", "CREATE_COMPLETE"))
    same((found[-1]["LogicalResourceId"], found[-1]["ResourceStatus"]), ("one", "CREATE_IN_PROGRESS"))
    times = [one["Timestamp"] for one in found]
    same(times, sorted(times, reverse=True))
    same(len({one["EventId"] for one in found}), len(found))


@question("API Reference, StackEvent")
def an_event_says_whose_it_is(aws):
    made = aws.create("one", resources(P=parameter("a")), ClientRequestToken="mine")
    stack, first, second = aws.events("one")[:3]
    same((stack["ResourceType"], stack["PhysicalResourceId"]), ("AWS::CloudFormation::Stack", made["StackId"]))
    same((first["ResourceType"], first["PhysicalResourceId"]), ("AWS::SSM::Parameter", ""))
    same(second["PhysicalResourceId"], aws.physical("one", "P"))
    same(json.loads(first["ResourceProperties"]), {"Type": "String", "Value": "a"})
    for one in (stack, first, second):
        same((one["StackId"], one["StackName"], one["ClientRequestToken"]), (made["StackId"], "one", "mine"))


@question("User Guide, Resource dependencies; Template Reference, DependsOn attribute")
def resources_are_made_in_the_order_of_their_dependencies(aws):
    aws.create("one", chain())
    told = aws.told("one")
    for first, then in ("AB", "BC", "CD"):
        assert told.index(f"{first} CREATE_COMPLETE") < told.index(f"{then} CREATE_IN_PROGRESS"), told


@question("User Guide, Delete a stack: in reverse order of dependencies")
def they_are_deleted_the_other_way_round(aws):
    made = aws.create("one", chain())
    aws.delete("one")
    told = aws.told(made["StackId"])
    for first, then in ("DC", "CB", "BA"):
        assert told.index(f"{first} DELETE_COMPLETE") < told.index(f"{then} DELETE_IN_PROGRESS"), told
    same(told[-1], "one DELETE_COMPLETE")


@question("User Guide, How CloudFormation works: independent resources are made in parallel")
def what_does_not_depend_on_another_is_made_beside_it(aws):
    aws.create("one", resources(A=parameter("a"), B=parameter("b")))
    told = aws.told("one")
    assert told.index("B CREATE_IN_PROGRESS") < told.index("A CREATE_COMPLETE"), told
    assert told.index("A CREATE_IN_PROGRESS") < told.index("B CREATE_COMPLETE"), told


@question("User Guide, Stack status codes: DELETE_IN_PROGRESS, DELETE_COMPLETE")
def a_deletion_is_told(aws):
    made = aws.create("one", resources(Queue=QUEUE))
    aws.delete("one")
    told = aws.told(made["StackId"])
    start = told.index("one DELETE_IN_PROGRESS")
    same(
        told[start:],
        ["one DELETE_IN_PROGRESS", "Queue DELETE_IN_PROGRESS", "Queue DELETE_COMPLETE", "one DELETE_COMPLETE"],
    )
    same(aws.reason(made["StackId"], "one", "DELETE_IN_PROGRESS"), "User Initiated")


@question("API Reference, DescribeStackEvents: a deleted stack is named by its ID")
def events_of_a_deleted_stack_are_found_by_its_id(aws):
    made = aws.create("one", resources(Queue=QUEUE))
    aws.delete("one")
    refused(aws.cfn.describe_stack_events, "ValidationError", "Stack [one] does not exist", StackName="one")
    assert len(aws.events(made["StackId"])) >= 8


@question("User Guide, Stack status codes: UPDATE_COMPLETE_CLEANUP_IN_PROGRESS")
def an_update_is_told_with_its_cleanup(aws):
    aws.create("one", resources(Queue=QUEUE, Gone=QUEUE))
    aws.update("one", resources(Queue={"Type": "AWS::SQS::Queue", "Properties": {"DelaySeconds": 3}}))
    told = aws.told("one")
    told = told[told.index("one UPDATE_IN_PROGRESS") :]
    same(
        told,
        [
            "one UPDATE_IN_PROGRESS",
            "Queue UPDATE_IN_PROGRESS",
            "Queue UPDATE_COMPLETE",
            "one UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
            "Gone DELETE_IN_PROGRESS",
            "Gone DELETE_COMPLETE",
            "one UPDATE_COMPLETE",
        ],
    )
    same(aws.reason("one", "one", "UPDATE_IN_PROGRESS"), "User Initiated")


@question("User Guide, Update behaviors: only what changed is updated")
def an_update_leaves_alone_what_did_not_change(aws):
    aws.create("one", resources(A=parameter("a"), B=parameter("b")))
    aws.update("one", resources(A=parameter("a"), B=parameter("c")))
    assert not any(word.startswith("A UPDATE") for word in aws.told("one"))
    same(aws.resource("one", "A")["ResourceStatus"], "CREATE_COMPLETE")
    same(aws.resource("one", "B")["ResourceStatus"], "UPDATE_COMPLETE")


@question("API Reference, DescribeStackEvents: NextToken")
def events_come_in_pages(aws):
    aws.create("one", resources(**{f"P{i}": parameter(str(i)) for i in range(45)}))
    first = aws.cfn.describe_stack_events(StackName="one")
    same(len(first["StackEvents"]), 100)
    second = aws.cfn.describe_stack_events(StackName="one", NextToken=first["NextToken"])
    assert "NextToken" not in second
    every = first["StackEvents"] + second["StackEvents"]
    same(len({one["EventId"] for one in every}), 2 + 3 * 45)
    same(every[-1]["ResourceStatusReason"], "User Initiated")


@question("User Guide, Stack failure options: the words of a rollback")
def a_failed_creation_is_told(aws):
    aws.create("one", resources(Queue=QUEUE, Group={**failing(aws), "DependsOn": "Queue"}))
    told = aws.told("one")
    in_order(
        told,
        "one CREATE_IN_PROGRESS",
        "Queue CREATE_COMPLETE",
        "Group CREATE_IN_PROGRESS",
        "Group CREATE_FAILED",
        "one ROLLBACK_IN_PROGRESS",
        "Queue DELETE_IN_PROGRESS",
        "Queue DELETE_COMPLETE",
        "one ROLLBACK_COMPLETE",
    )
    same(
        aws.reason("one", "one", "ROLLBACK_IN_PROGRESS"),
        "The following resource(s) failed to create: [Group]. Rollback requested by user.",
    )
    assert "already exists" in aws.reason("one", "Group", "CREATE_FAILED")


@question("User Guide, Troubleshooting: Resource creation cancelled")
def what_runs_beside_a_failure_is_cancelled(aws):
    aws.create("one", resources(Handle=HANDLE, Slow=slow(), Group={**failing(aws), "DependsOn": "Handle"}))
    same(aws.reason("one", "Slow", "CREATE_FAILED"), "Resource creation cancelled")
    reason = aws.reason("one", "one", "ROLLBACK_IN_PROGRESS")
    assert "Group" in reason and "Slow" in reason, reason


@question("API Reference, DescribeEvents: OperationId, FailedEvents")
def failed_events_can_be_asked_for(aws):
    aws.create("one", resources(Group=failing(aws)))
    found = aws.cfn.describe_events(StackName="one", Filters={"FailedEvents": True})["OperationEvents"]
    assert [one["LogicalResourceId"] for one in found if one.get("ResourceStatus") == "CREATE_FAILED"] == ["Group"]
