"""Conditions, and what comes and goes with them."""

from asking import HANDLE, QUEUE, parameter, question, queue, refused, resources, same, told
from asking import parameters as given


def conditional(more=None):
    return {
        "Parameters": {"Wanted": {"Type": "String", "Default": "no"}},
        "Conditions": {"Wanted": {"Fn::Equals": [{"Ref": "Wanted"}, "yes"]}},
        **resources(Handle=HANDLE, Queue={**QUEUE, "Condition": "Wanted"}),
        **(more or {}),
    }


@question("Template Reference, Conditions; Fn::Equals, Fn::And, Fn::Or, Fn::Not, Condition")
def conditions_are_worked_out(aws):
    equal = {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}
    template = {
        "Parameters": {"Stage": {"Type": "String", "Default": "dev"}},
        "Conditions": {
            "Prod": equal,
            "Dev": {"Fn::Not": [{"Condition": "Prod"}]},
            "Both": {"Fn::And": [{"Condition": "Dev"}, {"Condition": "Prod"}]},
            "Either": {"Fn::Or": [{"Condition": "Dev"}, {"Condition": "Prod"}]},
        },
    }
    found = told(aws, template, **{one: {"Fn::If": [one, "yes", "no"]} for one in ("Prod", "Dev", "Both", "Either")})
    same(found, {"Prod": "no", "Dev": "yes", "Both": "no", "Either": "yes"})


@question("Template Reference, Conditions on resources")
def a_resource_comes_and_goes_with_its_condition(aws):
    aws.create("one", conditional())
    assert "Queue CREATE_COMPLETE" not in aws.told("one")
    aws.update("one", Parameters=given(Wanted="yes"))
    same(aws.resource("one", "Queue")["ResourceStatus"], "CREATE_COMPLETE")
    aws.update("one", Parameters=given(Wanted="no"))
    same(aws.client("sqs").list_queues().get("QueueUrls", []), [])


@question("Template Reference, Conditions on outputs")
def an_output_comes_with_its_condition(aws):
    outputs = {"Outputs": {"Out": {"Condition": "Wanted", "Value": {"Ref": "Queue"}}, "Always": {"Value": "a"}}}
    aws.create("one", conditional(outputs))
    same(aws.outputs("one"), {"Always": "a"})
    aws.update("one", Parameters=given(Wanted="yes"))
    same(set(aws.outputs("one")), {"Always", "Out"})


@question("Template Reference, Conditions: a resource that is not made cannot be referred to")
def a_reference_to_what_is_not_made_is_refused(aws):
    template = conditional()
    template["Resources"]["P"] = parameter({"Ref": "Queue"})
    words = "Template format error: Unresolved resource dependencies [Queue] in the Resources block of the template"
    refused(aws.start, "ValidationError", words, name="one", template=template)
    outputs = conditional({"Outputs": {"Out": {"Value": {"Ref": "Queue"}}}})
    words = "Unresolved resource dependencies [Queue] in the Outputs block of the template"
    refused(aws.start, "ValidationError", words, name="one", template=outputs)


@question("Template Reference, AWS::NoValue")
def no_value_takes_a_property_away(aws):
    template = {
        "Conditions": {"Named": {"Fn::Equals": ["a", "b"]}},
        **resources(Queue=queue(QueueName={"Fn::If": ["Named", "mine", {"Ref": "AWS::NoValue"}]})),
    }
    same(aws.create("one", template)["StackStatus"], "CREATE_COMPLETE")
    assert aws.physical("one", "Queue").rsplit("/", 1)[1].startswith("one-Queue-")


@question("Template Reference, Fn::Equals takes two values")
def equals_takes_two_values(aws):
    template = {"Conditions": {"Odd": {"Fn::Equals": ["a"]}}, **resources(Q={**QUEUE, "Condition": "Odd"})}
    words = "Template error: every Fn::Equals object requires a list of 2 string parameters."
    refused(aws.start, "ValidationError", words, name="one", template=template)


@question("Template Reference, Conditions: resources cannot be referred to")
def a_condition_refers_to_no_resource(aws):
    template = {
        "Conditions": {"Odd": {"Fn::Equals": [{"Ref": "Q"}, "a"]}},
        **resources(Q=QUEUE, P={**parameter(), "Condition": "Odd"}),
    }
    words = "Template format error: Unresolved dependencies [Q]. Cannot reference resources in the Conditions block of the template"
    refused(aws.start, "ValidationError", words, name="one", template=template)
