"""Exports, imports and other values of other stacks."""

import json

from asking import HANDLE, as_map, parameter, question, refused, resources, same


def exporter(value="a", name="shared", **more):
    return {**resources(Handle=HANDLE), "Outputs": {"Out": {"Value": value, "Export": {"Name": name}}}, **more}


def importer(name="shared"):
    return resources(P=parameter({"Fn::ImportValue": name}))


@question("Template Reference, Fn::ImportValue")
def an_exported_value_is_imported(aws):
    aws.create("one", exporter())
    same(aws.create("two", importer())["StackStatus"], "CREATE_COMPLETE")
    same(aws.client("ssm").get_parameter(Name=aws.physical("two", "P"))["Parameter"]["Value"], "a")


@question("API Reference, ListExports; Output: ExportName")
def exports_are_listed(aws):
    made = aws.create("one", exporter())
    same(
        aws.cfn.list_exports()["Exports"],
        [{"ExportingStackId": made["StackId"], "Name": "shared", "Value": "a"}],
    )
    same(made["Outputs"], [{"OutputKey": "Out", "OutputValue": "a", "ExportName": "shared"}])


@question("API Reference, ListImports")
def imports_are_listed(aws):
    aws.create("one", exporter())
    words = "Export 'shared' is not imported by any stack."
    refused(aws.cfn.list_imports, "ValidationError", words, ExportName="shared")
    aws.create("two", importer())
    same(aws.cfn.list_imports(ExportName="shared")["Imports"], ["two"])


@question("User Guide, Get exported outputs from a deployed stack: names are unique in a region")
def an_export_that_exists_fails_the_second_stack(aws):
    aws.create("one", exporter())
    made = aws.create("two", exporter("b"))
    same(made["StackStatus"], "ROLLBACK_COMPLETE")
    assert "Export with name shared is already exported by stack one" in aws.reason("two", "two", "ROLLBACK_IN_PROGRESS")
    same(as_map(aws.cfn.list_exports()["Exports"], "Name")["shared"], "a")


@question("User Guide, Get exported outputs: a stack cannot be deleted while its export is used")
def a_stack_whose_export_is_used_is_not_deleted(aws):
    aws.create("one", exporter())
    aws.create("two", importer())
    aws.cfn.delete_stack(StackName="one")
    found = aws.settled("one")
    assert found["StackStatus"] != "DELETE_COMPLETE"
    same(found["StackStatusReason"], "Export shared cannot be deleted as it is in use by two")
    same(aws.cfn.list_exports()["Exports"][0]["Name"], "shared")
    same(aws.delete("two")["StackStatus"], "DELETE_COMPLETE")
    same(aws.delete("one")["StackStatus"], "DELETE_COMPLETE")


@question("User Guide, Get exported outputs: an export cannot be changed while it is used")
def an_export_that_is_used_is_not_changed(aws):
    aws.create("one", exporter())
    aws.create("two", importer())
    same(aws.update("one", exporter("b"))["StackStatus"], "UPDATE_ROLLBACK_COMPLETE")
    assert "Export shared cannot be updated as it is in use by two" in aws.reason(
        "one", "one", "UPDATE_ROLLBACK_IN_PROGRESS"
    )
    same(aws.outputs("one"), {"Out": "a"})


@question("User Guide, Get exported outputs: an export cannot be removed while it is used")
def an_export_that_is_used_is_not_removed(aws):
    aws.create("one", exporter())
    aws.create("two", importer())
    same(aws.update("one", resources(Handle=HANDLE, Other=HANDLE))["StackStatus"], "UPDATE_ROLLBACK_COMPLETE")
    assert "Export shared cannot be deleted as it is in use by two" in aws.reason(
        "one", "one", "UPDATE_ROLLBACK_IN_PROGRESS"
    )


@question("Template Reference, Fn::ImportValue: the export must exist")
def an_import_of_nothing_fails_the_stack(aws):
    made = aws.create("two", importer())
    same(made["StackStatus"], "ROLLBACK_COMPLETE")
    assert "No export named shared found" in " ".join(one.get("ResourceStatusReason", "") for one in aws.events("two"))


@question("Template Reference, Outputs: Export Name may be a Fn::Sub")
def an_exports_name_may_be_made_up(aws):
    aws.create("one", exporter(name={"Fn::Sub": "${AWS::StackName}-shared"}))
    same([one["Name"] for one in aws.cfn.list_exports()["Exports"]], ["one-shared"])


@question("User Guide, Get exported outputs: within a region and an account")
def exports_stay_in_their_region(aws):
    aws.create("one", exporter())
    same(aws.client("cloudformation", "eu-west-1").list_exports()["Exports"], [])


@question("User Guide, Delete a stack: its exports go with it")
def exports_go_with_their_stack(aws):
    aws.create("one", exporter())
    aws.delete("one")
    same(aws.cfn.list_exports()["Exports"], [])
    same(aws.create("two", exporter("b"))["StackStatus"], "CREATE_COMPLETE")


@question("Template Reference, Fn::GetStackOutput")
def the_output_of_another_stack_is_read(aws):
    aws.create("one", {**resources(Handle=HANDLE), "Outputs": {"Out": {"Value": "a"}}})
    template = resources(P=parameter({"Fn::GetStackOutput": {"StackName": "one", "OutputName": "Out"}}))
    same(aws.create("two", template)["StackStatus"], "CREATE_COMPLETE")
    same(aws.client("ssm").get_parameter(Name=aws.physical("two", "P"))["Parameter"]["Value"], "a")


@question("Template Reference, Fn::GetStackOutput: Region")
def the_output_of_a_stack_in_another_region_is_read(aws):
    there = aws.client("cloudformation", "eu-west-1")
    template = {**resources(Handle=HANDLE), "Outputs": {"Out": {"Value": "far"}}}
    there.create_stack(StackName="one", TemplateBody=json.dumps(template))
    there.get_waiter("stack_create_complete").wait(StackName="one", WaiterConfig={"Delay": 1})
    reading = {"StackName": "one", "OutputName": "Out", "Region": "eu-west-1"}
    aws.create("two", resources(P=parameter({"Fn::GetStackOutput": reading})))
    same(aws.client("ssm").get_parameter(Name=aws.physical("two", "P"))["Parameter"]["Value"], "far")
