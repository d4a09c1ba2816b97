"""What is told of stacks: descriptions, lists, waiters, names that are used again."""

from asking import HANDLE, QUEUE, as_map, parameter, question, refused, resources, same, tags

PLAIN = resources(Handle=HANDLE)


@question("API Reference, Stack")
def a_stack_tells_what_it_was_made_with(aws):
    template = {
        "Description": "a description",
        "Parameters": {"Name": {"Type": "String", "Default": "ada"}},
        **resources(P=parameter({"Ref": "Name"})),
        "Outputs": {"Out": {"Description": "its name", "Value": {"Ref": "Name"}}},
    }
    made = aws.create("one", template, Tags=tags(team="blue"), TimeoutInMinutes=5)
    same(made["StackStatus"], "CREATE_COMPLETE")
    same(made["Description"], "a description")
    same(made["Parameters"], [{"ParameterKey": "Name", "ParameterValue": "ada"}])
    same(made["Outputs"], [{"OutputKey": "Out", "OutputValue": "ada", "Description": "its name"}])
    same(made["Tags"], [{"Key": "team", "Value": "blue"}])
    same(made["TimeoutInMinutes"], 5)
    same(made["DisableRollback"], False)
    same(made["EnableTerminationProtection"], False)
    same(made["DriftInformation"], {"StackDriftStatus": "NOT_CHECKED"})
    same(made["NotificationARNs"], [])
    same(made["RollbackConfiguration"], {})
    assert made["StackId"].startswith(f"arn:aws:cloudformation:us-east-1:{aws.account}:stack/one/")
    assert "LastUpdatedTime" not in made and "DeletionTime" not in made


@question("API Reference, Stack: LastUpdatedTime is only given if the stack has been updated")
def an_update_is_dated(aws):
    aws.create("one", PLAIN)
    made = aws.update("one", resources(Handle=HANDLE, Other=HANDLE))
    same(made["StackStatus"], "UPDATE_COMPLETE")
    assert made["LastUpdatedTime"] >= made["CreationTime"]


@question("API Reference, DescribeStacks: a deleted stack is described by its ID only")
def a_deleted_stack_is_described_by_its_id(aws):
    gone = aws.create("one", PLAIN)
    aws.delete("one")
    refused(aws.cfn.describe_stacks, "ValidationError", "Stack with id one does not exist", StackName="one")
    found = aws.stack(gone["StackId"])
    same(found["StackStatus"], "DELETE_COMPLETE")
    assert "DeletionTime" in found


@question("API Reference, DescribeStacks: without a name, all stacks but the deleted ones")
def without_a_name_all_live_stacks_are_described(aws):
    for name in ("one", "two", "three"):
        aws.create(name, PLAIN)
    aws.delete("two")
    same({one["StackName"] for one in aws.cfn.describe_stacks()["Stacks"]}, {"one", "three"})


@question("API Reference, ListStacks: deleted stacks are listed for 90 days")
def deleted_stacks_are_listed(aws):
    aws.create("one", PLAIN)
    aws.delete("one")
    listed = aws.cfn.list_stacks()["StackSummaries"]
    same([(one["StackName"], one["StackStatus"]) for one in listed], [("one", "DELETE_COMPLETE")])
    assert "DeletionTime" in listed[0]


@question("API Reference, ListStacks: StackStatusFilter")
def lists_are_filtered_by_status(aws):
    for name in ("one", "two"):
        aws.create(name, {**PLAIN, "Description": "mine"})
    aws.delete("one")

    def listed(status):
        return aws.cfn.list_stacks(StackStatusFilter=[status])["StackSummaries"]

    same([one["StackName"] for one in listed("CREATE_COMPLETE")], ["two"])
    same([one["StackName"] for one in listed("DELETE_COMPLETE")], ["one"])
    same(listed("UPDATE_COMPLETE"), [])
    same(listed("CREATE_COMPLETE")[0]["TemplateDescription"], "mine")


@question("User Guide, Delete a stack: a name can be used again, the ID is another")
def a_name_can_be_used_again(aws):
    first = aws.create("one", PLAIN)["StackId"]
    aws.delete("one")
    second = aws.create("one", PLAIN)["StackId"]
    assert first != second
    same(aws.stack("one")["StackId"], second)
    same(aws.stack(first)["StackStatus"], "DELETE_COMPLETE")


