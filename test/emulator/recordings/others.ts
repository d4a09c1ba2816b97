/** A recorded case that AWS itself would answer otherwise today, or that tells of the one who asked. */
type Explained = { readonly where: string; readonly why: string; readonly source: string };

const EARLY =
  'CloudFormation User Guide, "Validate stack deployments": properties and names are checked since November 2025';

/** Recorded cases whose difference is none of ours. */
export const EXPLAINED: readonly Explained[] = [
  {
    where: "localstack: test_resources.py::test_describe_failed_resource",
    why: "the change set fails where the stack did",
    source: EARLY,
  },
  {
    where: "localstack: test_templates.py::test_get_template_summary_failed_stack",
    why: "the change set fails where the stack did",
    source: EARLY,
  },
  {
    where: "localstack: test_logs.py::test_handle_existing_log_group",
    why: "the same of a name that is taken",
    source: EARLY,
  },
  {
    where: "localstack: test_change_sets.py::TestCaptureUpdateProcess::test_queue_update",
    why: "a message may have 1 MiB, not 256 KiB",
    source: 'SQS Developer Guide, "Amazon SQS message quotas"',
  },
  {
    where: "localstack: test_dynamodb.py::test_table_with_ttl_and_sse",
    why: "warm throughput is told",
    source:
      'DynamoDB Developer Guide, "Understanding DynamoDB warm throughput"; localstack\'s test_default_name_for_table of 2025',
  },
  {
    where: "localstack: test_templates.py::test_get_template_summary",
    why: "identifiers are told, and the recorded template has since got a parameter",
    source: "localstack's test_get_template_summary_failed_stack of 2025",
  },
  {
    where: "localstack: test_cloudwatch.py::test_alarm_ext_statistic",
    why: "newer clients ask in JSON, in which 10.0 is 10",
    source: "RFC 8259, 6",
  },
  {
    where: "localstack: test_cloudformation.py::test_waitcondition",
    why: "its signal comes from outside in real time, and a clock that jumps does not wait",
    source: "the rehearsal's README: `--speed max` jumps",
  },
  {
    where: "localstack: test_stack_policies.py::TestStackPolicy::test_set_policy_with_update_operation",
    why: "it looks once the update has begun to clean up; the policy of an update is the stack's afterwards",
    source: "CloudFormation API Reference, UpdateStack (StackPolicyBody)",
  },
  {
    where: "localstack: test_stacks.py::TestStacksApi::test_stack_update_resources",
    why: "the test has since come to name capabilities",
    source: "localstack's test_no_echo_parameter of 2025",
  },
  {
    where: "localstack: test_changesets.py::test_create_change_set_update_without_parameters",
    why: "the template has since got metadata, whose change is told too",
    source: "CloudFormation API Reference, ResourceChange (Scope: Metadata)",
  },
  {
    where: "localstack: test_changesets.py::test_create_and_then_remove_non_supported_resource_change_set",
    why: "a bucket that is new takes no policy for everybody",
    source: 'S3 User Guide, "Blocking public access to your Amazon S3 storage": on for new buckets since April 2023',
  },
  {
    where: "localstack: test_template_engine.py::TestStackEvents::test_invalid_stack_deploy",
    why: "the change set fails where the stack did",
    source: EARLY,
  },
  {
    where: "localstack: test_ec2_resource_provider.py::test_deploy_vpc_endpoint",
    why: "the type has tags since, and so those of CloudFormation; the label of its names is another each time",
    source: "CloudFormation Template Reference, AWS::EC2::VPCEndpoint (Tags)",
  },
  {
    where: "localstack: test_basic.py::TestBasicCRD::test_black_box (of a network ACL)",
    why: "the id of a VPC stands in the recording as it was",
    source: "the recording",
  },
  {
    where: "localstack: test_conditions.py::TestCloudFormationConditions::test_nested_conditions[prod-bucket-policy]",
    why: "one bucket has two names in the recording, and which it is depends on the order of parameters",
    source: "localstack-snapshot, reference replacement",
  },
  {
    where: "localstack: test_basic_user.py::TestBasicCRD::test_getatt",
    why: "the recording has an output that the template calls otherwise",
    source: "localstack's templates/user_getatt.yaml",
  },
  {
    where: "localstack: test_attributes.py::TestResourceAttributes::test_invalid_getatt_fails",
    why: "the resource is made first, the output fails then; the words are as recorded",
    source: "ministack#1628, measured on an account in September 2026",
  },
  {
    where:
      "localstack: test_kinesis.py::test_describe_template, test_lambda.py::test_multiple_lambda_permissions_for_singlefn",
    why: "the types of a summary and the statements of a function's policy have no order",
    source: "CloudFormation API Reference, GetTemplateSummary; Lambda API Reference, GetPolicy",
  },
];

/**
 * All of localstack's recorded CloudFormation cases, put to the rehearsal with the tests as they are (README beside this
 * folder).
 */
export const WHOLE: readonly { readonly what: string; readonly cases: number }[] = [
  { what: "answered exactly", cases: 282 },
  {
    what: "answered alike but for what is another each time, or what AWS or the test has come to have since",
    cases: 125,
  },
  { what: "explained one by one in `recordings/others.ts`", cases: 17 },
  { what: "tests that cannot be answered", cases: 26 },
  { what: "out of scope: transforms and macros", cases: 50 },
  { what: "out of scope: services that are none of an environment's", cases: 41 },
  { what: "out of scope: functions that run", cases: 17 },
  { what: "out of scope: the registry of types, hooks, modules, and stack sets", cases: 12 },
  { what: "out of scope: IAM groups, access keys, users' policies, server certificates", cases: 5 },
  { what: "out of scope: tables of many regions", cases: 2 },
  { what: "out of scope: images to choose from", cases: 1 },
];
