import { Aws } from "aws-cdk-lib";
import * as cloudwatch from "aws-cdk-lib/aws-cloudwatch";
import * as events from "aws-cdk-lib/aws-events";
import * as iam from "aws-cdk-lib/aws-iam";
import * as sns from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import { AstroStack, type Settings } from "../lib/astro-stack";
import { type Graph, graphsOf, type Metric } from "../lib/metrics";
import type { LoadBalancerStack } from "./load-balancer";
import type { SecretsStack } from "./secrets";
import type { ServiceStack } from "./service";

type Needs = { email: string; secrets: SecretsStack; loadBalancer: LoadBalancerStack; service: ServiceStack };

const FIVE_MINUTES = 300;

/** Alarms by e-mail, and a dashboard of the same metrics. */
export class AlarmsStack extends AstroStack {
  constructor(scope: Construct, settings: Settings, { email, secrets, loadBalancer, service }: Needs) {
    super(scope, settings, { name: "alarms", phase: "ecs", description: "Alarms and dashboard", optional: true });
    const topic = this.topic(email, secrets.keyArn);
    const graphs = graphsOf(settings, loadBalancer, service);
    for (const graph of graphs) for (const metric of graph.metrics) this.alarm(metric, graph, topic);
    this.failedDeployments(service, topic);
    new cloudwatch.CfnDashboard(this, "Dashboard", {
      dashboardName: settings.prefix,
      dashboardBody: this.toJsonString({ widgets: graphs.map((graph, index) => widget(graph, index, settings)) }),
    });
  }

  private alarm({ id, namespace, name, dimensions, stat }: Metric, graph: Graph, topic: string): void {
    new cloudwatch.CfnAlarm(this, id, {
      alarmName: `${this.settings.prefix}-${id}`,
      alarmDescription: graph.title,
      namespace,
      metricName: name,
      dimensions: Object.entries(dimensions).map(([key, value]) => ({ name: key, value })),
      ...(stat === "p95" ? { extendedStatistic: stat } : { statistic: stat }),
      ...("above" in graph
        ? { comparisonOperator: "GreaterThanThreshold", threshold: graph.above }
        : { comparisonOperator: "LessThanThreshold", threshold: graph.below }),
      period: graph.period ?? FIVE_MINUTES,
      evaluationPeriods: (graph.minutes * 60) / (graph.period ?? FIVE_MINUTES),
      treatMissingData: graph.alarmOnMissingData === true ? "breaching" : "notBreaching",
      alarmActions: [topic],
      okActions: [topic],
    });
  }

  /**
   * No metric tells of a deployment that its circuit breaker gave up, an event does (Amazon ECS Developer Guide, "Amazon ECS
   * service deployment state change events").
   */
  private failedDeployments({ clusterName, serviceName }: ServiceStack, topic: string): void {
    new events.CfnRule(this, "FailedDeployments", {
      description: `Deployments of ${this.settings.prefix} that fail`,
      eventPattern: {
        source: ["aws.ecs"],
        "detail-type": ["ECS Deployment State Change"],
        resources: [`arn:${Aws.PARTITION}:ecs:${this.region}:${Aws.ACCOUNT_ID}:service/${clusterName}/${serviceName}`],
        detail: { eventName: ["SERVICE_DEPLOYMENT_FAILED"] },
      },
      targets: [
        {
          id: "email",
          arn: topic,
          inputTransformer: {
            inputPathsMap: { reason: "$.detail.reason" },
            inputTemplate: `"A deployment of ${this.settings.prefix} failed: <reason>"`,
          },
        },
      ],
    });
  }

  private topic(email: string, keyArn: string): string {
    const topic = new sns.CfnTopic(this, "AlarmTopic", {
      topicName: `${this.settings.prefix}-alarms`,
      kmsMasterKeyId: keyArn,
    });
    new sns.CfnSubscription(this, "AlarmEmail", { topicArn: topic.ref, protocol: "email", endpoint: email });
    new sns.CfnTopicPolicy(this, "AlarmTopicPolicy", {
      topics: [topic.ref],
      policyDocument: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({
            sid: "AlarmsPublish",
            principals: [new iam.ServicePrincipal("cloudwatch.amazonaws.com")],
            actions: ["sns:Publish"],
            resources: [topic.ref],
            conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
          }),
          // EventBridge says neither account nor rule here: with a condition nothing would ever arrive (Amazon EventBridge
          // User Guide, "Using resource-based policies": Amazon SNS).
          new iam.PolicyStatement({
            sid: "EventsPublish",
            principals: [new iam.ServicePrincipal("events.amazonaws.com")],
            actions: ["sns:Publish"],
            resources: [topic.ref],
          }),
          new iam.PolicyStatement({
            sid: "TlsOnly",
            effect: iam.Effect.DENY,
            principals: [new iam.AnyPrincipal()],
            actions: ["sns:Publish"],
            resources: [topic.ref],
            conditions: { Bool: { "aws:SecureTransport": "false" } },
          }),
        ],
      }),
    });
    return topic.ref;
  }
}

/** Two graphs a row of twelve columns each (Amazon CloudWatch API Reference, "Dashboard body structure and syntax"). */
function widget({ title, metrics, period }: Graph, index: number, settings: Settings) {
  return {
    type: "metric",
    x: (index % 2) * 12,
    y: Math.floor(index / 2) * 6,
    width: 12,
    height: 6,
    properties: {
      title,
      region: settings.config.region,
      period: period ?? FIVE_MINUTES,
      metrics: metrics.map(({ namespace, name, dimensions, stat }) => [
        namespace,
        name,
        ...Object.entries(dimensions).flat(),
        { stat },
      ]),
    },
  };
}
