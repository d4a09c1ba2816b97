"""Changes that replace a resource, and changes that do not."""

from asking import QUEUE, TOPIC, bucket, in_order, parameter, question, queue, resources, same, table


def names(aws):
    return sorted(url.rsplit("/", 1)[1] for url in aws.client("sqs").list_queues().get("QueueUrls", []))


@question("User Guide, Update behaviors: replacement")
def a_replacement_has_another_physical_id_and_the_old_one_goes(aws):
    aws.create("one", resources(Queue=queue(QueueName="first")))
    before = aws.physical("one", "Queue")
    same(aws.update("one", resources(Queue=queue(QueueName="second")))["StackStatus"], "UPDATE_COMPLETE")
    assert aws.physical("one", "Queue") != before
    same(names(aws), ["second"])


@question("User Guide, Update behaviors: the new one is made before the old one is deleted")
def the_new_one_comes_before_the_old_one_goes(aws):
    aws.create("one", resources(Queue=queue(QueueName="first")))
    old = aws.physical("one", "Queue")
    aws.update("one", resources(Queue=queue(QueueName="second")))
    told = [
        (one["ResourceStatus"], one["PhysicalResourceId"] == old, one.get("ResourceStatusReason", ""))
        for one in aws.events("one")
        if one["LogicalResourceId"] in ("Queue", "one")
    ]
    states = [state for state, _, _ in told]
    start = states.index("UPDATE_IN_PROGRESS")
    same(
        told[start + 1 :],
        [
            (
                "UPDATE_IN_PROGRESS",
                True,
                "Requested update requires the creation of a new physical resource; hence creating one.",
            ),
            ("UPDATE_IN_PROGRESS", False, "Resource creation Initiated"),
            ("UPDATE_COMPLETE", False, ""),
            ("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", False, ""),
            ("DELETE_IN_PROGRESS", True, ""),
            ("DELETE_COMPLETE", True, ""),
            ("UPDATE_COMPLETE", False, ""),
        ],
    )


@question("User Guide, Update behaviors: updates with no interruption")
def a_change_in_place_keeps_the_physical_id(aws):
    aws.create("one", resources(Queue=queue(DelaySeconds=1)))
    before = aws.physical("one", "Queue")
    aws.update("one", resources(Queue=queue(DelaySeconds=7)))
    same(aws.physical("one", "Queue"), before)
    found = aws.client("sqs").get_queue_attributes(QueueUrl=before, AttributeNames=["DelaySeconds"])
    same(found["Attributes"]["DelaySeconds"], "7")


@question("User Guide, Update behaviors: dependents follow a replacement")
def what_refers_to_a_replaced_resource_is_updated(aws):
    def template(name):
        return resources(Queue=queue(QueueName=name), P=parameter({"Ref": "Queue"}))

    aws.create("one", template("first"))
    aws.update("one", template("second"))
    in_order(aws.told("one"), "Queue UPDATE_COMPLETE", "P UPDATE_IN_PROGRESS", "P UPDATE_COMPLETE")
    value = aws.client("ssm").get_parameter(Name=aws.physical("one", "P"))["Parameter"]["Value"]
    same(value, aws.physical("one", "Queue"))


@question("User Guide, Name types: a named resource cannot be replaced under its name")
def a_resource_with_a_name_of_its_own_cannot_be_replaced(aws):
    aws.create("one", resources(Table=table("mine", "id")))
    made = aws.update("one", resources(Table=table("mine", "other")))
    same(made["StackStatus"], "UPDATE_ROLLBACK_COMPLETE")
    same(
        aws.reason("one", "Table", "UPDATE_FAILED"),
        "CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename mine and update the stack again.",
    )
    found = aws.client("dynamodb").describe_table(TableName="mine")["Table"]
    same(found["KeySchema"], [{"AttributeName": "id", "KeyType": "HASH"}])


@question("User Guide, Update behaviors: replacement of a table without a name")
def a_resource_without_a_name_is_replaced(aws):
    aws.create("one", resources(Table=table(None, "id")))
    before = aws.physical("one", "Table")
    same(aws.update("one", resources(Table=table(None, "other")))["StackStatus"], "UPDATE_COMPLETE")
    same(aws.client("dynamodb").list_tables()["TableNames"], [aws.physical("one", "Table")])
    assert before != aws.physical("one", "Table")


@question("Template Reference, UpdateReplacePolicy attribute: Retain")
def an_update_replace_policy_keeps_the_old_one(aws):
    def kept(name):
        return resources(Queue={**queue(QueueName=name), "UpdateReplacePolicy": "Retain"})

    aws.create("one", kept("first"))
    aws.update("one", kept("second"))
    same(names(aws), ["first", "second"])
    assert "Queue DELETE_SKIPPED" in aws.told("one"), aws.told("one")
    aws.delete("one")
    same(names(aws), ["first"])


