"""Change sets: when they fail, what executing them does."""

import json

from asking import HANDLE, failing, parameter, parameters, question, refused, resources, same, slow, tags

PLAIN = resources(Handle=HANDLE)

MORE = resources(Handle=HANDLE, Other=HANDLE)


@question("API Reference, CreateChangeSet: ChangeSetType CREATE, REVIEW_IN_PROGRESS")
def a_change_set_for_a_new_stack_leaves_it_under_review(aws):
    found = aws.change_set("one", PLAIN, kind="CREATE")
    same(found["Status"], "CREATE_COMPLETE")
    same(found["ExecutionStatus"], "AVAILABLE")
    same(aws.stack("one")["StackStatus"], "REVIEW_IN_PROGRESS")
    same(aws.told("one"), ["one REVIEW_IN_PROGRESS"])
    same(aws.reason("one", "one", "REVIEW_IN_PROGRESS"), "User Initiated")
    same(aws.cfn.list_stack_resources(StackName="one")["StackResourceSummaries"], [])


@question("API Reference, ExecuteChangeSet")
def executing_it_creates_the_stack(aws):
    found = aws.change_set("one", PLAIN, kind="CREATE")
    aws.cfn.execute_change_set(ChangeSetName=found["ChangeSetId"])
    made = aws.settled("one")
    same(made["StackStatus"], "CREATE_COMPLETE")
    same(made["ChangeSetId"], found["ChangeSetId"])
    same(aws.told("one")[:2], ["one REVIEW_IN_PROGRESS", "one CREATE_IN_PROGRESS"])


@question("API Reference, ExecuteChangeSet: CloudFormation deletes all change sets associated with the stack")
def executing_it_deletes_all_change_sets(aws):
    aws.create("one", PLAIN)
    first = aws.change_set("one", MORE, name="first")
    aws.change_set("one", resources(Handle=HANDLE, Third=HANDLE), name="second")
    same(len(aws.cfn.list_change_sets(StackName="one")["Summaries"]), 2)
    aws.cfn.execute_change_set(ChangeSetName="first", StackName="one")
    same(aws.settled("one")["StackStatus"], "UPDATE_COMPLETE")
    same(aws.cfn.list_change_sets(StackName="one")["Summaries"], [])
    refused(
        aws.cfn.describe_change_set,
        "ChangeSetNotFound",
        "ChangeSet [second] does not exist",
        404,
        StackName="one",
        ChangeSetName="second",
    )
    # The executed one is remembered by its ARN.
    same(aws.cfn.describe_change_set(ChangeSetName=first["ChangeSetId"])["ExecutionStatus"], "EXECUTE_COMPLETE")


@question("API Reference, ExecuteChangeSet: Errors, InvalidChangeSetStatus")
def it_cannot_be_executed_twice(aws):
    aws.create("one", PLAIN)
    found = aws.change_set("one", MORE)
    aws.cfn.execute_change_set(ChangeSetName=found["ChangeSetId"])
    aws.settled("one")
    refused(aws.cfn.execute_change_set, "InvalidChangeSetStatus", "", ChangeSetName=found["ChangeSetId"])


@question("User Guide, Create change sets: no changes")
def one_without_changes_fails(aws):
    aws.create("one", PLAIN)
    found = aws.change_set("one", PLAIN)
    same((found["Status"], found["ExecutionStatus"]), ("FAILED", "UNAVAILABLE"))
    same(
        found["StatusReason"],
        "The submitted information didn't contain changes. Submit different information to create a change set.",
    )


@question("API Reference, ExecuteChangeSet: Errors, InvalidChangeSetStatus")
def a_failed_one_cannot_be_executed(aws):
    aws.create("one", PLAIN)
    found = aws.change_set("one", PLAIN)
    refused(
        aws.cfn.execute_change_set,
        "InvalidChangeSetStatus",
        f"ChangeSet [{found['ChangeSetId']}] cannot be executed in its current status of [FAILED]",
        ChangeSetName=found["ChangeSetId"],
    )


