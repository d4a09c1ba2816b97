"""What is really there: identities, networks, keys and the rest, asked of the services themselves."""

import json

from asking import TOPIC, parameter, question, queue, refused, resources, role, same


@question("Template Reference, AWS::IAM::Role, AWS::IAM::Policy")
def a_role_is_there_with_its_policies(aws):
    statement = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
    document = {"Version": "2012-10-17", "Statement": [statement]}
    managed = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
    wanted = role(RoleName="mine", ManagedPolicyArns=[managed], Policies=[{"PolicyName": "inline", "PolicyDocument": document}])
    attached = {
        "Type": "AWS::IAM::Policy",
        "Properties": {"PolicyName": "attached", "PolicyDocument": document, "Roles": [{"Ref": "Role"}]},
    }
    made = aws.create("one", resources(Role=wanted, Policy=attached), Capabilities=["CAPABILITY_NAMED_IAM"])
    same(made["StackStatus"], "CREATE_COMPLETE")
    iam = aws.client("iam")
    found = iam.get_role(RoleName="mine")["Role"]
    same(found["Arn"], f"arn:aws:iam::{aws.account}:role/mine")
    same(found["AssumeRolePolicyDocument"]["Statement"][0]["Principal"], {"Service": "ecs-tasks.amazonaws.com"})
    same(sorted(iam.list_role_policies(RoleName="mine")["PolicyNames"]), ["attached", "inline"])
    same(iam.get_role_policy(RoleName="mine", PolicyName="inline")["PolicyDocument"], document)
    same([one["PolicyArn"] for one in iam.list_attached_role_policies(RoleName="mine")["AttachedPolicies"]], [managed])
    aws.delete("one")
    refused(iam.get_role, "NoSuchEntity", "The role with name mine cannot be found.", 404, RoleName="mine")


@question("Template Reference, AWS::IAM::ManagedPolicy, AWS::IAM::User, AWS::IAM::InstanceProfile")
def other_identities_are_there_too(aws):
    document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
    made = aws.create(
        "one",
        resources(
            Role=role(RoleName="mine"),
            Policy={"Type": "AWS::IAM::ManagedPolicy", "Properties": {"ManagedPolicyName": "mine", "PolicyDocument": document}},
            User={"Type": "AWS::IAM::User", "Properties": {"UserName": "ada"}},
            Profile={"Type": "AWS::IAM::InstanceProfile", "Properties": {"InstanceProfileName": "mine", "Roles": [{"Ref": "Role"}]}},
        ),
        Capabilities=["CAPABILITY_NAMED_IAM"],
    )
    same(made["StackStatus"], "CREATE_COMPLETE")
    iam = aws.client("iam")
    arn = f"arn:aws:iam::{aws.account}:policy/mine"
    same(iam.get_policy(PolicyArn=arn)["Policy"]["PolicyName"], "mine")
    same(iam.get_policy_version(PolicyArn=arn, VersionId="v1")["PolicyVersion"]["Document"], document)
    assert arn in [one["Arn"] for one in iam.list_policies(Scope="Local")["Policies"]]
    same(iam.get_user(UserName="ada")["User"]["UserName"], "ada")
    profile = iam.get_instance_profile(InstanceProfileName="mine")["InstanceProfile"]
    same([one["RoleName"] for one in profile["Roles"]], ["mine"])
    aws.delete("one")
    refused(iam.get_user, "NoSuchEntity", "", 404, UserName="ada")
    refused(iam.get_policy, "NoSuchEntity", "", 404, PolicyArn=arn)


