import type { Template } from "../../src/template/types.ts";

/** The name of everything in it that has one. */
const APP = "apps";

const container = (region: string, image: string) => ({
  Name: "api",
  Image: image,
  PortMappings: [{ ContainerPort: 8000 }],
  Secrets: [{ Name: "TOKEN", ValueFrom: { "Fn::Sub": "${Secret}:token::" } }],
  LogConfiguration: {
    LogDriver: "awslogs",
    Options: { "awslogs-group": { Ref: "Logs" }, "awslogs-region": region, "awslogs-stream-prefix": "api" },
  },
});

/** A service behind a load balancer as a generated app has one, with all that it needs; `service` changes its properties. */
export function serviceApp(region: string, image: string, service: object = {}): Template {
  const subnet = (CidrBlock: string, zone: string) => ({
    Type: "AWS::EC2::Subnet",
    Properties: { VpcId: { Ref: "Vpc" }, CidrBlock, AvailabilityZone: `${region}${zone}` },
  });
  const trust = {
    Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
  };
  const resources: Template["Resources"] = {
    Vpc: { Type: "AWS::EC2::VPC", Properties: { CidrBlock: "10.0.0.0/16" } },
    A: subnet("10.0.1.0/24", "a"),
    B: subnet("10.0.2.0/24", "b"),
    Gateway: { Type: "AWS::EC2::InternetGateway" },
    Attachment: {
      Type: "AWS::EC2::VPCGatewayAttachment",
      Properties: { VpcId: { Ref: "Vpc" }, InternetGatewayId: { Ref: "Gateway" } },
    },
    Logs: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: `/${APP}` } },
    Secret: { Type: "AWS::SecretsManager::Secret", Properties: { Name: `${APP}/token` } },
    Role: {
      Type: "AWS::IAM::Role",
      Properties: { RoleName: `${APP}-execution`, AssumeRolePolicyDocument: trust },
    },
    Cluster: { Type: "AWS::ECS::Cluster", Properties: { ClusterName: APP } },
    Task: {
      Type: "AWS::ECS::TaskDefinition",
      Properties: {
        Family: APP,
        RequiresCompatibilities: ["FARGATE"],
        NetworkMode: "awsvpc",
        Cpu: "256",
        Memory: "512",
        RuntimePlatform: { OperatingSystemFamily: "LINUX", CpuArchitecture: "X86_64" },
        ExecutionRoleArn: { "Fn::GetAtt": ["Role", "Arn"] },
        ContainerDefinitions: [container(region, image)],
      },
    },
    Balancer: {
      Type: "AWS::ElasticLoadBalancingV2::LoadBalancer",
      DependsOn: "Attachment",
      Properties: { Subnets: [{ Ref: "A" }, { Ref: "B" }] },
    },
    Targets: {
      Type: "AWS::ElasticLoadBalancingV2::TargetGroup",
      Properties: {
        VpcId: { Ref: "Vpc" },
        Port: 80,
        Protocol: "HTTP",
        TargetType: "ip",
        HealthCheckPath: "/health",
        HealthCheckIntervalSeconds: 10,
        UnhealthyThresholdCount: 2,
      },
    },
    Listener: {
      Type: "AWS::ElasticLoadBalancingV2::Listener",
      Properties: {
        LoadBalancerArn: { Ref: "Balancer" },
        Port: 80,
        Protocol: "HTTP",
        DefaultActions: [{ Type: "forward", TargetGroupArn: { Ref: "Targets" } }],
      },
    },
    Service: {
      Type: "AWS::ECS::Service",
      DependsOn: "Listener",
      Properties: {
        ServiceName: "api",
        Cluster: { Ref: "Cluster" },
        TaskDefinition: { Ref: "Task" },
        DesiredCount: 1,
        HealthCheckGracePeriodSeconds: 60,
        DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: true } },
        NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [{ Ref: "A" }] } },
        LoadBalancers: [{ ContainerName: "api", ContainerPort: 8000, TargetGroupArn: { Ref: "Targets" } }],
        ...service,
      },
    },
  };
  return { Resources: resources };
}