@question("API Reference, DescribeChangeSet: Errors, ChangeSetNotFound")
def one_that_is_not_there_is_not_found(aws):
    aws.create("one", PLAIN)
    for call in (aws.cfn.describe_change_set, aws.cfn.execute_change_set):
        refused(call, "ChangeSetNotFound", "ChangeSet [nobody] does not exist", 404, StackName="one", ChangeSetName="nobody")


@question("API Reference, DeleteChangeSet")
def deleting_one_that_is_not_there_succeeds(aws):
    aws.create("one", PLAIN)
    aws.cfn.delete_change_set(StackName="one", ChangeSetName="nobody")
    refused(
        aws.cfn.delete_change_set, "ValidationError", "Stack [nobody] does not exist", StackName="nobody", ChangeSetName="a"
    )
    refused(
        aws.cfn.delete_change_set,
        "ValidationError",
        "StackName must be specified if ChangeSetName is not specified as an ARN.",
        ChangeSetName="a",
    )


@question("API Reference, DeleteChangeSet")
def a_deleted_one_is_gone_and_the_stack_still_under_review(aws):
    found = aws.change_set("one", PLAIN, kind="CREATE")
    aws.cfn.delete_change_set(ChangeSetName=found["ChangeSetId"])
    refused(aws.cfn.describe_change_set, "ChangeSetNotFound", "", 404, ChangeSetName=found["ChangeSetId"])
    same(aws.stack("one")["StackStatus"], "REVIEW_IN_PROGRESS")
    aws.cfn.delete_stack(StackName="one")
    refused(aws.cfn.describe_stacks, "ValidationError", "does not exist", StackName="one")


@question("API Reference, CreateChangeSet: Errors, AlreadyExists")
def its_name_is_unique_within_the_stack(aws):
    aws.create("one", PLAIN)
    aws.change_set("one", MORE)
    refused(
        aws.change_set, "AlreadyExistsException", "ChangeSet changes already exists", stack="one", template=MORE
    )


@question("API Reference, CreateChangeSet: ChangeSetType CREATE for a stack that exists")
def one_that_creates_is_not_for_a_stack_that_is_there(aws):
    aws.create("one", PLAIN)
    words = "Stack [one] already exists and cannot be created again with the changeSet [changes]."
    refused(aws.change_set, "ValidationError", words, stack="one", template=MORE, kind="CREATE")


@question("API Reference, CreateChangeSet: ChangeSetType UPDATE for a stack that does not exist")
def one_that_updates_is_for_a_stack_that_is_there(aws):
    refused(aws.change_set, "ValidationError", "Stack [one] does not exist", stack="one", template=MORE)


@question("User Guide, Stack status codes: REVIEW_IN_PROGRESS")
def a_stack_under_review_is_not_updated(aws):
    aws.change_set("one", PLAIN, kind="CREATE")
    words = "is in REVIEW_IN_PROGRESS state and can not be updated."
    refused(aws.cfn.update_stack, "ValidationError", words, StackName="one", TemplateBody=json.dumps(PLAIN))


@question("API Reference, DescribeChangeSet")
def it_tells_what_it_was_made_with(aws):
    template = {"Parameters": {"Name": {"Type": "String"}}, **resources(P=parameter({"Ref": "Name"}))}
    made = {"Parameters": parameters(Name="a"), "Tags": tags(team="blue"), "Description": "mine", "Capabilities": ["CAPABILITY_IAM"]}
    found = aws.change_set("one", template, kind="CREATE", **made)
    same({key: found[key] for key in made}, made)
    same((found["StackName"], found["ChangeSetName"], found["IncludeNestedStacks"]), ("one", "changes", False))


