"""Intrinsic functions and pseudo parameters, seen in outputs."""

import base64
import json

from asking import HANDLE, QUEUE, bucket, parameter, question, queue, refused, resources, same, table, told

EXTENDED = {"Transform": "AWS::LanguageExtensions"}


@question("Template Reference, Pseudo parameters")
def pseudo_parameters_say_where_one_is(aws):
    names = ("AccountId", "Region", "Partition", "URLSuffix", "StackName", "StackId")
    found = told(aws, **{name: {"Ref": f"AWS::{name}"} for name in names})
    same(
        found,
        {
            "AccountId": aws.account,
            "Region": "us-east-1",
            "Partition": "aws",
            "URLSuffix": "amazonaws.com",
            "StackName": "one",
            "StackId": aws.stack("one")["StackId"],
        },
    )


@question("Template Reference, Fn::Join")
def join_joins(aws):
    same(told(aws, Out={"Fn::Join": ["-", ["a", {"Ref": "AWS::Region"}, "c"]]}), {"Out": "a-us-east-1-c"})


@question("Template Reference, Fn::Sub")
def sub_fills_in(aws):
    found = told(
        aws,
        resources(Handle=HANDLE, Queue=queue(QueueName="mine")),
        A={"Fn::Sub": "${AWS::Region}:${Queue.QueueName}"},
        B={"Fn::Sub": ["${Name}-${AWS::AccountId}", {"Name": {"Ref": "AWS::StackName"}}]},
        C={"Fn::Sub": "${!Literal} $ {x}"},
    )
    same(found, {"A": "us-east-1:mine", "B": f"one-{aws.account}", "C": "${Literal} $ {x}"})


@question("Template Reference, Fn::Select and Fn::Split")
def select_selects_and_split_splits(aws):
    found = told(
        aws,
        A={"Fn::Select": [1, ["a", "b", "c"]]},
        B={"Fn::Select": ["2", {"Fn::Split": ["|", "x|y|z"]}]},
        C={"Fn::Join": ["", {"Fn::Split": [",", "1,2,3"]}]},
    )
    same(found, {"A": "b", "B": "z", "C": "123"})


@question("Template Reference, Fn::Select: the index must be in the list")
def select_refuses_an_index_beyond_the_list(aws):
    template = {**resources(Handle=HANDLE), "Outputs": {"Out": {"Value": {"Fn::Select": [3, ["a"]]}}}}
    refused(aws.start, "ValidationError", "Template error: Fn::Select", name="one", template=template)


@question("Template Reference, Fn::Base64")
def base64_encodes(aws):
    same(told(aws, Out={"Fn::Base64": "hällo"}), {"Out": base64.b64encode("hällo".encode()).decode()})


@question("Template Reference, Fn::Cidr")
def cidr_cuts_blocks(aws):
    blocks = {"Fn::Cidr": ["10.0.0.0/16", 3, 8]}
    found = told(aws, A={"Fn::Join": [",", blocks]}, B={"Fn::Select": [1, {"Fn::Cidr": ["10.1.0.0/24", "4", "6"]}]})
    same(found, {"A": "10.0.0.0/24,10.0.1.0/24,10.0.2.0/24", "B": "10.1.0.64/26"})


@question("Template Reference, Fn::GetAZs")
def availability_zones_are_told(aws):
    found = told(aws, A={"Fn::Select": [0, {"Fn::GetAZs": ""}]}, B={"Fn::Select": [1, {"Fn::GetAZs": {"Ref": "AWS::Region"}}]})
    same(found, {"A": "us-east-1a", "B": "us-east-1b"})


@question("Template Reference, Fn::FindInMap")
def a_mapping_is_looked_up(aws):
    mappings = {"Mappings": {"Sizes": {"us-east-1": {"Small": "s", "List": ["a", "b"]}}}}
    found = told(
        aws,
        mappings,
        A={"Fn::FindInMap": ["Sizes", {"Ref": "AWS::Region"}, "Small"]},
        B={"Fn::Join": ["+", {"Fn::FindInMap": ["Sizes", "us-east-1", "List"]}]},
    )
    same(found, {"A": "s", "B": "a+b"})


@question("Template Reference, Fn::FindInMap: a key that is not there")
def a_mapping_without_the_key_is_refused(aws):
    template = {
        "Mappings": {"Sizes": {"a": {"Small": "s"}}},
        **resources(P=parameter({"Fn::FindInMap": ["Sizes", "b", "Small"]})),
    }
    words = "Template error: Unable to get mapping for Sizes::b::Small"
    refused(aws.start, "ValidationError", words, name="one", template=template)


@question("Template Reference, Fn::FindInMap: DefaultValue with AWS::LanguageExtensions")
def a_mapping_may_have_a_default(aws):
    mappings = {**EXTENDED, "Mappings": {"Sizes": {"a": {"Small": "s"}}}}
    same(told(aws, mappings, Out={"Fn::FindInMap": ["Sizes", "b", "Small", {"DefaultValue": "none"}]}), {"Out": "none"})


@question("Template Reference, Fn::Length with AWS::LanguageExtensions")
def length_counts(aws):
    template = {
        **EXTENDED,
        "Parameters": {"Names": {"Type": "CommaDelimitedList", "Default": "a,b,c"}},
    }
    same(told(aws, template, Out={"Fn::Length": {"Ref": "Names"}}), {"Out": "3"})


