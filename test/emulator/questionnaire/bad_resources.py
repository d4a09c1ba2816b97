"""What no template can tell: resources that their services refuse."""

from asking import question, queue, resources, table


@question("API Reference, Common errors: ValidationError; CreateStack takes its required properties at creation")
def a_property_that_is_missing_fails_the_resource(aws):
    made = aws.create("one", resources(Subscription={"Type": "AWS::SNS::Subscription", "Properties": {"Endpoint": "a"}}))
    assert made["StackStatus"] == "ROLLBACK_COMPLETE"
    assert "TopicArn" in aws.reason("one", "Subscription", "CREATE_FAILED")


@question("User Guide, Troubleshooting: encountered unsupported property")
def a_property_that_a_type_does_not_have_fails_the_resource(aws):
    made = aws.create("one", resources(Queue=queue(Colour="red")))
    assert made["StackStatus"] == "ROLLBACK_COMPLETE"
    assert "Colour" in aws.reason("one", "Queue", "CREATE_FAILED")


@question("Amazon S3 User Guide, General purpose bucket naming rules")
def a_bucket_name_with_capitals_fails_the_resource(aws):
    made = aws.create("one", resources(B={"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "My_Bucket"}}))
    assert made["StackStatus"] == "ROLLBACK_COMPLETE"
    assert aws.reason("one", "B", "CREATE_FAILED")


@question("IAM API Reference, CreateRole: MalformedPolicyDocument")
def a_role_document_without_a_principal_fails_the_resource(aws):
    trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole"}]}
    broken = {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": trust}}
    made = aws.create("one", resources(Role=broken), Capabilities=["CAPABILITY_IAM"])
    assert made["StackStatus"] == "ROLLBACK_COMPLETE"
    assert aws.reason("one", "Role", "CREATE_FAILED")


@question("DynamoDB API Reference, CreateTable: every key attribute is defined")
def a_table_whose_key_is_not_defined_fails(aws):
    broken = table()
    broken["Properties"]["KeySchema"] = [{"AttributeName": "other", "KeyType": "HASH"}]
    assert aws.create("one", resources(Table=broken))["StackStatus"] == "ROLLBACK_COMPLETE"
    assert aws.reason("one", "Table", "CREATE_FAILED")


@question("Template Reference, AWS::SSM::Parameter: Type, SecureString is not supported")
def a_secure_string_cannot_be_made_by_a_stack(aws):
    secure = {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "SecureString", "Value": "a"}}
    made = aws.create("one", resources(P=secure))
    assert made["StackStatus"] == "ROLLBACK_COMPLETE", made["StackStatus"]
    assert aws.reason("one", "P", "CREATE_FAILED")
