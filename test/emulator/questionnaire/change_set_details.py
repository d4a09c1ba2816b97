"""What change sets show of each change."""

import json

from asking import HANDLE, QUEUE, parameter, parameters, question, queue, resources, same, table, tags

PLAIN = resources(Handle=HANDLE)


def change(found, logical):
    return next(
        one["ResourceChange"] for one in found["Changes"] if one["ResourceChange"]["LogicalResourceId"] == logical
    )


@question("API Reference, ResourceChange: Action Add")
def it_shows_what_it_will_add(aws):
    found = aws.change_set("one", resources(Queue=QUEUE, P=parameter()), kind="CREATE")
    same(
        {(one["Type"], one["ResourceChange"]["Action"], one["ResourceChange"]["LogicalResourceId"]) for one in found["Changes"]},
        {("Resource", "Add", "Queue"), ("Resource", "Add", "P")},
    )
    same(change(found, "Queue")["ResourceType"], "AWS::SQS::Queue")
    same(change(found, "Queue")["Details"], [])
    assert "Replacement" not in change(found, "Queue")


@question("API Reference, ResourceChangeDetail: DirectModification; ResourceTargetDefinition: RequiresRecreation Never")
def it_shows_a_change_in_place(aws):
    aws.create("one", resources(Queue=queue(DelaySeconds=1)))
    found = change(aws.change_set("one", resources(Queue=queue(DelaySeconds=2))), "Queue")
    same((found["Action"], found["Replacement"], found["Scope"]), ("Modify", "False", ["Properties"]))
    same(found["PhysicalResourceId"], aws.physical("one", "Queue"))
    (detail,) = found["Details"]
    same(detail["Target"]["Attribute"], "Properties")
    same(detail["Target"]["Name"], "DelaySeconds")
    same(detail["Target"]["RequiresRecreation"], "Never")
    same((detail["Evaluation"], detail["ChangeSource"]), ("Static", "DirectModification"))


@question("API Reference, ResourceChange: Replacement True")
def it_shows_a_replacement(aws):
    aws.create("one", resources(Queue=queue(QueueName="first")))
    found = change(aws.change_set("one", resources(Queue=queue(QueueName="second"))), "Queue")
    same((found["Action"], found["Replacement"]), ("Modify", "True"))
    same(found["Details"][0]["Target"]["RequiresRecreation"], "Always")
    same(found.get("PolicyAction"), "ReplaceAndDelete")


@question("API Reference, ResourceChangeDetail: ParameterReference, CausingEntity")
def it_names_the_parameter_that_causes_a_change(aws):
    template = {
        "Parameters": {"Delay": {"Type": "Number"}},
        **resources(Queue=queue(DelaySeconds={"Ref": "Delay"})),
    }
    aws.create("one", template, Parameters=parameters(Delay="1"))
    found = change(aws.change_set("one", template, Parameters=parameters(Delay="2")), "Queue")
    causes = {(one["ChangeSource"], one.get("CausingEntity"), one["Evaluation"]) for one in found["Details"]}
    assert ("ParameterReference", "Delay", "Static") in causes, causes


@question("API Reference, ResourceChangeDetail: Evaluation Static, ResourceAttribute")
def it_follows_what_a_replacement_may_cause(aws):
    def template(name):
        return resources(
            Queue=queue(QueueName=name), P=parameter({"Fn::GetAtt": ["Queue", "Arn"]})
        )

    aws.create("one", template("first"))
    found = change(aws.change_set("one", template("second")), "P")
    same((found["Action"], found["Replacement"]), ("Modify", "False"))
    (detail,) = found["Details"]
    # Dynamic is what hangs on a conditional replacement; this one is certain.
    same((detail["Evaluation"], detail["ChangeSource"], detail["CausingEntity"]), ("Static", "ResourceAttribute", "Queue.Arn"))


@question("API Reference, ResourceChange: Action Remove, PolicyAction")
def it_shows_what_it_will_remove(aws):
    aws.create("one", resources(Handle=HANDLE, Queue=QUEUE, Kept={**QUEUE, "DeletionPolicy": "Retain"}))
    found = aws.change_set("one", PLAIN)
    same((change(found, "Queue")["Action"], change(found, "Queue").get("PolicyAction")), ("Remove", "Delete"))
    same((change(found, "Kept")["Action"], change(found, "Kept").get("PolicyAction")), ("Remove", "Retain"))


@question("API Reference, ResourceTargetDefinition: Attribute Tags")
def it_shows_stack_tags_that_change(aws):
    aws.create("one", resources(Queue=QUEUE), Tags=tags(team="blue"))
    found = change(aws.change_set("one", resources(Queue=QUEUE), Tags=tags(team="red")), "Queue")
    same((found["Action"], found["Replacement"], found["Scope"]), ("Modify", "False", ["Tags"]))


@question("API Reference, DescribeChangeSet: IncludePropertyValues")
def it_shows_values_when_asked(aws):
    aws.create("one", resources(Queue=queue(DelaySeconds=1)))
    found = aws.change_set("one", resources(Queue=queue(DelaySeconds=2)))
    shown = aws.cfn.describe_change_set(ChangeSetName=found["ChangeSetId"], IncludePropertyValues=True)
    target = change(shown, "Queue")["Details"][0]["Target"]
    same((target["BeforeValue"], target["AfterValue"], target["Path"]), ("1", "2", "/Properties/DelaySeconds"))
    before, after = (json.loads(change(shown, "Queue")[one]) for one in ("BeforeContext", "AfterContext"))
    same(str(before["Properties"]["DelaySeconds"]), "1")
    same(str(after["Properties"]["DelaySeconds"]), "2")


@question("API Reference, CreateChangeSet: Outputs alone are a change")
def a_new_output_is_a_change(aws):
    aws.create("one", PLAIN)
    found = aws.change_set("one", {**PLAIN, "Outputs": {"Out": {"Value": "a"}}})
    same((found["Status"], found["Changes"]), ("CREATE_COMPLETE", []))
    aws.cfn.execute_change_set(ChangeSetName=found["ChangeSetId"])
    same(aws.settled("one")["StackStatus"], "UPDATE_COMPLETE")
    same(aws.outputs("one"), {"Out": "a"})


@question("User Guide, Update behaviors: policies are attributes")
def a_new_deletion_policy_is_a_change(aws):
    aws.create("one", resources(Table=table()))
    found = aws.change_set("one", resources(Table={**table(), "DeletionPolicy": "Retain"}))
    same(found["Status"], "CREATE_COMPLETE")
    same((change(found, "Table")["Scope"], change(found, "Table")["Replacement"]), (["DeletionPolicy"], "False"))
