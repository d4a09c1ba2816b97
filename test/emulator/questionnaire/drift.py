"""Drift detection."""

from asking import QUEUE, bucket, patiently, question, queue, refused, resources, same


def detected(aws, stack="one"):
    identifier = aws.cfn.detect_stack_drift(StackName=stack)["StackDriftDetectionId"]
    for _ in patiently():
        found = aws.cfn.describe_stack_drift_detection_status(StackDriftDetectionId=identifier)
        if found["DetectionStatus"] != "DETECTION_IN_PROGRESS":
            return found


def drifts(aws):
    found = aws.cfn.describe_stack_resource_drifts(StackName="one")["StackResourceDrifts"]
    return {one["LogicalResourceId"]: one for one in found}


@question("User Guide, Detect unmanaged configuration changes: IN_SYNC")
def what_nobody_touched_is_in_sync(aws):
    aws.create("one", resources(Queue=queue(DelaySeconds=1)))
    found = detected(aws)
    same((found["StackDriftStatus"], found["DriftedStackResourceCount"]), ("IN_SYNC", 0))
    same(aws.stack("one")["DriftInformation"]["StackDriftStatus"], "IN_SYNC")


@question("User Guide, Detect unmanaged configuration changes: MODIFIED")
def what_somebody_changed_has_drifted(aws):
    aws.create("one", resources(Queue=queue(DelaySeconds=1), Other=QUEUE))
    aws.client("sqs").set_queue_attributes(QueueUrl=aws.physical("one", "Queue"), Attributes={"DelaySeconds": "9"})
    found = detected(aws)
    same((found["StackDriftStatus"], found["DriftedStackResourceCount"]), ("DRIFTED", 1))
    drift = drifts(aws)["Queue"]
    same(drift["StackResourceDriftStatus"], "MODIFIED")
    (difference,) = drift["PropertyDifferences"]
    same((difference["PropertyPath"], difference["DifferenceType"]), ("/DelaySeconds", "NOT_EQUAL"))
    same((difference["ExpectedValue"], difference["ActualValue"]), ("1", "9"))
    same(drifts(aws)["Other"]["StackResourceDriftStatus"], "IN_SYNC")


@question("User Guide, Detect unmanaged configuration changes: DELETED")
def what_somebody_deleted_has_drifted(aws):
    aws.create("one", resources(Bucket=bucket()))
    aws.client("s3").delete_bucket(Bucket=aws.physical("one", "Bucket"))
    same(detected(aws)["StackDriftStatus"], "DRIFTED")
    same(drifts(aws)["Bucket"]["StackResourceDriftStatus"], "DELETED")


@question("API Reference, DetectStackResourceDrift")
def one_resource_can_be_looked_at(aws):
    aws.create("one", resources(Queue=queue(DelaySeconds=1)))
    found = aws.cfn.detect_stack_resource_drift(StackName="one", LogicalResourceId="Queue")["StackResourceDrift"]
    same((found["StackResourceDriftStatus"], found["ResourceType"]), ("IN_SYNC", "AWS::SQS::Queue"))


@question("API Reference, DetectStackDrift: Errors")
def a_stack_that_is_not_there_has_no_drift(aws):
    refused(aws.cfn.detect_stack_drift, "ValidationError", "does not exist", StackName="nobody")
