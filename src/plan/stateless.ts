/**
 * Resource types that hold nothing which their template could not make again, by service: settings, rules, connections
 * and what runs from an image or an archive kept elsewhere. No data, no lines or history that people look up, no key or
 * password made by AWS, no address or id that is told to others, no confirmation by a person. The resource
 * specification lists the stateful types it knows of, 29 of them; a test holds this table against it, and against the
 * types there are. A type that only usually holds nothing is not here: a NAT gateway may have an address of AWS's own
 * choice, a group's members and an IP set's addresses are often written at run time, an event source mapping knows how
 * far it has read.
 *
 * Certificates are here because a new one is issued before the old one goes, and AWS deletes none that is in use (AWS
 * Certificate Manager User Guide, "Delete certificates"). So are e-mail subscriptions: whom they go to is in the
 * template, and another address confirms for itself.
 */
const BY_SERVICE: { readonly [service: string]: string } = {
  ApiGateway:
    "Account Authorizer BasePathMapping BasePathMappingV2 Deployment DocumentationPart DocumentationVersion GatewayResponse Method Model RequestValidator Resource Stage UsagePlanKey VpcLink",
  ApiGatewayV2:
    "ApiMapping Authorizer Deployment Integration IntegrationResponse Model Route RouteResponse Stage VpcLink",
  AppSync: "ApiCache DataSource FunctionConfiguration GraphQLSchema Resolver",
  ApplicationAutoScaling: "ScalableTarget ScalingPolicy",
  AutoScaling: "LaunchConfiguration LifecycleHook ScalingPolicy ScheduledAction",
  Backup: "BackupPlan BackupSelection",
  Batch: "JobDefinition SchedulingPolicy",
  Budgets: "Budget",
  CDK: "Metadata",
  CertificateManager: "Certificate",
  CloudFormation: "WaitCondition WaitConditionHandle",
  CloudFront:
    "CachePolicy ContinuousDeploymentPolicy Function KeyGroup MonitoringSubscription OriginAccessControl OriginRequestPolicy PublicKey RealtimeLogConfig ResponseHeadersPolicy VpcOrigin",
  CloudWatch: "Alarm CompositeAlarm Dashboard MetricStream",
  CodeDeploy: "DeploymentConfig",
  Cognito:
    "IdentityPoolPrincipalTag IdentityPoolRoleAttachment LogDeliveryConfiguration UserPoolResourceServer UserPoolRiskConfigurationAttachment UserPoolUICustomizationAttachment",
  Config: "ConfigRule",
  DAX: "ParameterGroup SubnetGroup",
  DMS: "ReplicationSubnetGroup",
  DocDB: "DBClusterParameterGroup DBSubnetGroup EventSubscription",
  EC2: "CustomerGateway DHCPOptions EIPAssociation EgressOnlyInternetGateway FlowLog GatewayRouteTableAssociation InternetGateway LaunchTemplate NetworkAcl NetworkAclEntry PlacementGroup Route RouteTable SecurityGroup SecurityGroupEgress SecurityGroupIngress SecurityGroupVpcAssociation Subnet SubnetCidrBlock SubnetNetworkAclAssociation SubnetRouteTableAssociation TransitGatewayRoute TransitGatewayRouteTableAssociation TransitGatewayRouteTablePropagation VPC VPCCidrBlock VPCDHCPOptionsAssociation VPCEndpoint VPCGatewayAttachment VPNGatewayRoutePropagation VolumeAttachment",
  ECR: "PullThroughCacheRule RegistryPolicy RegistryScanningConfiguration ReplicationConfiguration",
  ECS: "CapacityProvider Cluster ClusterCapacityProviderAssociations PrimaryTaskSet Service TaskDefinition TaskSet",
  EFS: "AccessPoint MountTarget",
  EKS: "AccessEntry FargateProfile IdentityProviderConfig PodIdentityAssociation",
  ElastiCache: "ParameterGroup SubnetGroup",
  ElasticLoadBalancingV2: "Listener ListenerCertificate ListenerRule TargetGroup",
  Events: "EventBusPolicy Rule",
  IAM: "GroupPolicy InstanceProfile ManagedPolicy OIDCProvider Policy Role RolePolicy UserPolicy UserToGroupAddition",
  KMS: "Alias",
  Lambda: "Alias CodeSigningConfig EventInvokeConfig Function LayerVersion LayerVersionPermission Permission Version",
  Logs: "Delivery DeliveryDestination DeliverySource MetricFilter ResourcePolicy SubscriptionFilter",
  MemoryDB: "ParameterGroup SubnetGroup",
  Neptune: "DBClusterParameterGroup DBParameterGroup DBSubnetGroup EventSubscription",
  NetworkFirewall: "FirewallPolicy LoggingConfiguration",
  RDS: "DBClusterParameterGroup DBParameterGroup DBProxyTargetGroup DBSubnetGroup EventSubscription OptionGroup",
  Redshift: "ClusterParameterGroup ClusterSubnetGroup EventSubscription ScheduledAction",
  Route53: "HealthCheck QueryLoggingConfig RecordSet RecordSetGroup",
  S3: "BucketPolicy",
  SES: "ConfigurationSet ConfigurationSetEventDestination ReceiptRule Template",
  SNS: "Subscription TopicInlinePolicy TopicPolicy",
  SQS: "QueueInlinePolicy QueuePolicy",
  SSM: "Association",
  Scheduler: "Schedule",
  SecretsManager: "ResourcePolicy RotationSchedule SecretTargetAttachment",
  StepFunctions: "StateMachineAlias",
  WAFv2: "LoggingConfiguration RegexPatternSet RuleGroup WebACL WebACLAssociation",
};

/** The types of the table, `AWS::EC2::Route` for one. */
export const STATELESS: ReadonlySet<string> = new Set(
  Object.entries(BY_SERVICE).flatMap(([service, names]) => names.split(" ").map((name) => `AWS::${service}::${name}`)),
);