@question("API Reference, ListChangeSets")
def they_are_listed(aws):
    aws.create("one", PLAIN)
    found = aws.change_set("one", MORE, Description="mine")
    (listed,) = aws.cfn.list_change_sets(StackName="one")["Summaries"]
    same(listed["ChangeSetId"], found["ChangeSetId"])
    same((listed["Status"], listed["ExecutionStatus"], listed["Description"]), ("CREATE_COMPLETE", "AVAILABLE", "mine"))
    refused(aws.cfn.list_change_sets, "ValidationError", "Stack [nobody] does not exist", StackName="nobody")


@question("API Reference, CreateChangeSet: a change set changes nothing until it is executed")
def it_changes_nothing_by_itself(aws):
    aws.create("one", PLAIN)
    aws.change_set("one", MORE)
    same(aws.stack("one")["StackStatus"], "CREATE_COMPLETE")
    same(len(aws.cfn.list_stack_resources(StackName="one")["StackResourceSummaries"]), 1)


@question("API Reference, CreateChangeSet: OnStackFailure DELETE")
def a_stack_that_fails_is_deleted_on_request(aws):
    found = aws.change_set(
        "one", resources(Handle=HANDLE, Slow=slow("1")), kind="CREATE", OnStackFailure="DELETE"
    )
    same(found["OnStackFailure"], "DELETE")
    aws.cfn.execute_change_set(ChangeSetName=found["ChangeSetId"])
    same(aws.settled(found["StackId"])["StackStatus"], "DELETE_COMPLETE")


@question("User Guide, Validate stack deployments: a name that is taken fails the change set")
def a_name_that_is_taken_fails_it(aws):
    found = aws.change_set("one", resources(Group=failing(aws)), kind="CREATE")
    same(found["Status"], "FAILED")
    assert "ResourceExistenceCheck" in found["StatusReason"], found["StatusReason"]


@question("API Reference, CreateChangeSet: ChangeSetName")
def its_name_has_letters_digits_and_hyphens(aws):
    refused(
        aws.change_set,
        "ValidationError",
        "at 'changeSetName' failed to satisfy constraint",
        stack="one",
        template=PLAIN,
        name="my_changes",
        kind="CREATE",
    )


@question("API Reference, ExecuteChangeSet: DisableRollback")
def it_can_be_executed_without_rollback(aws):
    found = aws.change_set("one", resources(Handle=HANDLE, Slow=slow("1")), kind="CREATE")
    aws.cfn.execute_change_set(ChangeSetName=found["ChangeSetId"], DisableRollback=True)
    same(aws.settled("one")["StackStatus"], "CREATE_FAILED")
    same(aws.resource("one", "Handle")["ResourceStatus"], "CREATE_COMPLETE")


@question("API Reference, GetTemplate: ChangeSetName")
def its_template_can_be_read(aws):
    aws.create("one", PLAIN)
    found = aws.change_set("one", MORE)
    read = aws.cfn.get_template(ChangeSetName=found["ChangeSetId"])
    same(json.loads(json.dumps(read["TemplateBody"])), MORE)


@question("API Reference, CreateChangeSet: Parameters, UsePreviousValue and UsePreviousTemplate")
def it_can_use_the_previous_template(aws):
    template = {
        "Parameters": {"Name": {"Type": "String"}, "Other": {"Type": "String", "Default": "x"}},
        **resources(P=parameter({"Fn::Sub": "${Name}-${Other}"})),
    }
    aws.create("one", template, Parameters=parameters(Name="a", Other="b"))
    given = [{"ParameterKey": "Name", "UsePreviousValue": True}, {"ParameterKey": "Other", "ParameterValue": "c"}]
    found = aws.change_set("one", None, UsePreviousTemplate=True, Parameters=given)
    aws.cfn.execute_change_set(ChangeSetName=found["ChangeSetId"])
    same(aws.settled("one")["StackStatus"], "UPDATE_COMPLETE")
    same(aws.client("ssm").get_parameter(Name=aws.physical("one", "P"))["Parameter"]["Value"], "a-c")
