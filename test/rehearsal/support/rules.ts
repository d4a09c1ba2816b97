/** Resources of a small network, in which everything is as AWS wants it. */
export const vpc = (more: object = {}) => ({
  Type: "AWS::EC2::VPC",
  Properties: { CidrBlock: "10.0.0.0/16", EnableDnsHostnames: true, EnableDnsSupport: true, ...more },
});

export const subnet = (CidrBlock: string, zone: string, more: object = {}) => ({
  Type: "AWS::EC2::Subnet",
  Properties: { VpcId: { Ref: "Vpc" }, CidrBlock, AvailabilityZone: `us-east-1${zone}`, ...more },
});

export const gateway = {
  Gateway: { Type: "AWS::EC2::InternetGateway" },
  Attachment: {
    Type: "AWS::EC2::VPCGatewayAttachment",
    Properties: { VpcId: { Ref: "Vpc" }, InternetGatewayId: { Ref: "Gateway" } },
  },
};

/** Two subnets in two zones, with a way to the internet. */
export const network = { Vpc: vpc(), A: subnet("10.0.1.0/24", "a"), B: subnet("10.0.2.0/24", "b"), ...gateway };

export const group = (more: object = {}) => ({
  Type: "AWS::EC2::SecurityGroup",
  Properties: { GroupDescription: "g", VpcId: { Ref: "Vpc" }, ...more },
});

export const balancer = (more: object = {}) => ({
  Type: "AWS::ElasticLoadBalancingV2::LoadBalancer",
  DependsOn: "Attachment",
  Properties: { Subnets: [{ Ref: "A" }, { Ref: "B" }], ...more },
});

export const targets = (more: object = {}) => ({
  Type: "AWS::ElasticLoadBalancingV2::TargetGroup",
  Properties: { VpcId: { Ref: "Vpc" }, Port: 80, Protocol: "HTTP", TargetType: "ip", ...more },
});

export const listener = (more: object = {}) => ({
  Type: "AWS::ElasticLoadBalancingV2::Listener",
  Properties: {
    LoadBalancerArn: { Ref: "Balancer" },
    Port: 80,
    Protocol: "HTTP",
    DefaultActions: [{ Type: "fixed-response", FixedResponseConfig: { StatusCode: "200" } }],
    ...more,
  },
});

export const database = (more: object = {}) => ({
  Type: "AWS::RDS::DBInstance",
  Properties: {
    DBInstanceClass: "db.t3.micro",
    Engine: "postgres",
    AllocatedStorage: "20",
    MasterUsername: "app",
    MasterUserPassword: "long-enough",
    ...more,
  },
});

export const cache = (more: object = {}) => ({
  Type: "AWS::ElastiCache::ReplicationGroup",
  Properties: {
    ReplicationGroupDescription: "c",
    NumCacheClusters: 1,
    AutomaticFailoverEnabled: false,
    CacheNodeType: "cache.t3.micro",
    Engine: "redis",
    ...more,
  },
});

export const table = (more: object = {}) => ({
  Type: "AWS::DynamoDB::Table",
  Properties: {
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    BillingMode: "PAY_PER_REQUEST",
    ...more,
  },
});

export const bucket = (more: object = {}) => ({ Type: "AWS::S3::Bucket", Properties: more });

const trust = {
  Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

export const role = (more: object = {}) => ({
  Type: "AWS::IAM::Role",
  Properties: { AssumeRolePolicyDocument: trust, ...more },
});

export const task = (more: object = {}) => ({
  Type: "AWS::ECS::TaskDefinition",
  Properties: {
    RequiresCompatibilities: ["FARGATE"],
    NetworkMode: "awsvpc",
    Cpu: "256",
    Memory: "512",
    ContainerDefinitions: [{ Name: "web", Image: "nginx", PortMappings: [{ ContainerPort: 80 }] }],
    ...more,
  },
});

/** A service and all that it needs, in the small network. */
export const running = (service: object = {}, more: object = {}) => ({
  ...network,
  Cluster: { Type: "AWS::ECS::Cluster" },
  Task: task(),
  Balancer: balancer(),
  Targets: targets(),
  Listener: listener({ DefaultActions: [{ Type: "forward", TargetGroupArn: { Ref: "Targets" } }] }),
  Service: {
    Type: "AWS::ECS::Service",
    DependsOn: "Listener",
    Properties: {
      Cluster: { Ref: "Cluster" },
      TaskDefinition: { Ref: "Task" },
      NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [{ Ref: "A" }] } },
      LoadBalancers: [{ ContainerName: "web", ContainerPort: 80, TargetGroupArn: { Ref: "Targets" } }],
      ...service,
    },
  },
  ...more,
});

export const rootPolicy = {
  Statement: [
    { Effect: "Allow", Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "kms:*", Resource: "*" },
  ],
};

export const key = (KeyPolicy: object = rootPolicy) => ({ Type: "AWS::KMS::Key", Properties: { KeyPolicy } });

export const distribution = (more: object = {}) => ({
  Type: "AWS::CloudFront::Distribution",
  Properties: {
    DistributionConfig: {
      Enabled: true,
      Origins: [{ Id: "one", DomainName: "example.com", CustomOriginConfig: { OriginProtocolPolicy: "http-only" } }],
      DefaultCacheBehavior: {
        TargetOriginId: "one",
        ViewerProtocolPolicy: "allow-all",
        CachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
      },
      ...more,
    },
  },
});

export const zone = { Type: "AWS::Route53::HostedZone", Properties: { Name: "example.com" } };

export const record = (Name: string, more: object = {}) => ({
  Type: "AWS::Route53::RecordSet",
  Properties: { HostedZoneId: { Ref: "Zone" }, Name, Type: "A", TTL: "60", ResourceRecords: ["192.0.2.1"], ...more },
});

export const many = (count: number, resource: object) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`N${i}`, resource]));
