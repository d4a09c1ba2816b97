import { a, att, on, ref } from "./case.ts";

const SERVICE = "AWS::ECS::Service";
const TASK = "AWS::ECS::TaskDefinition";
const TARGETS = "AWS::ElasticLoadBalancingV2::TargetGroup";
const LISTENER = "AWS::ElasticLoadBalancingV2::Listener";

const container = {
  Name: "api",
  Image: "public.ecr.aws/docker/library/node:24-alpine",
  PortMappings: [{ ContainerPort: 8000 }],
};
const task = {
  RequiresCompatibilities: ["FARGATE"],
  NetworkMode: "awsvpc",
  Cpu: "256",
  Memory: "512",
  TaskRoleArn: "arn:aws:iam::123456789012:role/task",
  ContainerDefinitions: [container],
};
const only = (over: object) => ({ ContainerDefinitions: [{ ...container, ...over }] });
const ROLE = "arn:aws:iam::123456789012:role/execution";
const awslogs = { LogDriver: "awslogs", Options: { "awslogs-group": "g", "awslogs-region": "eu-west-1" } };

const role = (service: string) =>
  a("AWS::IAM::Role", {
    AssumeRolePolicyDocument: {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
    },
  });
const targets = { VpcId: "vpc-1", TargetType: "ip", Protocol: "HTTP", Port: 80 };
const listener = (group: string) =>
  a(LISTENER, { Port: 80, Protocol: "HTTP", DefaultActions: [{ Type: "forward", TargetGroupArn: ref(group) }] });
const strategy = [{ CapacityProvider: "FARGATE", Weight: 1 }];