@question("Template Reference, AWS::SSM::Parameter")
def a_parameter_is_there(aws):
    named = parameter("a")
    named["Properties"].update(Name="/mine/a", Description="mine")
    aws.create("one", resources(P=named))
    ssm = aws.client("ssm")
    found = ssm.get_parameter(Name="/mine/a")["Parameter"]
    same((found["Value"], found["Type"], found["Version"]), ("a", "String", 1))
    same(found["ARN"], f"arn:aws:ssm:us-east-1:{aws.account}:parameter/mine/a")
    same([one["Name"] for one in ssm.get_parameters_by_path(Path="/mine")["Parameters"]], ["/mine/a"])
    same([one["Name"] for one in ssm.describe_parameters()["Parameters"]], ["/mine/a"])
    named["Properties"]["Value"] = "b"
    aws.update("one", resources(P=named))
    found = ssm.get_parameter(Name="/mine/a")["Parameter"]
    same((found["Value"], found["Version"]), ("b", 2))
    aws.delete("one")
    refused(ssm.get_parameter, "ParameterNotFound", "", Name="/mine/a")


@question("Template Reference, AWS::Logs::LogGroup")
def a_log_group_is_there(aws):
    group = {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": "/mine", "RetentionInDays": 7}}
    aws.create("one", resources(Group=group))
    logs = aws.client("logs")
    (found,) = logs.describe_log_groups(logGroupNamePrefix="/mine")["logGroups"]
    same((found["logGroupName"], found["retentionInDays"]), ("/mine", 7))
    logs.create_log_stream(logGroupName="/mine", logStreamName="a")
    same([one["logStreamName"] for one in logs.describe_log_streams(logGroupName="/mine")["logStreams"]], ["a"])
    aws.delete("one")
    same(logs.describe_log_groups(logGroupNamePrefix="/mine")["logGroups"], [])
    refused(logs.describe_log_streams, "ResourceNotFoundException", "", logGroupName="/mine")


@question("Template Reference, AWS::EC2::VPC, Subnet, SecurityGroup, InternetGateway")
def a_network_is_there(aws):
    aws.create(
        "one",
        resources(
            Vpc={"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.7.0.0/16", "EnableDnsHostnames": True}},
            Subnet={
                "Type": "AWS::EC2::Subnet",
                "Properties": {"VpcId": {"Ref": "Vpc"}, "CidrBlock": "10.7.1.0/24", "AvailabilityZone": "us-east-1a"},
            },
            Gateway={"Type": "AWS::EC2::InternetGateway"},
            Attachment={
                "Type": "AWS::EC2::VPCGatewayAttachment",
                "Properties": {"VpcId": {"Ref": "Vpc"}, "InternetGatewayId": {"Ref": "Gateway"}},
            },
            Group={
                "Type": "AWS::EC2::SecurityGroup",
                "Properties": {
                    "GroupDescription": "mine",
                    "VpcId": {"Ref": "Vpc"},
                    "SecurityGroupIngress": [{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": "0.0.0.0/0"}],
                },
            },
        ),
    )
    ec2, vpc = aws.client("ec2"), aws.physical("one", "Vpc")
    (found,) = ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"]
    same((found["CidrBlock"], found["State"]), ("10.7.0.0/16", "available"))
    named = {one["Key"]: one["Value"] for one in found["Tags"]}
    same(named["aws:cloudformation:logical-id"], "Vpc")
    (subnet,) = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["Subnets"]
    same((subnet["SubnetId"], subnet["AvailableIpAddressCount"]), (aws.physical("one", "Subnet"), 251))
    (group,) = ec2.describe_security_groups(GroupIds=[aws.physical("one", "Group")])["SecurityGroups"]
    same((group["IpPermissions"][0]["FromPort"], group["VpcId"]), (443, vpc))
    (gateway,) = ec2.describe_internet_gateways(InternetGatewayIds=[aws.physical("one", "Gateway")])["InternetGateways"]
    same(gateway["Attachments"][0]["VpcId"], vpc)
    same(ec2.describe_vpc_attribute(VpcId=vpc, Attribute="enableDnsHostnames")["EnableDnsHostnames"], {"Value": True})
    aws.delete("one")
    refused(ec2.describe_vpcs, "InvalidVpcID.NotFound", vpc, VpcIds=[vpc])


@question("Template Reference, AWS::SecretsManager::Secret")
def a_secret_is_there(aws):
    secret = {
        "Type": "AWS::SecretsManager::Secret",
        "Properties": {
            "Name": "mine",
            "GenerateSecretString": {
                "SecretStringTemplate": '{"username":"ada"}',
                "GenerateStringKey": "password",
                "PasswordLength": 20,
            },
        },
    }
    aws.create("one", resources(Secret=secret))
    manager = aws.client("secretsmanager")
    found = json.loads(manager.get_secret_value(SecretId="mine")["SecretString"])
    same((found["username"], len(found["password"])), ("ada", 20))
    same(manager.describe_secret(SecretId="mine")["ARN"], aws.physical("one", "Secret"))
    aws.delete("one")
    refused(
        manager.describe_secret,
        "ResourceNotFoundException",
        "Secrets Manager can't find the specified secret.",
        SecretId="mine",
    )


@question("Template Reference, AWS::KMS::Key, AWS::KMS::Alias")
def a_key_is_there_with_its_alias(aws):
    root = {"Fn::Sub": "arn:aws:iam::${AWS::AccountId}:root"}
    statement = {"Effect": "Allow", "Principal": {"AWS": root}, "Action": "kms:*", "Resource": "*"}
    document = {"Version": "2012-10-17", "Statement": [statement]}
    key = {"Type": "AWS::KMS::Key", "Properties": {"EnableKeyRotation": True, "KeyPolicy": document}}
    alias = {"Type": "AWS::KMS::Alias", "Properties": {"AliasName": "alias/mine", "TargetKeyId": {"Ref": "Key"}}}
    aws.create("one", resources(Key=key, Alias=alias))
    kms = aws.client("kms")
    found = kms.describe_key(KeyId="alias/mine")["KeyMetadata"]
    same((found["KeyId"], found["KeyState"], found["Enabled"]), (aws.physical("one", "Key"), "Enabled", True))
    same(kms.get_key_rotation_status(KeyId=found["KeyId"])["KeyRotationEnabled"], True)
    assert "kms:*" in kms.get_key_policy(KeyId=found["KeyId"], PolicyName="default")["Policy"]
    assert "alias/mine" in [one["AliasName"] for one in kms.list_aliases()["Aliases"]]


@question("Template Reference, AWS::ECS::Cluster, AWS::ECS::TaskDefinition; AWS::ECR::Repository")
def a_cluster_a_task_definition_and_a_repository_are_there(aws):
    task = {
        "Type": "AWS::ECS::TaskDefinition",
        "Properties": {
            "Family": "mine",
            "Cpu": "256",
            "Memory": "512",
            "NetworkMode": "awsvpc",
            "RequiresCompatibilities": ["FARGATE"],
            "ContainerDefinitions": [{"Name": "app", "Image": "public.ecr.aws/nginx/nginx:latest"}],
        },
    }
    aws.create(
        "one",
        resources(
            Cluster={"Type": "AWS::ECS::Cluster", "Properties": {"ClusterName": "mine"}},
            Task=task,
            Repository={"Type": "AWS::ECR::Repository", "Properties": {"RepositoryName": "mine"}},
        ),
    )
    ecs = aws.client("ecs")
    (cluster,) = ecs.describe_clusters(clusters=["mine"])["clusters"]
    same((cluster["clusterName"], cluster["status"]), ("mine", "ACTIVE"))
    found = ecs.describe_task_definition(taskDefinition="mine")["taskDefinition"]
    same((found["family"], found["revision"], found["cpu"]), ("mine", 1, "256"))
    same(found["containerDefinitions"][0]["name"], "app")
    (repository,) = aws.client("ecr").describe_repositories(repositoryNames=["mine"])["repositories"]
    assert repository["repositoryUri"].endswith(".dkr.ecr.us-east-1.amazonaws.com/mine"), repository
    aws.delete("one")
    refused(aws.client("ecr").describe_repositories, "RepositoryNotFoundException", "", repositoryNames=["mine"])


@question("Template Reference, AWS::Lambda::Function, AWS::CloudWatch::Alarm, AWS::Events::Rule")
def a_function_an_alarm_and_a_rule_are_there(aws):
    trust = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}],
    }
    function = {
        "Type": "AWS::Lambda::Function",
        "Properties": {
            "FunctionName": "mine",
            "Runtime": "python3.12",
            "Handler": "index.handler",
            "Role": {"Fn::GetAtt": ["Role", "Arn"]},
            "Code": {"ZipFile": "def handler(event, context): return 1"},
            "Timeout": 9,
        },
    }
    alarm = {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": {
            "AlarmName": "mine",
            "MetricName": "Errors",
            "Namespace": "AWS/Lambda",
            "Statistic": "Sum",
            "Period": 60,
            "EvaluationPeriods": 1,
            "Threshold": 1,
            "ComparisonOperator": "GreaterThanThreshold",
        },
    }
    rule = {"Type": "AWS::Events::Rule", "Properties": {"Name": "mine", "ScheduleExpression": "rate(1 hour)"}}
    made = aws.create(
        "one",
        resources(
            Role={"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": trust}},
            Function=function,
            Alarm=alarm,
            Rule=rule,
        ),
        Capabilities=["CAPABILITY_IAM"],
    )
    same(made["StackStatus"], "CREATE_COMPLETE")
    found = aws.client("lambda").get_function(FunctionName="mine")["Configuration"]
    same((found["Runtime"], found["Timeout"], found["State"]), ("python3.12", 9, "Active"))
    (told,) = aws.client("cloudwatch").describe_alarms(AlarmNames=["mine"])["MetricAlarms"]
    same((told["Threshold"], told["MetricName"]), (1.0, "Errors"))
    same(aws.client("events").describe_rule(Name="mine")["ScheduleExpression"], "rate(1 hour)")
    aws.delete("one")
    refused(aws.client("lambda").get_function, "ResourceNotFoundException", "", 404, FunctionName="mine")


