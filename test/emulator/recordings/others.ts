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
];

/** Recorded cases of localstack's CloudFormation tests that ask for what this AWS does not do. */
export const OUT_OF_SCOPE: readonly { readonly what: string; readonly cases: number }[] = [
  { what: "transforms and macros: SAM, AWS::Include, functions that rewrite templates", cases: 49 },
  { what: "the registry of types, hooks, modules, and stack sets", cases: 13 },
  {
    what: "services that are none of an environment's: API Gateway, Step Functions, Kinesis, OpenSearch, Scheduler, what is sent by event buses",
    cases: 42,
  },
  { what: "functions that run, and the calls that change them", cases: 20 },
  { what: "tables of many regions", cases: 2 },
];
