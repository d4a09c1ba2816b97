"""Stack policies."""

import json

from asking import QUEUE, parameter, question, queue, refused, resources, same

ALLOW = {"Effect": "Allow", "Action": "Update:*", "Principal": "*", "Resource": "*"}


def policy(*statements):
    return json.dumps({"Statement": list(statements)})


def deny(action="Update:*", resource="*", **more):
    return {"Effect": "Deny", "Action": action, "Principal": "*", "Resource": resource, **more}


OLD, NEW = resources(P=parameter("old"), Q=parameter("same")), resources(P=parameter("new"), Q=parameter("same"))


@question("API Reference, SetStackPolicy, GetStackPolicy")
def a_policy_is_set_and_read(aws):
    aws.create("one", OLD)
    assert "StackPolicyBody" not in aws.cfn.get_stack_policy(StackName="one")
    aws.cfn.set_stack_policy(StackName="one", StackPolicyBody=policy(ALLOW))
    same(json.loads(aws.cfn.get_stack_policy(StackName="one")["StackPolicyBody"]), {"Statement": [ALLOW]})


@question("User Guide, Prevent updates to stack resources")
def a_denied_update_is_rolled_back(aws):
    aws.create("one", OLD, StackPolicyBody=policy(ALLOW, deny(resource="LogicalResourceId/P")))
    made = aws.update("one", NEW)
    same(made["StackStatus"], "UPDATE_ROLLBACK_COMPLETE")
    assert "Action denied by stack policy" in aws.reason("one", "P", "UPDATE_FAILED")
    same(aws.client("ssm").get_parameter(Name=aws.physical("one", "P"))["Parameter"]["Value"], "old")


@question("User Guide, Prevent updates to stack resources: other resources can be updated")
def what_is_not_denied_is_updated(aws):
    aws.create("one", OLD, StackPolicyBody=policy(ALLOW, deny(resource="LogicalResourceId/Q")))
    same(aws.update("one", NEW)["StackStatus"], "UPDATE_COMPLETE")


@question("User Guide, Prevent updates: once a policy is set, everything it does not allow is denied")
def a_policy_denies_what_it_does_not_allow(aws):
    aws.create("one", OLD, StackPolicyBody=policy({**ALLOW, "Resource": "LogicalResourceId/Q"}))
    same(aws.update("one", NEW)["StackStatus"], "UPDATE_ROLLBACK_COMPLETE")


@question("User Guide, Prevent updates: Update:Replace")
def a_replacement_can_be_denied_alone(aws):
    aws.create(
        "one", resources(Q=queue(QueueName="a", DelaySeconds=1)), StackPolicyBody=policy(ALLOW, deny("Update:Replace"))
    )
    same(aws.update("one", resources(Q=queue(QueueName="a", DelaySeconds=2)))["StackStatus"], "UPDATE_COMPLETE")
    same(
        aws.update("one", resources(Q=queue(QueueName="b", DelaySeconds=2)))["StackStatus"], "UPDATE_ROLLBACK_COMPLETE"
    )


@question("User Guide, Prevent updates: Update:Delete")
def a_deletion_can_be_denied_alone(aws):
    aws.create("one", resources(P=parameter("a"), Q=QUEUE), StackPolicyBody=policy(ALLOW, deny("Update:Delete")))
    made = aws.update("one", resources(P=parameter("b")))
    same(made["StackStatus"], "UPDATE_ROLLBACK_COMPLETE")
    assert any("Action denied by stack policy" in one.get("ResourceStatusReason", "") for one in aws.events("one"))
    same(len(aws.client("sqs").list_queues()["QueueUrls"]), 1)


@question("User Guide, Prevent updates: Condition ResourceType")
def a_type_can_be_denied(aws):
    condition = {"StringEquals": {"ResourceType": ["AWS::SSM::Parameter"]}}
    aws.create("one", OLD, StackPolicyBody=policy(ALLOW, deny(Condition=condition)))
    same(aws.update("one", NEW)["StackStatus"], "UPDATE_ROLLBACK_COMPLETE")


@question("API Reference, UpdateStack: StackPolicyDuringUpdateBody")
def another_policy_may_hold_during_an_update(aws):
    aws.create("one", OLD, StackPolicyBody=policy(deny()))
    made = aws.update("one", NEW, StackPolicyDuringUpdateBody=policy(ALLOW))
    same(made["StackStatus"], "UPDATE_COMPLETE")
    same(json.loads(aws.cfn.get_stack_policy(StackName="one")["StackPolicyBody"]), {"Statement": [deny()]})


@question("API Reference, SetStackPolicy: Errors")
def a_policy_that_is_none_is_refused(aws):
    aws.create("one", OLD)
    words = "Error validating stack policy: Invalid stack policy"
    wrong = [
        "nothing",
        policy({**ALLOW, "Action": "s3:*"}),
        policy({**ALLOW, "Principal": "arn:aws:iam::123456789012:root"}),
    ]
    for one in wrong:
        refused(aws.cfn.set_stack_policy, "ValidationError", words, StackName="one", StackPolicyBody=one)


@question("API Reference, SetStackPolicy: body or URL, not both")
def a_policy_comes_one_way_only(aws):
    aws.create("one", OLD)
    refused(
        aws.cfn.set_stack_policy,
        "ValidationError",
        "You cannot specify both StackPolicyURL and StackPolicyBody",
        StackName="one",
        StackPolicyBody=policy(ALLOW),
        StackPolicyURL="https://s3.amazonaws.com/a/b",
    )


@question("User Guide, Prevent updates: a policy does not prevent the deletion of the stack")
def a_policy_does_not_keep_a_stack(aws):
    aws.create("one", OLD, StackPolicyBody=policy(deny()))
    same(aws.delete("one")["StackStatus"], "DELETE_COMPLETE")
