import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type App, CfnOutput, Duration, NestedStack, RemovalPolicy, Stack, Stage, Tags } from "aws-cdk-lib";
import { Distribution } from "aws-cdk-lib/aws-cloudfront";
import { S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { AttributeType, Table } from "aws-cdk-lib/aws-dynamodb";
import {
  BastionHostLinux,
  InstanceType,
  type IVpc,
  MachineImage,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from "aws-cdk-lib/aws-ec2";
import { Cluster, ContainerImage, FargateTaskDefinition, type ICluster } from "aws-cdk-lib/aws-ecs";
import { ApplicationLoadBalancedFargateService } from "aws-cdk-lib/aws-ecs-patterns";
import { FileSystem, LifecyclePolicy } from "aws-cdk-lib/aws-efs";
import { CfnReplicationGroup, CfnSubnetGroup } from "aws-cdk-lib/aws-elasticache";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { AnyPrincipal, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Code, Function as Lambda, Runtime } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import {
  AuroraPostgresEngineVersion,
  ClusterInstance,
  DatabaseCluster,
  DatabaseClusterEngine,
} from "aws-cdk-lib/aws-rds";
import { BlockPublicAccess, Bucket, type IBucket } from "aws-cdk-lib/aws-s3";
import { BucketDeployment, Source } from "aws-cdk-lib/aws-s3-deployment";
import { Topic } from "aws-cdk-lib/aws-sns";
import { SqsSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { StringParameter } from "aws-cdk-lib/aws-ssm";

/** An app as somebody else writes it, with the CDK's default synthesizer; `folder` is for files that it brings. */
export type Foreign = {
  readonly make: (app: App, folder: string) => void;
  /** Names of its stacks, those that come first before. */
  readonly stacks: readonly string[];
};

/** The CDK's classes do not fit its own interfaces where a property that may be absent may not be `undefined`. */
const fits = <T>(made: unknown): T => made as T;

const TRASH = { removalPolicy: RemovalPolicy.DESTROY };

/** A container behind a load balancer; the network is another stack, which the CDK ties to it by exports. */
const web: Foreign = {
  stacks: ["Network", "Web"],
  make: (app) => {
    // As every new app has it: a function of the CDK's own empties the default security group.
    app.node.setContext("@aws-cdk/aws-ec2:restrictDefaultSecurityGroup", true);
    const network = new Stack(app, "Network");
    const vpc = fits<IVpc>(new Vpc(network, "Vpc", { maxAzs: 2, natGateways: 1 }));
    const stack = new Stack(app, "Web");
    const service = new ApplicationLoadBalancedFargateService(stack, "Service", {
      cluster: fits<ICluster>(new Cluster(stack, "Cluster", { vpc })),
      taskImageOptions: { image: ContainerImage.fromRegistry("public.ecr.aws/nginx/nginx:stable") },
      minHealthyPercent: 100,
      desiredCount: 2,
    });
    service.service
      .autoScaleTaskCount({ maxCapacity: 4 })
      .scaleOnCpuUtilization("Cpu", { targetUtilizationPercent: 60 });
  },
};

/** Files behind a CDN; functions of the CDK's own put them into their bucket, and empty it at the end. */
const site: Foreign = {
  stacks: ["Site"],
  make: (app, folder) => {
    writeFileSync(join(folder, "index.html"), "<h1>Hello</h1>");
    const stack = new Stack(app, "Site", { env: { account: "210987654321", region: "us-east-1" } });
    const bucket = fits<IBucket>(
      new Bucket(stack, "Bucket", {
        blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
        autoDeleteObjects: true,
        ...TRASH,
      }),
    );
    const distribution = new Distribution(stack, "Cdn", {
      defaultBehavior: { origin: S3BucketOrigin.withOriginAccessControl(bucket) },
      defaultRootObject: "index.html",
    });
    new BucketDeployment(stack, "Files", {
      sources: [Source.asset(folder)],
      destinationBucket: bucket,
      distribution,
    });
    new CfnOutput(stack, "Url", { value: distribution.distributionDomainName });
  },
};

/** A serverless Aurora cluster with its secret, and tags that are another's habit. */
const database: Foreign = {
  stacks: ["Database"],
  make: (app) => {
    const stack = new Stack(app, "Database");
    Tags.of(app).add("Project", "Ledger_2");
    Tags.of(app).add("Environment", "Production");
    const vpc = fits<IVpc>(new Vpc(stack, "Vpc", { maxAzs: 2, natGateways: 0 }));
    new DatabaseCluster(stack, "Cluster", {
      engine: DatabaseClusterEngine.auroraPostgres({ version: AuroraPostgresEngineVersion.VER_16_4 }),
      writer: ClusterInstance.serverlessV2("writer"),
      serverlessV2MinCapacity: 0.5,
      serverlessV2MaxCapacity: 2,
      vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
      ...TRASH,
    });
  },
};

/** Redis, and a machine beside it whose image is one of AWS's public parameters. */
const cache: Foreign = {
  stacks: ["Cache"],
  make: (app) => {
    const stack = new Stack(app, "Cache");
    const vpc = fits<IVpc>(new Vpc(stack, "Vpc", { maxAzs: 2, natGateways: 0 }));
    const group = new SecurityGroup(stack, "Group", { vpc });
    group.addIngressRule(Peer.ipv4(vpc.vpcCidrBlock), Port.tcp(6379));
    const subnets = new CfnSubnetGroup(stack, "Subnets", {
      description: "Redis",
      subnetIds: vpc.selectSubnets({ subnetType: SubnetType.PRIVATE_ISOLATED }).subnetIds,
    });
    const redis = new CfnReplicationGroup(stack, "Redis", {
      replicationGroupDescription: "sessions",
      engine: "redis",
      cacheNodeType: "cache.t4g.micro",
      numCacheClusters: 2,
      automaticFailoverEnabled: true,
      cacheSubnetGroupName: subnets.ref,
      securityGroupIds: [group.securityGroupId],
    });
    new StringParameter(stack, "Address", { stringValue: redis.attrPrimaryEndPointAddress });
    new BastionHostLinux(stack, "Bastion", {
      vpc,
      subnetSelection: { subnetType: SubnetType.PUBLIC },
      instanceType: new InstanceType("t3.micro"),
      machineImage: MachineImage.latestAmazonLinux2023(),
    });
  },
};

/** A file system that tasks mount. */
const files: Foreign = {
  stacks: ["Files"],
  make: (app) => {
    const stack = new Stack(app, "Files");
    const vpc = fits<IVpc>(new Vpc(stack, "Vpc", { maxAzs: 2, natGateways: 0 }));
    const system = new FileSystem(stack, "System", {
      vpc,
      encrypted: true,
      lifecyclePolicy: LifecyclePolicy.AFTER_14_DAYS,
      ...TRASH,
    });
    system.addToResourcePolicy(
      new PolicyStatement({
        actions: ["elasticfilesystem:ClientMount"],
        principals: [new AnyPrincipal()],
        conditions: { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } },
      }),
    );
    const taskDefinition = new FargateTaskDefinition(stack, "Task", {
      volumes: [{ name: "uploads", efsVolumeConfiguration: { fileSystemId: system.fileSystemId } }],
    });
    const container = taskDefinition.addContainer("app", {
      image: ContainerImage.fromRegistry("public.ecr.aws/nginx/nginx:stable"),
      portMappings: [{ containerPort: 80 }],
    });
    container.addMountPoints({ sourceVolume: "uploads", containerPath: "/uploads", readOnly: false });
    const { service } = new ApplicationLoadBalancedFargateService(stack, "Service", {
      cluster: fits<ICluster>(new Cluster(stack, "Cluster", { vpc })),
      taskDefinition,
      minHealthyPercent: 100,
      assignPublicIp: true,
    });
    system.grantRootAccess(taskDefinition.taskRole);
    system.connections.allowDefaultPortFrom(service);
  },
};

/** A queue and what works it off, in a stage of the app, with a table in a nested stack. */
const jobs: Foreign = {
  stacks: ["Prod-Jobs"],
  make: (app) => {
    const stack = new Stack(new Stage(app, "Prod"), "Jobs");
    const table = new Table(new NestedStack(stack, "Data"), "Table", {
      partitionKey: { name: "id", type: AttributeType.STRING },
      ...TRASH,
    });
    const queue = new Queue(stack, "Queue", {
      visibilityTimeout: Duration.minutes(1),
      deadLetterQueue: { queue: new Queue(stack, "Dead"), maxReceiveCount: 3 },
    });
    new Topic(stack, "Topic").addSubscription(new SqsSubscription(queue));
    const worker = new Lambda(stack, "Worker", {
      runtime: Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: Code.fromInline("exports.handler = async () => undefined;"),
      environment: { TABLE: table.tableName },
    });
    table.grantReadWriteData(worker);
    worker.addEventSource(new SqsEventSource(queue));
    new Rule(stack, "Nightly", { schedule: Schedule.rate(Duration.days(1)), targets: [new LambdaFunction(worker)] });
  },
};

/** Six kinds of apps that people start from, as small as shows what is hard about each. */
export const FOREIGN: { readonly [name: string]: Foreign } = { web, site, database, cache, files, jobs };