@question("API Reference, DeleteStack")
def deleting_what_never_was_succeeds(aws):
    same(aws.cfn.delete_stack(StackName="nobody")["ResponseMetadata"]["HTTPStatusCode"], 200)


@question("API Reference, UpdateStack: a deleted stack, by its ID")
def a_deleted_stack_cannot_be_updated(aws):
    gone = aws.create("one", PLAIN)["StackId"]
    aws.delete("one")
    refused(
        aws.cfn.update_stack,
        "ValidationError",
        f"Stack:{gone} is in DELETE_COMPLETE state and can not be updated.",
        StackName=gone,
        TemplateBody='{"Resources":{"H":{"Type":"AWS::CloudFormation::WaitConditionHandle"}}}',
    )


@question("API Reference, ListStackResources")
def resources_are_listed_with_their_states(aws):
    aws.create("one", resources(Queue=QUEUE, P=parameter()))
    listed = aws.cfn.list_stack_resources(StackName="one")["StackResourceSummaries"]
    same(
        {(one["LogicalResourceId"], one["ResourceType"], one["ResourceStatus"]) for one in listed},
        {("Queue", "AWS::SQS::Queue", "CREATE_COMPLETE"), ("P", "AWS::SSM::Parameter", "CREATE_COMPLETE")},
    )
    assert all(one["PhysicalResourceId"] for one in listed)
    assert all(one["DriftInformation"] == {"StackResourceDriftStatus": "NOT_CHECKED"} for one in listed)


@question("API Reference, DescribeStackResources: by PhysicalResourceId")
def the_stack_of_a_resource_is_found_by_its_physical_id(aws):
    aws.create("one", resources(Queue=QUEUE, P=parameter()))
    found = aws.cfn.describe_stack_resources(PhysicalResourceId=aws.physical("one", "Queue"))["StackResources"]
    same({one["LogicalResourceId"] for one in found}, {"Queue", "P"})
    same({one["StackName"] for one in found}, {"one"})


@question("API Reference, DescribeStackResource: Metadata")
def a_resource_shows_its_metadata(aws):
    aws.create("one", resources(Queue={**QUEUE, "Metadata": {"Owner": "ada"}}))
    found = aws.resource("one", "Queue")
    same(found["Metadata"], '{"Owner":"ada"}')
    same(found["ResourceStatus"], "CREATE_COMPLETE")


@question("AWS SDK for Python, CloudFormation waiters")
def waiters_see_stacks_come_and_go(aws):
    soon = {"Delay": 1, "MaxAttempts": 20}
    aws.start("one", PLAIN)
    aws.cfn.get_waiter("stack_create_complete").wait(StackName="one", WaiterConfig=soon)
    aws.cfn.get_waiter("stack_exists").wait(StackName="one", WaiterConfig=soon)
    gone = aws.stack("one")["StackId"]
    aws.cfn.delete_stack(StackName="one")
    aws.cfn.get_waiter("stack_delete_complete").wait(StackName=gone, WaiterConfig=soon)
    aws.cfn.get_waiter("stack_delete_complete").wait(StackName="one", WaiterConfig=soon)


@question("User Guide, Quotas and regions: stacks are kept a region and an account each")
def another_region_has_stacks_of_its_own(aws):
    aws.create("one", PLAIN)
    same(aws.client("cloudformation", "eu-west-1").describe_stacks()["Stacks"], [])
    here = aws.client("cloudformation", "eu-west-1").create_stack(
        StackName="one", TemplateBody='{"Resources":{"H":{"Type":"AWS::CloudFormation::WaitConditionHandle"}}}'
    )
    assert ":eu-west-1:" in here["StackId"]


@question("API Reference, DescribeAccountLimits")
def an_account_has_limits(aws):
    limits = as_map(aws.cfn.describe_account_limits()["AccountLimits"], "Name")
    assert limits["StackLimit"] >= 200 and limits["StackOutputsLimit"] == 200


@question("API Reference, SetStackPolicy and others: NotificationARNs, RoleARN, Capabilities are told")
def capabilities_and_notifications_are_told(aws):
    topic = aws.client("sns").create_topic(Name="news")["TopicArn"]
    made = aws.create("one", PLAIN, Capabilities=["CAPABILITY_IAM"], NotificationARNs=[topic])
    same(made["Capabilities"], ["CAPABILITY_IAM"])
    same(made["NotificationARNs"], [topic])