@question("API References of the services: what stacks made may be changed by any client")
def what_a_stack_made_can_be_changed_behind_its_back(aws):
    group = {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": "/mine"}}
    secret = {"Type": "AWS::SecretsManager::Secret", "Properties": {"Name": "mine", "SecretString": "a"}}
    aws.create("one", resources(Queue=queue(), Topic=TOPIC, Group=group, Secret=secret, P=parameter(), Role=role(RoleName="mine")), Capabilities=["CAPABILITY_NAMED_IAM"])
    url, arn = aws.physical("one", "Queue"), aws.physical("one", "Topic")
    aws.client("sqs").tag_queue(QueueUrl=url, Tags={"mine": "yes"})
    same(aws.client("sqs").list_queue_tags(QueueUrl=url)["Tags"]["mine"], "yes")
    aws.client("sns").set_topic_attributes(TopicArn=arn, AttributeName="DisplayName", AttributeValue="news")
    same(aws.client("sns").get_topic_attributes(TopicArn=arn)["Attributes"]["DisplayName"], "news")
    aws.client("logs").put_retention_policy(logGroupName="/mine", retentionInDays=3)
    same(aws.client("logs").describe_log_groups(logGroupNamePrefix="/mine")["logGroups"][0]["retentionInDays"], 3)
    aws.client("secretsmanager").put_secret_value(SecretId="mine", SecretString="b")
    same(aws.client("secretsmanager").get_secret_value(SecretId="mine")["SecretString"], "b")
    name = aws.physical("one", "P")
    aws.client("ssm").put_parameter(Name=name, Value="two", Type="String", Overwrite=True)
    same(aws.client("ssm").get_parameter(Name=name)["Parameter"]["Version"], 2)
    aws.client("iam").tag_role(RoleName="mine", Tags=[{"Key": "mine", "Value": "yes"}])
    assert {"Key": "mine", "Value": "yes"} in aws.client("iam").list_role_tags(RoleName="mine")["Tags"]
    same(aws.delete("one")["StackStatus"], "DELETE_COMPLETE")
