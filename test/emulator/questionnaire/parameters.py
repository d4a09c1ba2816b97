"""Parameters: what may be given, what is kept, what is hidden."""

import json

from asking import HANDLE, parameter, question, refused, resources, same
from asking import parameters as given


def with_parameter(value={"Ref": "Name"}, **declared):
    return {"Parameters": {"Name": {"Type": "String", **declared}}, **resources(P=parameter(value))}


def made_of(aws, logical="P"):
    return aws.client("ssm").get_parameter(Name=aws.physical("one", logical))["Parameter"]["Value"]


@question("API Reference, CreateStack: Parameters")
def a_parameter_must_be_one_of_the_template(aws):
    words = "Parameters: [Other] do not exist in the template"
    refused(aws.start, "ValidationError", words, name="one", template=resources(H=HANDLE), Parameters=given(Other="a"))


@question("Template Reference, Parameters: a value must be given unless there is a default")
def a_parameter_without_default_needs_a_value(aws):
    refused(aws.start, "ValidationError", "Parameters: [Name] must have values", name="one", template=with_parameter())


@question("Template Reference, Parameters: Default")
def a_default_is_used(aws):
    aws.create("one", with_parameter(Default="d"))
    same(made_of(aws), "d")


@question("Template Reference, Parameters: AllowedValues")
def a_value_must_be_one_of_the_allowed(aws):
    template = with_parameter(AllowedValues=["a", "b"])
    words = "Parameter 'Name' must be one of AllowedValues"
    refused(aws.start, "ValidationError", words, name="one", template=template, Parameters=given(Name="c"))


@question("Template Reference, Parameters: AllowedPattern")
def a_value_must_match_the_pattern(aws):
    template = with_parameter(AllowedPattern="[a-z]+")
    words = "Parameter 'Name' must match pattern [a-z]+"
    refused(aws.start, "ValidationError", words, name="one", template=template, Parameters=given(Name="a1"))


@question("Template Reference, Parameters: ConstraintDescription")
def a_constraint_is_told_in_its_own_words(aws):
    words = "Parameter Name failed to satisfy constraint: letters only"
    for one in ({"AllowedPattern": "[a-z]+"}, {"AllowedValues": ["a"]}, {"MinLength": 5}, {"MaxLength": 1}):
        template = with_parameter(ConstraintDescription="letters only", **one)
        refused(aws.start, "ValidationError", words, name="one", template=template, Parameters=given(Name="12"))


@question("Template Reference, Parameters: MinLength, MaxLength")
def a_value_must_have_its_length(aws):
    call, code = aws.start, "ValidationError"
    words = "Parameter 'Name' must contain at least 3 characters"
    refused(call, code, words, name="one", template=with_parameter(MinLength=3), Parameters=given(Name="ab"))
    words = "Parameter 'Name' must contain at most 3 characters"
    refused(call, code, words, name="one", template=with_parameter(MaxLength=3), Parameters=given(Name="abcd"))


@question("Template Reference, Parameters: MinValue, MaxValue, Number")
def a_number_must_be_within_its_bounds(aws):
    template = with_parameter(Type="Number", MinValue=3, MaxValue=5)
    for value, words in (
        ("2", "Parameter 'Name' must be a number not less than 3"),
        ("6", "Parameter 'Name' must be a number not greater than 5"),
        ("a", "Parameter 'Name' must be a number."),
    ):
        refused(aws.start, "ValidationError", words, name="one", template=template, Parameters=given(Name=value))


@question("Template Reference, Parameters: NoEcho")
def a_secret_value_is_not_echoed(aws):
    made = aws.create("one", with_parameter(NoEcho=True), Parameters=given(Name="secret"))
    same(made["Parameters"], [{"ParameterKey": "Name", "ParameterValue": "****"}])
    same(made_of(aws), "secret")
    found = aws.change_set("one", with_parameter(NoEcho=True), Parameters=given(Name="other"))
    same(found["Parameters"], [{"ParameterKey": "Name", "ParameterValue": "****"}])