export const ECS_CASES = [
  ...on(TASK, task, {
    "fargate-size-given": [{ bad: { Cpu: undefined } }, { bad: { Memory: undefined }, also: ["container-memory"] }],
    "fargate-size": [
      { bad: { Memory: "4096" } },
      { bad: { Cpu: 300 } },
      { good: { Cpu: ".5 vCPU", Memory: "2 GB" }, bad: { Memory: "8 GB" } },
    ],
    "fargate-network-mode": [{ bad: { NetworkMode: "bridge" } }, { bad: { NetworkMode: undefined } }],
    "fargate-role-logs": {
      good: { ExecutionRoleArn: ROLE, ...only({ LogConfiguration: awslogs }) },
      bad: { ExecutionRoleArn: undefined },
    },
    "fargate-role-image": { bad: only({ Image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/api:1" }) },
    "task-role-secrets": {
      good: { ExecutionRoleArn: ROLE, ...only({ Secrets: [{ Name: "A", ValueFrom: "b" }] }) },
      bad: { ExecutionRoleArn: undefined },
    },
    "fargate-log-driver": { bad: only({ LogConfiguration: { LogDriver: "json-file" } }) },
    "fargate-privileged": { bad: only({ Privileged: true }) },
    "fargate-stop-timeout": { good: only({ StopTimeout: 120 }), bad: only({ StopTimeout: 121 }) },
    "fargate-storage": {
      good: { EphemeralStorage: { SizeInGiB: 200 } },
      bad: { EphemeralStorage: { SizeInGiB: 201 } },
    },
    "task-essential": { bad: only({ Essential: false }) },
    "container-logs-options": {
      good: { ExecutionRoleArn: ROLE, ...only({ LogConfiguration: awslogs }) },
      bad: only({ LogConfiguration: { LogDriver: "awslogs", Options: { "awslogs-group": "g" } } }),
    },
    "container-name": { bad: only({ Name: "the api" }) },
    "container-name-once": { bad: { ContainerDefinitions: [container, container] } },
    "container-port": { bad: only({ PortMappings: [{ ContainerPort: 65_536 }] }) },
    "container-host-port": {
      good: only({ PortMappings: [{ ContainerPort: 8000, HostPort: 8000 }] }),
      bad: only({ PortMappings: [{ ContainerPort: 8000, HostPort: 80 }] }),
    },
    "container-memory": {
      good: { RequiresCompatibilities: ["EC2"], Memory: undefined, ...only({ MemoryReservation: 256 }) },
      bad: only({}),
    },
    "container-health-check": {
      good: only({ HealthCheck: { Command: ["CMD", "true"], Interval: 30, Timeout: 5, Retries: 3 } }),
      bad: only({ HealthCheck: { Command: ["CMD", "true"], Interval: 2 } }),
    },
    "container-depends-on": { bad: only({ DependsOn: [{ ContainerName: "proxy", Condition: "START" }] }) },
  }),
  ...on(
    SERVICE,
    {
      Cluster: ref("Cluster"),
      TaskDefinition: ref("Task"),
      DesiredCount: 1,
      CapacityProviderStrategy: strategy,
      EnableExecuteCommand: true,
      HealthCheckGracePeriodSeconds: 60,
      DeploymentConfiguration: { MinimumHealthyPercent: 100, MaximumPercent: 200 },
      NetworkConfiguration: { AwsvpcConfiguration: { Subnets: ["subnet-1"], SecurityGroups: ["sg-1"] } },
      LoadBalancers: [{ ContainerName: "api", ContainerPort: 8000, TargetGroupArn: ref("Targets") }],
    },
    {
      "service-network": { bad: { NetworkConfiguration: undefined } },
      "service-no-network": {
        badBeside: { Task: a(TASK, { ...task, RequiresCompatibilities: ["EC2"], NetworkMode: "bridge" }) },
      },
      "service-network-size": [
        { bad: { NetworkConfiguration: { AwsvpcConfiguration: { Subnets: Array(17).fill("subnet-1") } } } },
        {
          bad: {
            NetworkConfiguration: {
              AwsvpcConfiguration: { Subnets: ["subnet-1"], SecurityGroups: Array(6).fill("sg-1") },
            },
          },
        },
      ],
      "service-target-type": { badBeside: { Targets: a(TARGETS, { ...targets, TargetType: "instance" }) } },
      "service-target-balancer": {
        beside: { Others: a(TARGETS, targets) },
        badBeside: { Listener: listener("Others") },
      },
      "service-container": [
        { bad: { LoadBalancers: [{ ContainerName: "web", ContainerPort: 8000, TargetGroupArn: ref("Targets") }] } },
        { bad: { LoadBalancers: [{ ContainerName: "api", ContainerPort: 80, TargetGroupArn: ref("Targets") }] } },
      ],
      "service-launch-type": { bad: { LaunchType: "FARGATE" } },
      "service-task-fargate": {
        good: { LaunchType: "FARGATE", CapacityProviderStrategy: undefined },
        badBeside: { Task: a(TASK, { ...task, RequiresCompatibilities: ["EC2"] }) },
      },
      "service-capacity-base": {
        bad: {
          CapacityProviderStrategy: [
            { CapacityProvider: "FARGATE", Base: 1, Weight: 1 },
            { CapacityProvider: "FARGATE_SPOT", Base: 1, Weight: 1 },
          ],
        },
      },
      "service-capacity-weight": {
        bad: {
          CapacityProviderStrategy: [
            { CapacityProvider: "FARGATE", Weight: 0 },
            { CapacityProvider: "FARGATE_SPOT", Weight: 0 },
          ],
        },
      },
      "service-capacity-associated": [
        { bad: { CapacityProviderStrategy: [{ CapacityProvider: "mine", Weight: 1 }] } },
        { badBeside: { Cluster: a("AWS::ECS::Cluster") } },
        {
          beside: {
            Cluster: a("AWS::ECS::Cluster"),
            Providers: a("AWS::ECS::ClusterCapacityProviderAssociations", {
              Cluster: ref("Cluster"),
              CapacityProviders: ["FARGATE"],
              DefaultCapacityProviderStrategy: strategy,
            }),
          },
          bad: { CapacityProviderStrategy: [{ CapacityProvider: "FARGATE_SPOT", Weight: 1 }] },
        },
      ],
      "service-deployment": { bad: { DeploymentConfiguration: { MinimumHealthyPercent: 100, MaximumPercent: 100 } } },
      "service-grace-period": { bad: { LoadBalancers: undefined } },
      "service-exec-role": { badBeside: { Task: a(TASK, { ...task, TaskRoleArn: { Ref: "AWS::NoValue" } }) } },
      "service-role-trust": {
        beside: { Task: a(TASK, { ...task, TaskRoleArn: att("Role") }), Role: role("ecs-tasks.amazonaws.com") },
        badBeside: { Role: role("ecs.amazonaws.com") },
      },
    },
    {
      Cluster: a("AWS::ECS::Cluster", { CapacityProviders: ["FARGATE", "FARGATE_SPOT"] }),
      Task: a(TASK, task),
      Targets: a(TARGETS, targets),
      Listener: listener("Targets"),
    },
  ),
  ...on(
    "AWS::ECS::Cluster",
    { CapacityProviders: ["FARGATE"], DefaultCapacityProviderStrategy: strategy },
    {
      "service-capacity-weight": {
        bad: { DefaultCapacityProviderStrategy: [{ CapacityProvider: "a" }, { CapacityProvider: "b" }] },
      },
    },
  ),
];
