"""Stack tags and what they reach."""

from asking import QUEUE, TOPIC, as_map, bucket, parameter, question, queue, resources, same, table
from asking import tags as given


def bucket_tags(aws, logical="Bucket"):
    found = aws.client("s3").get_bucket_tagging(Bucket=aws.physical("one", logical))["TagSet"]
    return as_map(found)


def queue_tags(aws):
    return aws.client("sqs").list_queue_tags(QueueUrl=aws.physical("one", "Queue")).get("Tags", {})


@question("API Reference, CreateStack: Tags; Template Reference, Resource tags")
def stack_tags_reach_the_resources(aws):
    aws.create("one", resources(Bucket=bucket(), Queue=QUEUE, Topic=TOPIC, Table=table()), Tags=given(team="blue"))
    same(bucket_tags(aws)["team"], "blue")
    same(queue_tags(aws)["team"], "blue")
    found = aws.client("sns").list_tags_for_resource(ResourceArn=aws.physical("one", "Topic"))["Tags"]
    same(as_map(found)["team"], "blue")
    dynamodb = aws.client("dynamodb")
    arn = dynamodb.describe_table(TableName=aws.physical("one", "Table"))["Table"]["TableArn"]
    same(as_map(dynamodb.list_tags_of_resource(ResourceArn=arn)["Tags"])["team"], "blue")


@question("Template Reference, Resource tags: aws:cloudformation:*")
def cloudformation_adds_tags_of_its_own(aws):
    made = aws.create("one", resources(Bucket=bucket()))
    same(
        bucket_tags(aws),
        {
            "aws:cloudformation:stack-name": "one",
            "aws:cloudformation:stack-id": made["StackId"],
            "aws:cloudformation:logical-id": "Bucket",
        },
    )


@question("Template Reference, Resource tags: a resource's own tags come first")
def a_resource_keeps_its_own_tags(aws):
    own = bucket(Tags=given(team="red", mine="yes"))
    aws.create("one", resources(Bucket=own), Tags=given(team="blue", stage="dev"))
    found = bucket_tags(aws)
    same((found["team"], found["mine"], found["stage"]), ("red", "yes", "dev"))


@question("API Reference, UpdateStack: Tags")
def new_stack_tags_reach_the_resources(aws):
    aws.create("one", resources(Queue=QUEUE), Tags=given(team="blue", old="yes"))
    before = aws.physical("one", "Queue")
    made = aws.update("one", Tags=given(team="red"))
    same(made["StackStatus"], "UPDATE_COMPLETE")
    same(made["Tags"], given(team="red"))
    found = queue_tags(aws)
    same((found["team"], "old" in found, aws.physical("one", "Queue")), ("red", False, before))


@question("API Reference, UpdateStack: without Tags, the stack's tags stay")
def tags_stay_when_none_are_given(aws):
    aws.create("one", resources(Queue=QUEUE), Tags=given(team="blue"))
    aws.update("one", resources(Queue=queue(DelaySeconds=3)))
    same(aws.stack("one")["Tags"], given(team="blue"))
    same(queue_tags(aws)["team"], "blue")


@question("API Reference, UpdateStack: an empty list of tags removes them")
def tags_go_when_an_empty_list_is_given(aws):
    aws.create("one", resources(Queue=QUEUE), Tags=given(team="blue"))
    aws.update("one", Tags=[])
    same(aws.stack("one")["Tags"], [])
    assert "team" not in queue_tags(aws)


@question("Resource Groups Tagging API Reference, GetResources")
def resources_are_found_by_the_stacks_tags(aws):
    aws.create("one", resources(Bucket=bucket(), Queue=QUEUE), Tags=given(team="blue"))
    found = aws.client("resourcegroupstaggingapi").get_resources(TagFilters=[{"Key": "team", "Values": ["blue"]}])
    arns = {one["ResourceARN"] for one in found["ResourceTagMappingList"]}
    bucket_arn = f"arn:aws:s3:::{aws.physical('one', 'Bucket')}"
    queue_arn = f"arn:aws:sqs:us-east-1:{aws.account}:{aws.physical('one', 'Queue').rsplit('/', 1)[1]}"
    assert {bucket_arn, queue_arn} <= arns, arns


@question("Template Reference, AWS::SSM::Parameter: Tags is a map")
def a_parameter_has_tags_too(aws):
    tagged = parameter()
    tagged["Properties"]["Tags"] = {"mine": "yes"}
    aws.create("one", resources(P=tagged), Tags=given(team="blue"))
    found = aws.client("ssm").list_tags_for_resource(ResourceType="Parameter", ResourceId=aws.physical("one", "P"))
    same({key: value for key, value in as_map(found["TagList"]).items() if not key.startswith("aws:")}, {"mine": "yes", "team": "blue"})
