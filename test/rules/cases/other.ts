import type { JsonObject } from "../../../src/template/types.ts";
import { a, att, on, ref } from "./case.ts";

const role = (service: string) =>
  a("AWS::IAM::Role", {
    AssumeRolePolicyDocument: {
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Principal: { Service: [service] }, Action: ["sts:AssumeRole"] },
    },
  });
const variables = (Variables: JsonObject) => ({ Environment: { Variables } });
const LAMBDA = {
  FunctionName: "shop-worker",
  Runtime: "nodejs24.x",
  Handler: "index.handler",
  Role: att("Role"),
  Code: { S3Bucket: "b", S3Key: "k" },
  Timeout: 60,
  MemorySize: 256,
};
const tracking = (metric: JsonObject) => ({
  TargetTrackingScalingPolicyConfiguration: { TargetValue: 60, PredefinedMetricSpecification: metric },
});
const alarm = { MetricName: "CPU", Namespace: "n", Statistic: "Average", Period: 300, EvaluationPeriods: 3 };
const redrive = (over: JsonObject) => ({
  RedrivePolicy: { deadLetterTargetArn: att("Dead"), maxReceiveCount: 5, ...over },
});

export const OTHER_CASES = [
  ...on(
    "AWS::CloudFormation::Stack",
    { TemplateURL: "https://s3.eu-west-1.amazonaws.com/templates/net.yaml" },
    {
      "nested-template-address": [{ bad: { TemplateURL: "./net.yaml" } }, { bad: { TemplateURL: "s3://b/net.yaml" } }],
    },
  ),
  ...on(
    "AWS::Lambda::Function",
    LAMBDA,
    {
      "function-timeout": [{ bad: { Timeout: 901 } }, { bad: { Timeout: "0" } }],
      "function-memory": { bad: { MemorySize: 127 } },
      "function-storage": { good: { EphemeralStorage: { Size: 512 } }, bad: { EphemeralStorage: { Size: 511 } } },
      "function-name": [{ bad: { FunctionName: "a".repeat(65) } }, { bad: { FunctionName: "shop worker" } }],
      "function-variable-kept": { good: variables({ TABLE: "t" }), bad: variables({ AWS_REGION: "eu-west-1" }) },
      "function-variables-size": { bad: variables({ LARGE: "a".repeat(4096) }) },
      "function-handler": [{ bad: { Handler: undefined } }, { bad: { Runtime: undefined } }],
      "function-image": {
        good: { PackageType: "Image", Code: { ImageUri: "i" }, Runtime: undefined, Handler: undefined },
        bad: { Handler: "index.handler" },
      },
      "function-layers": { bad: { Layers: ["a", "b", "c", "d", "e", "f"] } },
      "function-inline": { good: { Code: { ZipFile: "code" } }, bad: { Runtime: "java25" } },
      "function-role-trust": { badBeside: { Role: role("ec2.amazonaws.com") } },
      "function-concurrency": { bad: { ReservedConcurrentExecutions: -1 } },
      "function-network": { bad: { VpcConfig: { SubnetIds: Array(17).fill("s"), SecurityGroupIds: ["g"] } } },
      "name-once": { badBeside: { Other: a("AWS::Lambda::Function", { ...LAMBDA }) } },
    },
    { Role: role("lambda.amazonaws.com") },
  ),
  ...on(
    "AWS::Lambda::EventSourceMapping",
    { EventSourceArn: att("Queue"), FunctionName: ref("Worker"), BatchSize: 10 },
    {
      "event-source-queue-timeout": { badBeside: { Queue: a("AWS::SQS::Queue") } },
      "event-source-batch-window": { bad: { BatchSize: 11 } },
    },
    { Queue: a("AWS::SQS::Queue", { VisibilityTimeout: 60 }), Worker: a("AWS::Lambda::Function", LAMBDA) },
  ),
  ...on(
    "AWS::ApplicationAutoScaling::ScalableTarget",
    {
      ServiceNamespace: "ecs",
      ScalableDimension: "ecs:service:DesiredCount",
      ResourceId: "service/shop-prod/api",
      MinCapacity: 1,
      MaxCapacity: 4,
    },
    {
      "scaling-range": { bad: { MinCapacity: 5 } },
      "scaling-resource": [
        { bad: { ResourceId: "shop-prod/api" } },
        { bad: { ScalableDimension: "rds:cluster:Count" } },
      ],
    },
  ),
  ...on(
    "AWS::ApplicationAutoScaling::ScalingPolicy",
    {
      PolicyName: "cpu",
      PolicyType: "TargetTrackingScaling",
      ...tracking({ PredefinedMetricType: "ECSServiceAverageCPUUtilization" }),
    },
    {
      "scaling-label": [
        { bad: tracking({ PredefinedMetricType: "ALBRequestCountPerTarget" }) },
        { bad: tracking({ PredefinedMetricType: "ECSServiceAverageCPUUtilization", ResourceLabel: "app/a/b" }) },
        {
          good: tracking({
            PredefinedMetricType: "ALBRequestCountPerTarget",
            ResourceLabel: "app/a/1/targetgroup/b/2",
          }),
          bad: tracking({ PredefinedMetricType: "ALBRequestCountPerTarget", ResourceLabel: "a/b" }),
        },
      ],
      "scaling-policy-kind": { bad: { PolicyType: "StepScaling" } },
    },
  ),
  ...on("AWS::CloudWatch::Alarm", alarm, {
    "alarm-statistic": [{ bad: { Statistic: undefined } }, { bad: { ExtendedStatistic: "p95" } }],
    "alarm-word": [
      { bad: { ComparisonOperator: "Above" } },
      { bad: { Statistic: "Median" } },
      { good: { TreatMissingData: "ignore" }, bad: { TreatMissingData: "forget" } },
      { good: { Unit: "Gigabits/Second" }, bad: { Unit: "Furlongs" } },
    ],
    "alarm-percentile": [
      { good: { Statistic: undefined, ExtendedStatistic: "p99.9" }, bad: { ExtendedStatistic: "p101" } },
      { good: { Statistic: undefined, ExtendedStatistic: "TM(10%:90%)" }, bad: { ExtendedStatistic: "most" } },
    ],
    "alarm-actions": [
      { good: { AlarmActions: ["arn:aws:sns:eu-west-1:123456789012:a"] }, bad: { OKActions: ["a@example.com"] } },
      { bad: { AlarmActions: Array(6).fill("arn:aws:sns:eu-west-1:123456789012:a") } },
    ],
    "alarm-metric": [{ bad: { MetricName: undefined } }, { bad: { Metrics: [] } }],
    "alarm-period": { bad: { Period: 90 } },
    "alarm-span": [
      { bad: { EvaluationPeriods: 289 } },
      { good: { Period: 3600, EvaluationPeriods: 168 }, bad: { EvaluationPeriods: 169 } },
    ],
    "alarm-datapoints": { good: { DatapointsToAlarm: 3 }, bad: { DatapointsToAlarm: 4 } },
  }),
  ...on(
    "AWS::CloudWatch::Dashboard",
    { DashboardName: "shop", DashboardBody: '{"widgets":[]}' },
    {
      "dashboard-body": { bad: { DashboardBody: "widgets" } },
      "dashboard-name": { bad: { DashboardName: "my shop" } },
    },
  ),
  ...on(
    "AWS::SSM::Parameter",
    { Name: "/shop/size", Type: "String", Value: "big" },
    {
      "parameter-name-kept": { bad: { Name: "/aws/size" } },
      "parameter-name": [
        { bad: { Name: "AWSsize" } },
        { bad: { Name: "/SSM/size" } },
        { bad: { Name: "/shop/my size" } },
      ],
      "parameter-name-whole": { bad: { Name: "shop/size" } },
      "parameter-levels": { good: { Name: "/a".repeat(15) }, bad: { Name: "/a".repeat(16) } },
      "parameter-size": [
        { good: { Value: "a".repeat(4096) }, bad: { Value: "a".repeat(4097) } },
        { good: { Tier: "Advanced", Value: "a".repeat(8192) }, bad: { Value: "a".repeat(8193) } },
      ],
      "parameter-pattern": { good: { AllowedPattern: "[a-z]+" }, bad: { AllowedPattern: "\\d{1,4}" } },
    },
  ),
  ...on(
    "AWS::Events::Rule",
    { ScheduleExpression: "rate(5 minutes)" },
    {
      "event-rule-trigger": {
        good: { ScheduleExpression: undefined, EventPattern: { source: ["aws.ecs"] } },
        bad: { EventPattern: undefined },
      },
      "event-rule-schedule": [
        { bad: { ScheduleExpression: "rate(5 minute)" } },
        { good: { ScheduleExpression: "cron(0 12 * * ? *)" }, bad: { ScheduleExpression: "cron(0 12 * * ?)" } },
      ],
    },
  ),
  ...on(
    "AWS::CloudFormation::WaitCondition",
    { Handle: "https://example.com", Timeout: "43200" },
    {
      "wait-condition-timeout": { bad: { Timeout: "43201" } },
    },
  ),
  ...on(
    "AWS::SQS::Queue",
    { QueueName: "shop-jobs", VisibilityTimeout: 30, ...redrive({}) },
    {
      "queue-name": [{ bad: { QueueName: "shop jobs" } }, { bad: { QueueName: "a".repeat(81) } }],
      "queue-name-fifo": [
        { bad: { QueueName: "shop.fifo" } },
        { bad: { FifoQueue: true }, also: ["queue-redrive-kind"] },
      ],
      "queue-number": [{ bad: { VisibilityTimeout: 43_201 } }, { bad: { MessageRetentionPeriod: 59 } }],
      "queue-redrive": [
        { bad: redrive({ maxReceiveCount: 0 }) },
        { bad: redrive({ maxReceiveCount: { Ref: "AWS::NoValue" } }) },
      ],
      "queue-redrive-kind": { badBeside: { Dead: a("AWS::SQS::Queue", { FifoQueue: true }) } },
    },
    { Dead: a("AWS::SQS::Queue") },
  ),
  ...on(
    "AWS::SNS::Topic",
    { TopicName: "shop-alarms" },
    {
      "topic-name": { bad: { TopicName: "shop alarms" } },
      "topic-name-fifo": { good: { TopicName: "shop.fifo", FifoTopic: true }, bad: { FifoTopic: undefined } },
    },
  ),
  ...on(
    "AWS::SNS::Subscription",
    { TopicArn: "arn", Protocol: "email", Endpoint: "ops@example.com" },
    {
      "subscription-protocol": { bad: { Protocol: "pigeon" } },
      "subscription-endpoint": [{ bad: { Endpoint: "ops" } }, { bad: { Protocol: "sqs" } }],
      "subscription-filter": {
        good: { FilterPolicy: { a: ["1"] } },
        bad: { FilterPolicy: { a: ["1"], b: ["1"], c: ["1"], d: ["1"], e: ["1"], f: ["1"] } },
      },
    },
  ),
];