@question("Template Reference, UpdateReplacePolicy attribute: DeletionPolicy does not apply to replacements")
def a_deletion_policy_does_not_keep_what_is_replaced(aws):
    def kept(name):
        return resources(Queue={**queue(QueueName=name), "DeletionPolicy": "Retain"})

    aws.create("one", kept("first"))
    aws.update("one", kept("second"))
    same(names(aws), ["second"])


@question("Template Reference, AWS::S3::Bucket: BucketName, update requires replacement")
def a_bucket_with_another_name_is_another_bucket(aws):
    first, second = f"first-{aws.account}", f"second-{aws.account}"
    aws.create("one", resources(B=bucket(BucketName=first)))
    aws.update("one", resources(B=bucket(BucketName=second)))
    same([one["Name"] for one in aws.client("s3").list_buckets()["Buckets"]], [second])


@question("Template Reference, Resources: another logical ID is another resource")
def another_logical_id_is_another_resource(aws):
    aws.create("one", resources(First=QUEUE))
    before = aws.physical("one", "First")
    aws.update("one", resources(Second=QUEUE))
    after = aws.physical("one", "Second")
    assert before != after
    same(aws.client("sqs").list_queues()["QueueUrls"], [after])
    in_order(aws.told("one"), "Second CREATE_COMPLETE", "First DELETE_IN_PROGRESS", "First DELETE_COMPLETE")


@question("Template Reference, AWS::SSM::Parameter: Name, update requires replacement")
def a_parameter_with_another_name_is_another_parameter(aws):
    def named(name):
        return resources(P={"Type": "AWS::SSM::Parameter", "Properties": {"Name": name, "Type": "String", "Value": "v"}})

    aws.create("one", named("/a"))
    aws.update("one", named("/b"))
    found = aws.client("ssm").get_parameters(Names=["/a", "/b"])
    same(([one["Name"] for one in found["Parameters"]], found["InvalidParameters"]), (["/b"], ["/a"]))


@question("Template Reference, AWS::SNS::Topic: FifoTopic, update requires replacement")
def a_topic_that_becomes_fifo_is_replaced(aws):
    aws.create("one", resources(Topic=TOPIC))
    before = aws.physical("one", "Topic")
    aws.update("one", resources(Topic={"Type": "AWS::SNS::Topic", "Properties": {"FifoTopic": True}}))
    after = aws.physical("one", "Topic")
    assert after != before and after.endswith(".fifo"), after


@question("User Guide, Name types: names that are part of an address or an ARN")
def neither_can_a_queue_or_a_topic_with_a_name_of_its_own(aws):
    def named(deduplicated):
        more = {"FifoTopic": True} if deduplicated else {}
        topic = {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "mine.fifo", **more}}
        return resources(Queue=queue(QueueName="mine.fifo", FifoQueue=True), Topic=topic)

    first = named(True)
    aws.create("one", first)
    other = named(True)
    other["Resources"]["Topic"]["Properties"]["FifoTopic"] = False
    made = aws.update("one", other)
    same(made["StackStatus"], "UPDATE_ROLLBACK_COMPLETE")
    assert "Rename mine.fifo and update the stack again." in aws.reason("one", "Topic", "UPDATE_FAILED")
    assert aws.physical("one", "Topic").endswith(":mine.fifo")


@question("AWS SDK for Python, CloudFormation waiters: failures")
def waiters_see_failures(aws):
    from botocore.exceptions import WaiterError

    soon = {"Delay": 1, "MaxAttempts": 20}
    aws.create("one", resources(Table=table("mine", "id")))
    aws.update("one", resources(Table=table("mine", "other")))
    aws.cfn.create_change_set(
        StackName="one", ChangeSetName="changes", UsePreviousTemplate=True, ChangeSetType="UPDATE"
    )
    waits = (
        ("stack_update_complete", {"StackName": "one"}, "UPDATE_ROLLBACK_COMPLETE"),
        ("change_set_create_complete", {"StackName": "one", "ChangeSetName": "changes"}, "FAILED"),
    )
    for waiter, named, state in waits:
        try:
            aws.cfn.get_waiter(waiter).wait(**named, WaiterConfig=soon)
        except WaiterError as error:
            assert state in str(error), error
            continue
        raise AssertionError(f"{waiter} saw no failure")
    aws.cfn.get_waiter("stack_rollback_complete").wait(StackName="one", WaiterConfig=soon)