@question("Template Reference, Fn::ToJsonString with AWS::LanguageExtensions")
def to_json_string_writes_json(aws):
    found = told(aws, EXTENDED, Out={"Fn::ToJsonString": {"region": {"Ref": "AWS::Region"}, "list": [1, "b"]}})
    same(json.loads(found["Out"]), {"region": "us-east-1", "list": [1, "b"]})


@question("Template Reference, Fn::ForEach with AWS::LanguageExtensions")
def for_each_repeats_resources_outputs_and_properties(aws):
    template = {
        **EXTENDED,
        "Parameters": {"Names": {"Type": "CommaDelimitedList", "Default": "Red,Blue"}},
        "Resources": {
            "Fn::ForEach::Queues": [
                "Name",
                {"Ref": "Names"},
                {"Queue${Name}": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Fn::Sub": "q-${Name}"}}}},
            ]
        },
        "Outputs": {
            "Fn::ForEach::Outs": [
                "Name",
                ["Red", "Blue"],
                {"Out${Name}": {"Value": {"Fn::GetAtt": [{"Fn::Sub": "Queue${Name}"}, "QueueName"]}}},
            ]
        },
    }
    made = aws.create("one", template, Capabilities=["CAPABILITY_AUTO_EXPAND"])
    same(made["StackStatus"], "CREATE_COMPLETE")
    same(aws.outputs("one"), {"OutRed": "q-Red", "OutBlue": "q-Blue"})
    processed = aws.cfn.get_template(StackName="one", TemplateStage="Processed")["TemplateBody"]
    same(set(processed["Resources"]), {"QueueRed", "QueueBlue"})
    original = aws.cfn.get_template(StackName="one", TemplateStage="Original")["TemplateBody"]
    same(set(original["Resources"]), {"Fn::ForEach::Queues"})


@question("Template Reference, Fn::GetAtt and Ref of common types")
def resources_tell_their_names_and_arns(aws):
    name = f"mine-{aws.account}"
    more = resources(
        Queue=queue(QueueName="mine"),
        Topic={"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "mine"}},
        Bucket=bucket(BucketName=name),
        Table=table("mine"),
        Group={"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": "/mine"}},
    )
    refs = {f"{one}Ref": {"Ref": one} for one in more["Resources"]}
    arns = {f"{one}Arn": {"Fn::GetAtt": [one, "Arn"]} for one in ("Queue", "Bucket", "Table", "Group")}
    found = told(aws, more, TopicArn={"Fn::GetAtt": "Topic.TopicArn"}, QueueUrl={"Fn::GetAtt": ["Queue", "QueueUrl"]}, **refs, **arns)
    where = f"us-east-1:{aws.account}"
    same(
        {key: value for key, value in found.items() if not key.startswith("Queue")},
        {
            "TopicArn": f"arn:aws:sns:{where}:mine",
            "TopicRef": f"arn:aws:sns:{where}:mine",
            "BucketRef": name,
            "BucketArn": f"arn:aws:s3:::{name}",
            "TableRef": "mine",
            "TableArn": f"arn:aws:dynamodb:{where}:table/mine",
            "GroupRef": "/mine",
            "GroupArn": f"arn:aws:logs:{where}:log-group:/mine:*",
        },
    )
    same((found["QueueArn"], found["QueueRef"]), (f"arn:aws:sqs:{where}:mine", found["QueueUrl"]))


@question("User Guide, Name types: names that CloudFormation makes up")
def names_are_made_of_stack_logical_id_and_chance(aws):
    aws.create("my-stack", resources(Queue=QUEUE, Table=table(), Bucket=bucket(), P=parameter()))
    assert aws.physical("my-stack", "Table").startswith("my-stack-Table-")
    assert aws.physical("my-stack", "Bucket").startswith("my-stack-bucket-")
    assert aws.physical("my-stack", "P").startswith("CFN-P-")


@question("Template Reference, Intrinsic functions: short forms in YAML")
def yaml_with_short_forms_is_understood(aws):
    template = """
AWSTemplateFormatVersion: "2010-09-09"
Description: >-
  two lines
  in one
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Sub "${AWS::StackName}-queue"
Outputs:
  Arn: {Value: !GetAtt Queue.Arn}
  Name: {Value: !Join ["/", [!Ref "AWS::Region", !GetAtt [Queue, QueueName]]]}
  Zone: {Value: !Select [0, !GetAZs ""]}
  Encoded: {Value: !Base64 abc}
"""
    made = aws.create("one", template)
    same(made["Description"], "two lines in one")
    same(
        aws.outputs("one"),
        {
            "Arn": f"arn:aws:sqs:us-east-1:{aws.account}:one-queue",
            "Name": "us-east-1/one-queue",
            "Zone": "us-east-1a",
            "Encoded": "YWJj",
        },
    )


@question("Template Reference, Intrinsic functions: an unknown one")
def a_function_that_there_is_not_is_refused(aws):
    template = resources(P=parameter({"Fn::Paint": "red"}))
    refused(aws.start, "ValidationError", "Template", name="one", template=template)
