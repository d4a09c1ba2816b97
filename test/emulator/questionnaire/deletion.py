"""What stays and what goes when stacks and resources are deleted."""

from asking import QUEUE, bucket, in_order, parameter, question, queue, refused, resources, same, table


def names(aws):
    return sorted(url.rsplit("/", 1)[1] for url in aws.client("sqs").list_queues().get("QueueUrls", []))


def full(aws, name, **more):
    """A stack with a bucket that somebody filled."""
    made = aws.create("one", resources(Bucket={**bucket(BucketName=name), **more}, Queue=queue(QueueName="mine")))
    aws.client("s3").put_object(Bucket=name, Key="a", Body=b"b")
    return made["StackId"]


@question("Template Reference, DeletionPolicy attribute: Retain")
def what_is_retained_outlives_its_stack(aws):
    made = aws.create("one", resources(Kept={**queue(QueueName="kept"), "DeletionPolicy": "Retain"}, Gone=QUEUE))
    same(aws.delete("one")["StackStatus"], "DELETE_COMPLETE")
    same(names(aws), ["kept"])
    in_order(aws.told(made["StackId"]), "one DELETE_IN_PROGRESS", "Kept DELETE_SKIPPED", "one DELETE_COMPLETE")


@question("Template Reference, DeletionPolicy attribute: removed from the template")
def what_is_retained_outlives_its_template(aws):
    aws.create("one", resources(Kept={**queue(QueueName="kept"), "DeletionPolicy": "Retain"}, P=parameter()))
    same(aws.update("one", resources(P=parameter()))["StackStatus"], "UPDATE_COMPLETE")
    same(names(aws), ["kept"])
    assert "Kept DELETE_SKIPPED" in aws.told("one")
    same([one["LogicalResourceId"] for one in aws.cfn.list_stack_resources(StackName="one")["StackResourceSummaries"] if one["ResourceStatus"] != "DELETE_SKIPPED"], ["P"])


@question("Template Reference, DeletionPolicy attribute: a retained name stays taken")
def what_was_retained_is_in_the_way_of_the_next_stack(aws):
    kept = resources(Kept={**table("kept"), "DeletionPolicy": "Retain"})
    aws.create("one", kept)
    aws.delete("one")
    made = aws.create("one", kept)
    same(made["StackStatus"], "ROLLBACK_COMPLETE")
    assert "already exists" in aws.reason("one", "Kept", "CREATE_FAILED")
    same(aws.client("dynamodb").list_tables()["TableNames"], ["kept"])


@question("User Guide, Troubleshooting: Delete stack fails, a bucket that is not empty")
def a_bucket_that_is_not_empty_fails_the_deletion(aws):
    name = f"full-{aws.account}"
    full(aws, name)
    made = aws.delete("one")
    same(made["StackStatus"], "DELETE_FAILED")
    same(made["StackStatusReason"].strip(), "The following resource(s) failed to delete: [Bucket].")
    assert "The bucket you tried to delete is not empty" in aws.reason("one", "Bucket", "DELETE_FAILED")
    same([one["Name"] for one in aws.client("s3").list_buckets()["Buckets"]], [name])
    same(names(aws), [])


@question("API Reference, DeleteStack: a stack in DELETE_FAILED can be deleted again")
def an_emptied_bucket_lets_the_deletion_succeed(aws):
    name = f"full-{aws.account}"
    full(aws, name)
    aws.delete("one")
    aws.client("s3").delete_object(Bucket=name, Key="a")
    same(aws.delete("one")["StackStatus"], "DELETE_COMPLETE")
    same(aws.client("s3").list_buckets()["Buckets"], [])


@question("API Reference, DeleteStack: RetainResources")
def a_resource_that_cannot_be_deleted_can_be_retained(aws):
    name = f"full-{aws.account}"
    full(aws, name)
    aws.delete("one")
    same(aws.delete("one", RetainResources=["Bucket"])["StackStatus"], "DELETE_COMPLETE")
    same([one["Name"] for one in aws.client("s3").list_buckets()["Buckets"]], [name])


@question("API Reference, DeleteStack: RetainResources, for stacks in the DELETE_FAILED state")
def resources_are_retained_only_after_a_failed_deletion(aws):
    aws.create("one", resources(Queue=QUEUE))
    refused(
        aws.cfn.delete_stack, "ValidationError", "DELETE_FAILED state", StackName="one", RetainResources=["Queue"]
    )
    same(aws.stack("one")["StackStatus"], "CREATE_COMPLETE")


