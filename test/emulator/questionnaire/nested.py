"""Stacks within stacks."""

import json

from asking import failing, parameter, parameters, question, queue, resources, same


def put(aws, key, template):
    s3, name = aws.client("s3"), f"templates-{aws.account}"
    s3.create_bucket(Bucket=name)
    s3.put_object(Bucket=name, Key=key, Body=json.dumps(template))
    return f"https://s3.us-east-1.amazonaws.com/{name}/{key}"


def child(**more):
    return {
        "Parameters": {"Name": {"Type": "String"}},
        **resources(Queue=queue(QueueName={"Ref": "Name"}), **more),
        "Outputs": {"Arn": {"Value": {"Fn::GetAtt": ["Queue", "Arn"]}}},
    }


def parent(url, name="inner"):
    return {
        **resources(
            Child={
                "Type": "AWS::CloudFormation::Stack",
                "Properties": {"TemplateURL": url, "Parameters": {"Name": name}},
            }
        ),
        "Outputs": {"Out": {"Value": {"Fn::GetAtt": ["Child", "Outputs.Arn"]}}},
    }


@question("User Guide, Split a template into reusable pieces using nested stacks")
def a_stack_can_have_stacks(aws):
    url = put(aws, "child.json", child())
    made = aws.create("one", parent(url))
    same(made["StackStatus"], "CREATE_COMPLETE")
    same(aws.outputs("one"), {"Out": f"arn:aws:sqs:us-east-1:{aws.account}:inner"})
    inner = aws.stack(aws.physical("one", "Child"))
    same((inner["ParentId"], inner["RootId"], inner["StackStatus"]), (made["StackId"], made["StackId"], "CREATE_COMPLETE"))
    assert inner["StackName"].startswith("one-Child-"), inner["StackName"]


@question("User Guide, Nested stacks: updates go through the root")
def an_update_of_the_parent_updates_the_child(aws):
    url = put(aws, "child.json", child())
    aws.create("one", parent(url))
    same(aws.update("one", parent(url, "other"))["StackStatus"], "UPDATE_COMPLETE")
    same(aws.outputs("one"), {"Out": f"arn:aws:sqs:us-east-1:{aws.account}:other"})
    same([one.rsplit("/", 1)[1] for one in aws.client("sqs").list_queues()["QueueUrls"]], ["other"])


@question("User Guide, Nested stacks: deleted with their parent")
def a_child_goes_with_its_parent(aws):
    url = put(aws, "child.json", child())
    aws.create("one", parent(url))
    inner = aws.physical("one", "Child")
    same(aws.delete("one")["StackStatus"], "DELETE_COMPLETE")
    same(aws.stack(inner)["StackStatus"], "DELETE_COMPLETE")


@question("User Guide, Nested stacks: a failure of the child is one of the parent")
def a_child_that_fails_fails_its_parent(aws):
    url = put(aws, "child.json", child(Group=failing(aws)))
    made = aws.create("one", parent(url))
    same(made["StackStatus"], "ROLLBACK_COMPLETE")
    reason = aws.reason("one", "Child", "CREATE_FAILED")
    assert reason.startswith("Embedded stack arn:aws:cloudformation:"), reason
    assert "was not successfully created: The following resource(s) failed to create: [" in reason, reason
    same(aws.client("sqs").list_queues().get("QueueUrls", []), [])


@question("API Reference, ListStacks: nested stacks are listed")
def nested_stacks_are_listed(aws):
    aws.create("one", parent(put(aws, "child.json", child())))
    listed = aws.cfn.list_stacks(StackStatusFilter=["CREATE_COMPLETE"])["StackSummaries"]
    same(len(listed), 2)
    (inner,) = (one for one in listed if one["StackName"] != "one")
    assert inner["ParentId"] == inner["RootId"] == aws.stack("one")["StackId"]


@question("User Guide, Nested stacks: parameters given by another resource")
def a_child_can_be_given_what_another_resource_is(aws):
    template = {"Parameters": {"Name": {"Type": "String"}}, **resources(P=parameter({"Ref": "Name"}))}
    url = put(aws, "child.json", template)
    outer = parent(url, {"Ref": "Outer"})
    outer["Resources"]["Outer"] = parameter()
    del outer["Outputs"]
    same(aws.create("one", outer)["StackStatus"], "CREATE_COMPLETE")
    inner = aws.physical("one", "Child")
    same(aws.stack(inner)["Parameters"], parameters(Name=aws.physical("one", "Outer")))
