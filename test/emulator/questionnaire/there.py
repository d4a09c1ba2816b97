"""What is really there: storage and messages, asked of the services themselves."""

import json

from asking import Aws, TOPIC, bucket, question, queue, refused, resources, same, table


@question("Template Reference, AWS::S3::Bucket")
def a_bucket_is_there_as_it_was_wanted(aws):
    name = f"mine-{aws.account}"
    wanted = bucket(
        BucketName=name,
        VersioningConfiguration={"Status": "Enabled"},
        BucketEncryption={
            "ServerSideEncryptionConfiguration": [{"ServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}}]
        },
        PublicAccessBlockConfiguration={
            one: True for one in ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
        },
    )
    aws.create("one", resources(Bucket=wanted))
    s3 = aws.client("s3")
    same([one["Name"] for one in s3.list_buckets()["Buckets"]], [name])
    same(s3.head_bucket(Bucket=name)["ResponseMetadata"]["HTTPStatusCode"], 200)
    same(s3.get_bucket_versioning(Bucket=name)["Status"], "Enabled")
    rule = s3.get_bucket_encryption(Bucket=name)["ServerSideEncryptionConfiguration"]["Rules"][0]
    same(rule["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"], "aws:kms")
    assert all(s3.get_public_access_block(Bucket=name)["PublicAccessBlockConfiguration"].values())
    same(s3.get_bucket_location(Bucket=name).get("LocationConstraint"), None)
    aws.delete("one")
    refused(s3.list_objects_v2, "NoSuchBucket", "The specified bucket does not exist", 404, Bucket=name)
    refused(s3.head_bucket, "404", "", 404, Bucket=name)


@question("S3 API Reference, CreateBucket: BucketAlreadyExists")
def a_bucket_name_is_taken_in_the_whole_world(aws):
    name = f"shared-{aws.account}"
    other = Aws(str(int(aws.account) + 100000))
    other.client("s3").create_bucket(Bucket=name)
    made = aws.create("one", resources(Bucket=bucket(BucketName=name)))
    same(made["StackStatus"], "ROLLBACK_COMPLETE")
    assert "already exists" in aws.reason("one", "Bucket", "CREATE_FAILED").lower()
    refused(aws.client("s3").create_bucket, "BucketAlreadyExists", "", 409, Bucket=name)


@question("Template Reference, AWS::SQS::Queue")
def a_queue_is_there_as_it_was_wanted(aws):
    aws.create("one", resources(Queue=queue(QueueName="mine", VisibilityTimeout=45, MessageRetentionPeriod=3600)))
    sqs = aws.client("sqs")
    url = sqs.get_queue_url(QueueName="mine")["QueueUrl"]
    same(url, aws.physical("one", "Queue"))
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    same((found["VisibilityTimeout"], found["MessageRetentionPeriod"]), ("45", "3600"))
    same(found["QueueArn"], f"arn:aws:sqs:us-east-1:{aws.account}:mine")
    aws.delete("one")
    refused(sqs.get_queue_url, "AWS.SimpleQueueService.NonExistentQueue", "", QueueName="mine")
    refused(sqs.get_queue_attributes, "AWS.SimpleQueueService.NonExistentQueue", "", QueueUrl=url)
    try:
        sqs.get_queue_url(QueueName="mine")
    except sqs.exceptions.QueueDoesNotExist:
        return
    raise AssertionError("the SDK does not know the exception")


@question("Amazon SQS API Reference, SendMessage, ReceiveMessage")
def a_queue_carries_messages(aws):
    aws.create("one", resources(Queue=queue()))
    sqs, url = aws.client("sqs"), aws.physical("one", "Queue")
    sent = sqs.send_message(QueueUrl=url, MessageBody="hello")
    (received,) = sqs.receive_message(QueueUrl=url)["Messages"]
    same((received["Body"], received["MessageId"]), ("hello", sent["MessageId"]))
    sqs.delete_message(QueueUrl=url, ReceiptHandle=received["ReceiptHandle"])
    assert "Messages" not in sqs.receive_message(QueueUrl=url)


@question("Template Reference, AWS::SQS::Queue: RedrivePolicy, FifoQueue")
def a_queue_knows_its_dead_letters(aws):
    redrive = {"deadLetterTargetArn": {"Fn::GetAtt": ["Dead", "Arn"]}, "maxReceiveCount": 3}
    aws.create("one", resources(Dead=queue(QueueName="dead"), Queue=queue(QueueName="mine", RedrivePolicy=redrive)))
    found = aws.client("sqs").get_queue_attributes(QueueUrl=aws.physical("one", "Queue"), AttributeNames=["RedrivePolicy"])
    policy = json.loads(found["Attributes"]["RedrivePolicy"])
    same(policy, {"deadLetterTargetArn": f"arn:aws:sqs:us-east-1:{aws.account}:dead", "maxReceiveCount": 3})


@question("Template Reference, AWS::SNS::Topic, AWS::SNS::Subscription")
def a_topic_is_there_with_its_subscription(aws):
    subscription = {
        "Type": "AWS::SNS::Subscription",
        "Properties": {"TopicArn": {"Ref": "Topic"}, "Protocol": "sqs", "Endpoint": {"Fn::GetAtt": ["Queue", "Arn"]}},
    }
    topic = {**TOPIC, "Properties": {"DisplayName": "news"}}
    aws.create("one", resources(Topic=topic, Queue=queue(), Subscription=subscription))
    sns, arn = aws.client("sns"), aws.physical("one", "Topic")
    assert {"TopicArn": arn} in sns.list_topics()["Topics"]
    same(sns.get_topic_attributes(TopicArn=arn)["Attributes"]["DisplayName"], "news")
    (found,) = sns.list_subscriptions_by_topic(TopicArn=arn)["Subscriptions"]
    same((found["Protocol"], found["TopicArn"]), ("sqs", arn))
    same(len(sns.list_subscriptions()["Subscriptions"]), 1)
    aws.delete("one")
    refused(sns.get_topic_attributes, "NotFound", "Topic does not exist", 404, TopicArn=arn)


@question("Template Reference, AWS::DynamoDB::Table")
def a_table_is_there_and_takes_items(aws):
    aws.create("one", resources(Table=table("mine")))
    dynamodb = aws.client("dynamodb")
    found = dynamodb.describe_table(TableName="mine")["Table"]
    same((found["TableStatus"], found["KeySchema"]), ("ACTIVE", [{"AttributeName": "id", "KeyType": "HASH"}]))
    same(found["BillingModeSummary"]["BillingMode"], "PAY_PER_REQUEST")
    dynamodb.put_item(TableName="mine", Item={"id": {"S": "a"}, "n": {"N": "1"}})
    same(dynamodb.get_item(TableName="mine", Key={"id": {"S": "a"}})["Item"]["n"], {"N": "1"})
    same(dynamodb.scan(TableName="mine")["Count"], 1)
    dynamodb.get_waiter("table_exists").wait(TableName="mine")
    aws.delete("one")
    refused(dynamodb.describe_table, "ResourceNotFoundException", "", TableName="mine")
    same(dynamodb.list_tables()["TableNames"], [])


@question("Template Reference, AWS::S3::BucketPolicy and further settings of a bucket")
def a_bucket_has_its_settings(aws):
    wanted = bucket(
        BucketName=f"mine-{aws.account}",
        LifecycleConfiguration={"Rules": [{"Id": "old", "Status": "Enabled", "ExpirationInDays": 30}]},
        CorsConfiguration={"CorsRules": [{"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}]},
        WebsiteConfiguration={"IndexDocument": "index.html"},
        Tags=[{"Key": "mine", "Value": "yes"}],
    )
    statement = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": {"Fn::GetAtt": ["Bucket", "Arn"]},
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    policy = {
        "Type": "AWS::S3::BucketPolicy",
        "Properties": {"Bucket": {"Ref": "Bucket"}, "PolicyDocument": {"Version": "2012-10-17", "Statement": [statement]}},
    }
    same(aws.create("one", resources(Bucket=wanted, Policy=policy))["StackStatus"], "CREATE_COMPLETE")
    s3, name = aws.client("s3"), f"mine-{aws.account}"
    (rule,) = s3.get_bucket_lifecycle_configuration(Bucket=name)["Rules"]
    same((rule["ID"], rule["Expiration"]), ("old", {"Days": 30}))
    (cors,) = s3.get_bucket_cors(Bucket=name)["CORSRules"]
    same((cors["AllowedMethods"], cors["AllowedOrigins"]), (["GET"], ["*"]))
    same(s3.get_bucket_website(Bucket=name)["IndexDocument"], {"Suffix": "index.html"})
    same(json.loads(s3.get_bucket_policy(Bucket=name)["Policy"])["Statement"][0]["Effect"], "Deny")
    same(s3.get_bucket_acl(Bucket=name)["Grants"][0]["Permission"], "FULL_CONTROL")
    same(s3.get_bucket_notification_configuration(Bucket=name).get("QueueConfigurations", []), [])
    assert "LoggingEnabled" not in s3.get_bucket_logging(Bucket=name)
    aws.update("one", resources(Bucket=wanted))
    refused(s3.get_bucket_policy, "NoSuchBucketPolicy", "The bucket policy does not exist", 404, Bucket=name)


@question("Template Reference, AWS::DynamoDB::Table: indexes, streams, time to live, recovery, encryption")
def a_table_has_its_settings(aws):
    wanted = table("mine")
    wanted["Properties"].update(
        AttributeDefinitions=[{"AttributeName": one, "AttributeType": "S"} for one in ("id", "owner")],
        GlobalSecondaryIndexes=[
            {
                "IndexName": "by-owner",
                "KeySchema": [{"AttributeName": "owner", "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
        StreamSpecification={"StreamViewType": "NEW_IMAGE"},
        TimeToLiveSpecification={"AttributeName": "ttl", "Enabled": True},
        PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True},
        SSESpecification={"SSEEnabled": True},
        DeletionProtectionEnabled=False,
    )
    same(aws.create("one", resources(Table=wanted))["StackStatus"], "CREATE_COMPLETE")
    dynamodb = aws.client("dynamodb")
    found = dynamodb.describe_table(TableName="mine")["Table"]
    (index,) = found["GlobalSecondaryIndexes"]
    same((index["IndexName"], index["IndexStatus"]), ("by-owner", "ACTIVE"))
    same(found["StreamSpecification"], {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"})
    assert found["LatestStreamArn"].startswith(found["TableArn"] + "/stream/")
    same(found["SSEDescription"]["Status"], "ENABLED")
    same(found["DeletionProtectionEnabled"], False)
    ttl = dynamodb.describe_time_to_live(TableName="mine")["TimeToLiveDescription"]
    same(ttl, {"TimeToLiveStatus": "ENABLED", "AttributeName": "ttl"})
    backups = dynamodb.describe_continuous_backups(TableName="mine")["ContinuousBackupsDescription"]
    same(backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"], "ENABLED")
    wanted["Properties"].update(BillingMode="PROVISIONED", ProvisionedThroughput={"ReadCapacityUnits": 2, "WriteCapacityUnits": 3})
    wanted["Properties"]["GlobalSecondaryIndexes"][0]["ProvisionedThroughput"] = {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1}
    aws.update("one", resources(Table=wanted))
    found = dynamodb.describe_table(TableName="mine")["Table"]["ProvisionedThroughput"]
    same((found["ReadCapacityUnits"], found["WriteCapacityUnits"]), (2, 3))
