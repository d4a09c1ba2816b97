"""How questions are put to an AWS: each to an account of its own, which nothing else was ever made in."""

import json
import os
import time
import traceback

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

QUESTIONS = []
SESSION = boto3.session.Session(region_name="us-east-1")
PATIENCE = float(os.environ.get("QUESTION_PATIENCE", "30"))


def question(source):
    """Registers a question; `source` is the AWS document that answers it."""

    def register(ask):
        QUESTIONS.append((ask.__module__, ask.__name__.replace("_", " "), source, ask))
        return ask

    return register


class Aws:
    """An account, and the calls that most questions need."""

    def __init__(self, account, region="us-east-1"):
        self.account, self.region, self.made = account, region, {}

    def client(self, service, region=None):
        key = (service, region or self.region)
        if key not in self.made:
            self.made[key] = SESSION.client(
                service,
                region_name=key[1],
                endpoint_url=os.environ["AWS_ENDPOINT_URL"],
                aws_access_key_id=self.account,
                aws_secret_access_key="secret",
                config=Config(retries={"total_max_attempts": 1}),
            )
        return self.made[key]

    @property
    def cfn(self):
        return self.client("cloudformation")

    def start(self, name, template, **more):
        return self.cfn.create_stack(StackName=name, TemplateBody=body(template), **more)["StackId"]

    def create(self, name, template, **more):
        """Creates a stack and waits for it, whatever becomes of it."""
        return self.settled(self.start(name, template, **more))

    def update(self, name, template=None, **more):
        if template is None:
            more["UsePreviousTemplate"] = True
        else:
            more["TemplateBody"] = body(template)
        return self.settled(self.cfn.update_stack(StackName=name, **more)["StackId"])

    def delete(self, name, **more):
        found = self.cfn.describe_stacks(StackName=name)["Stacks"][0]
        self.cfn.delete_stack(StackName=name, **more)
        return self.settled(found["StackId"])

    def stack(self, name):
        return self.cfn.describe_stacks(StackName=name)["Stacks"][0]

    def settled(self, name):
        """The stack once nothing is under way in it."""
        for _ in patiently():
            found = self.stack(name)
            if not found["StackStatus"].endswith("_IN_PROGRESS") or found["StackStatus"] == "REVIEW_IN_PROGRESS":
                return found

    def reached(self, name, status):
        for _ in patiently():
            if self.stack(name)["StackStatus"] == status:
                return

    def change_set(self, stack, template, name="changes", kind="UPDATE", **more):
        """Creates a change set and waits for it; what DescribeChangeSet says."""
        more = {"TemplateBody": body(template), **more} if template is not None else more
        made = self.cfn.create_change_set(StackName=stack, ChangeSetName=name, ChangeSetType=kind, **more)
        for _ in patiently():
            found = self.cfn.describe_change_set(ChangeSetName=made["Id"])
            if found["Status"] not in ("CREATE_PENDING", "CREATE_IN_PROGRESS"):
                return found

    def events(self, name):
        """Events of a stack, oldest first."""
        pages = self.cfn.get_paginator("describe_stack_events").paginate(StackName=name)
        return [event for page in pages for event in page["StackEvents"]][::-1]

    def told(self, name):
        """What a stack's history says, oldest first: `LogicalId STATUS`."""
        return [f"{one['LogicalResourceId']} {one['ResourceStatus']}" for one in self.events(name)]

    def reason(self, name, logical, status):
        """The reason in the last event of a resource (or the stack) in a status."""
        found = [
            one for one in self.events(name) if one["LogicalResourceId"] == logical and one["ResourceStatus"] == status
        ]
        assert found, f"{logical} never was {status}: {self.told(name)}"
        return found[-1].get("ResourceStatusReason", "")

    def resource(self, stack, logical):
        return self.cfn.describe_stack_resource(StackName=stack, LogicalResourceId=logical)["StackResourceDetail"]

    def physical(self, stack, logical):
        return self.resource(stack, logical)["PhysicalResourceId"]

    def outputs(self, name):
        return {one["OutputKey"]: one["OutputValue"] for one in self.stack(name).get("Outputs", [])}


def patiently():
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        yield
        time.sleep(0.01)
    raise AssertionError("it did not come to an end")