@question("API Reference, Parameter: UsePreviousValue")
def a_previous_value_can_be_kept(aws):
    template = {
        "Parameters": {"Name": {"Type": "String"}, "Other": {"Type": "String"}},
        **resources(P=parameter({"Fn::Sub": "${Name} ${Other}"})),
    }
    aws.create("one", template, Parameters=given(Name="a", Other="b"))
    kept = [{"ParameterKey": "Name", "UsePreviousValue": True}, {"ParameterKey": "Other", "ParameterValue": "c"}]
    aws.update("one", Parameters=kept)
    same(made_of(aws), "a c")


@question("API Reference, UpdateStack: parameters that are not given fall back to their defaults")
def a_value_that_is_not_given_again_is_not_kept(aws):
    template = with_parameter(Default="d")
    aws.create("one", template, Parameters=given(Name="a"))
    aws.update("one")
    same(made_of(aws), "d")
    required = with_parameter()
    aws.create("two", required, Parameters=given(Name="a"))
    refused(
        aws.cfn.update_stack,
        "ValidationError",
        "Parameters: [Name] must have values",
        StackName="two",
        UsePreviousTemplate=True,
    )


@question("Template Reference, Parameters: CommaDelimitedList")
def a_list_is_split_at_its_commas(aws):
    template = {
        "Parameters": {"Names": {"Type": "CommaDelimitedList"}},
        **resources(P=parameter({"Fn::Select": ["1", {"Ref": "Names"}]})),
        "Outputs": {"Out": {"Value": {"Fn::Join": ["|", {"Ref": "Names"}]}}},
    }
    aws.create("one", template, Parameters=given(Names="a, b,c"))
    same(made_of(aws), "b")
    same(aws.outputs("one"), {"Out": "a|b|c"})
    same(aws.stack("one")["Parameters"][0]["ParameterValue"], "a, b,c")


@question("Template Reference, Parameters: AWS::SSM::Parameter::Value<String>")
def a_parameter_can_come_from_systems_manager(aws):
    aws.client("ssm").put_parameter(Name="/mine", Value="stored", Type="String")
    template = with_parameter(Type="AWS::SSM::Parameter::Value<String>", Default="/mine")
    made = aws.create("one", template)
    same(made["Parameters"], [{"ParameterKey": "Name", "ParameterValue": "/mine", "ResolvedValue": "stored"}])
    same(made_of(aws), "stored")
    aws.client("ssm").put_parameter(Name="/mine", Value="newer", Type="String", Overwrite=True)
    aws.update("one", Parameters=[{"ParameterKey": "Name", "UsePreviousValue": True}])
    same(made_of(aws), "newer")


@question("Template Reference, Parameters: AWS::SSM::Parameter::Value, which must exist")
def a_parameter_from_systems_manager_must_be_there(aws):
    template = with_parameter(Type="AWS::SSM::Parameter::Value<String>", Default="/nobody")
    words = "Unable to fetch parameters [/nobody] from parameter store for this account."
    refused(aws.start, "ValidationError", words, name="one", template=template)


@question("User Guide, Get a plaintext value from Systems Manager Parameter Store")
def a_dynamic_reference_is_resolved(aws):
    aws.client("ssm").put_parameter(Name="/mine", Value="stored", Type="String")
    aws.create("one", resources(P=parameter("{{resolve:ssm:/mine}}"), Q=parameter("x-{{resolve:ssm:/mine:1}}")))
    same((made_of(aws), made_of(aws, "Q")), ("stored", "x-stored"))


@question("User Guide, Get a secret from Secrets Manager")
def a_secret_is_resolved_where_it_is_used(aws):
    aws.client("secretsmanager").create_secret(Name="mine", SecretString=json.dumps({"user": "ada"}))
    aws.create("one", resources(P=parameter("{{resolve:secretsmanager:mine:SecretString:user}}")))
    same(made_of(aws), "ada")
    template = aws.cfn.get_template(StackName="one")["TemplateBody"]
    same(template["Resources"]["P"]["Properties"]["Value"], "{{resolve:secretsmanager:mine:SecretString:user}}")


@question("User Guide, Get a plaintext value: the parameter must exist")
def a_dynamic_reference_to_nothing_fails_the_stack(aws):
    made = aws.create("one", resources(P=parameter("{{resolve:ssm:/nobody}}")))
    same(made["StackStatus"], "ROLLBACK_COMPLETE")