@question("API Reference, DeleteStack: DeletionMode FORCE_DELETE_STACK")
def a_deletion_can_be_forced_once_it_has_failed(aws):
    name = f"full-{aws.account}"
    full(aws, name)
    refused(
        aws.cfn.delete_stack,
        "ValidationError",
        "only when the stack is in the DELETE_FAILED state",
        StackName="one",
        DeletionMode="FORCE_DELETE_STACK",
    )
    aws.delete("one")
    same(aws.delete("one", DeletionMode="FORCE_DELETE_STACK")["StackStatus"], "DELETE_COMPLETE")
    same([one["Name"] for one in aws.client("s3").list_buckets()["Buckets"]], [name])


@question("User Guide, Stack status codes: DELETE_FAILED")
def a_stack_that_could_not_be_deleted_cannot_be_updated(aws):
    full(aws, f"full-{aws.account}")
    aws.delete("one")
    refused(
        aws.cfn.update_stack,
        "ValidationError",
        "is in DELETE_FAILED state and can not be updated.",
        StackName="one",
        TemplateBody='{"Resources":{"H":{"Type":"AWS::CloudFormation::WaitConditionHandle"}}}',
    )


@question("User Guide, Delete a stack: what somebody else deleted is no obstacle")
def what_somebody_deleted_by_hand_is_no_obstacle(aws):
    aws.create("one", resources(Queue=QUEUE, P=parameter(), Table=table(), Bucket=bucket()))
    physical = {one: aws.physical("one", one) for one in ("Queue", "P", "Table", "Bucket")}
    aws.client("sqs").delete_queue(QueueUrl=physical["Queue"])
    aws.client("ssm").delete_parameter(Name=physical["P"])
    aws.client("dynamodb").delete_table(TableName=physical["Table"])
    aws.client("s3").delete_bucket(Bucket=physical["Bucket"])
    same(aws.delete("one")["StackStatus"], "DELETE_COMPLETE")


@question("User Guide, Update behaviors: a resource that is gone fails its update")
def what_somebody_deleted_by_hand_cannot_be_updated(aws):
    aws.create("one", resources(P=parameter("a")))
    aws.client("ssm").delete_parameter(Name=aws.physical("one", "P"))
    made = aws.update("one", resources(P=parameter("b")))
    assert made["StackStatus"] in ("UPDATE_ROLLBACK_FAILED", "UPDATE_ROLLBACK_COMPLETE"), made["StackStatus"]
    assert aws.reason("one", "P", "UPDATE_FAILED")


@question("Template Reference, DeletionPolicy attribute: Snapshot")
def a_volume_leaves_a_snapshot(aws):
    volume = {
        "Type": "AWS::EC2::Volume",
        "DeletionPolicy": "Snapshot",
        "Properties": {"AvailabilityZone": "us-east-1a", "Size": 1},
    }
    aws.create("one", resources(Volume=volume))
    physical = aws.physical("one", "Volume")
    same(aws.delete("one")["StackStatus"], "DELETE_COMPLETE")
    found = aws.client("ec2").describe_snapshots(OwnerIds=["self"])["Snapshots"]
    same([one["VolumeId"] for one in found], [physical])


@question("API Reference, DeleteStack: repeated")
def deleting_twice_is_no_mistake(aws):
    made = aws.create("one", resources(Queue=QUEUE))
    aws.cfn.delete_stack(StackName="one")
    aws.cfn.delete_stack(StackName=made["StackId"])
    same(aws.settled(made["StackId"])["StackStatus"], "DELETE_COMPLETE")
    aws.cfn.delete_stack(StackName=made["StackId"])


@question("Template Reference, AWS::DynamoDB::Table: DeletionProtectionEnabled")
def a_protected_table_fails_the_deletion(aws):
    protected = table("mine")
    protected["Properties"]["DeletionProtectionEnabled"] = True
    aws.create("one", resources(Table=protected))
    same(aws.delete("one")["StackStatus"], "DELETE_FAILED")
    same(aws.client("dynamodb").list_tables()["TableNames"], ["mine"])
    assert aws.reason("one", "Table", "DELETE_FAILED")


@question("KMS Developer Guide, Deleting AWS KMS keys: CloudFormation schedules the deletion")
def a_deleted_key_is_pending_deletion(aws):
    key = {
        "Type": "AWS::KMS::Key",
        "Properties": {
            "PendingWindowInDays": 7,
            "KeyPolicy": {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"AWS": {"Fn::Sub": "arn:aws:iam::${AWS::AccountId}:root"}},
                        "Action": "kms:*",
                        "Resource": "*",
                    }
                ],
            },
        },
    }
    aws.create("one", resources(Key=key))
    physical = aws.physical("one", "Key")
    aws.delete("one")
    same(aws.client("kms").describe_key(KeyId=physical)["KeyMetadata"]["KeyState"], "PendingDeletion")