def body(template):
    return template if isinstance(template, str) else json.dumps(template)


def resources(**named):
    return {"Resources": named}


def refused(call, code, words="", status=400, **arguments):
    """The call is refused with this code, HTTP status and (part of the) message."""
    try:
        call(**arguments)
    except ClientError as error:
        found = error.response["Error"]
        assert found["Code"] == code, f"{found['Code']} ({found.get('Message')}) instead of {code}"
        message = found.get("Message", "")
        assert words in message, f"says {message!r} instead of {words!r}"
        got = error.response["ResponseMetadata"]["HTTPStatusCode"]
        assert status is None or got == status, f"HTTP {got} instead of {status}"
        return message
    raise AssertionError(f"it was not refused with {code}")


def parameters(**values):
    return [{"ParameterKey": key, "ParameterValue": value} for key, value in values.items()]


def tags(**values):
    return [{"Key": key, "Value": value} for key, value in values.items()]


def as_map(pairs, key="Key", value="Value"):
    return {one[key]: one[value] for one in pairs}


def in_order(words, *wanted):
    """`wanted` appear in `words` in this order, with whatever between them."""
    rest = iter(words)
    for one in wanted:
        assert any(one == found for found in rest), f"{one} is not where it should be in {words}"


def same(found, wanted):
    assert found == wanted, f"{found!r} instead of {wanted!r}"


# Resources that are quickly made.
HANDLE = {"Type": "AWS::CloudFormation::WaitConditionHandle"}
QUEUE = {"Type": "AWS::SQS::Queue"}
TOPIC = {"Type": "AWS::SNS::Topic"}


def parameter(value="one", **more):
    return {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Value": value}, **more}


def queue(**properties):
    return {"Type": "AWS::SQS::Queue", "Properties": properties}


def bucket(**properties):
    return {"Type": "AWS::S3::Bucket", "Properties": properties}


def table(name=None, key="id"):
    named = {} if name is None else {"TableName": name}
    return {
        "Type": "AWS::DynamoDB::Table",
        "Properties": {
            **named,
            "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [{"AttributeName": key, "AttributeType": "S"}],
            "KeySchema": [{"AttributeName": key, "KeyType": "HASH"}],
        },
    }


def role(**properties):
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ],
    }
    return {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": trust, **properties}}


def slow(seconds="600", **more):
    """A wait condition that nobody signals: it fails after its timeout, and other things can happen meanwhile."""
    return {
        "Type": "AWS::CloudFormation::WaitCondition",
        "Properties": {"Handle": {"Ref": "Handle"}, "Timeout": seconds, "Count": 1},
        **more,
    }


def failing(aws, name="taken-by-somebody"):
    """A resource that cannot be made: its name is taken."""
    logs = aws.client("logs")
    if not logs.describe_log_groups(logGroupNamePrefix=name)["logGroups"]:
        logs.create_log_group(logGroupName=name)
    return {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": name}}


def told(aws, more=None, created=None, **values):
    """A stack's outputs of these values."""
    template = {**resources(Handle=HANDLE), **(more or {})}
    template["Outputs"] = {key: {"Value": value} for key, value in values.items()}
    capabilities = ["CAPABILITY_AUTO_EXPAND"] if "Transform" in template else []
    made = aws.create("one", template, Capabilities=capabilities, **(created or {}))
    same(made["StackStatus"], "CREATE_COMPLETE")
    return aws.outputs("one")


def ask_all(chosen=""):
    """Puts every question (whose name holds `chosen`); prints a line of JSON on each."""
    part, parts = (int(one) for one in os.environ.get("QUESTION_PART", "0/1").split("/"))
    for number, (module, name, source, ask) in enumerate(QUESTIONS):
        if chosen not in f"{module} {name}" or number % parts != part:
            continue
        began, wrong = time.monotonic(), None
        try:
            ask(Aws(f"{700000000000 + number}"))
        except AssertionError as error:
            wrong = str(error) or f"not so: {traceback.extract_tb(error.__traceback__)[-1].line}"
        except Exception as error:
            wrong = f"{type(error).__name__}: {error}"
        seconds = round(time.monotonic() - began, 2)
        answer = {"family": module, "question": name, "source": source, "wrong": wrong, "seconds": seconds}
        print(json.dumps(answer), flush=True)
