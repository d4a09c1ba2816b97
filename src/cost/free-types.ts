import type { Value, Values } from "../template/evaluate.ts";

/**
 * Resource types that are never on a bill by themselves, by service (the pricing page of each, and the "Pricing" section of
 * its user guide). Where data, calls or machines are billed, the bill is another resource's: a route's traffic is the
 * gateway's, a launch template's machines are their group's. So is what begins beyond what any account has free each
 * month (schedules, objects of the data catalogue). A type of which this is not known for certain is not here: it counts
 * as billed, without a price.
 */
const BY_SERVICE: { readonly [service: string]: string } = {
  ACMPCA: "CertificateAuthorityActivation Permission",
  APS: "ResourcePolicy",
  AccessAnalyzer: "ArchiveRule",
  AmazonMQ: "Configuration ConfigurationAssociation",
  Amplify: "Branch Domain Webhook",
  ApiGateway:
    "Account ApiKey Authorizer BasePathMapping BasePathMappingV2 ClientCertificate Deployment DocumentationPart DocumentationVersion DomainName DomainNameAccessAssociation DomainNameV2 GatewayResponse Method Model RequestValidator Resource Stage UsagePlan UsagePlanKey VpcLink",
  ApiGatewayV2:
    "ApiGatewayManagedOverrides ApiMapping Authorizer Deployment DomainName Integration IntegrationResponse Model Route RouteResponse RoutingRule Stage VpcLink",
  AppConfig:
    "Application Deployment DeploymentStrategy Environment Extension ExtensionAssociation HostedConfigurationVersion",
  AppMesh: "GatewayRoute Mesh Route VirtualGateway VirtualNode VirtualRouter VirtualService",
  AppRunner: "AutoScalingConfiguration VpcConnector",
  AppStream:
    "ApplicationEntitlementAssociation ApplicationFleetAssociation DirectoryConfig Entitlement StackFleetAssociation StackUserAssociation",
  AppSync:
    "ApiKey ChannelNamespace DataSource DomainName DomainNameApiAssociation FunctionConfiguration GraphQLSchema Resolver SourceApiAssociation Type",
  ApplicationAutoScaling: "ScalableTarget ScalingPolicy",
  Athena: "NamedQuery PreparedStatement",
  AutoScaling: "LaunchConfiguration LifecycleHook ScalingPolicy ScheduledAction",
  AutoScalingPlans: "ScalingPlan",
  BCMDataExports: "Export",
  Backup: "BackupPlan BackupSelection ReportPlan",
  Batch: "ConsumableResource JobDefinition JobQueue SchedulingPolicy",
  Bedrock: "AgentAlias FlowAlias FlowVersion GuardrailVersion KnowledgeBasePolicy Prompt PromptVersion ResourcePolicy",
  Billing: "BillingView",
  Budgets: "Budget",
  CDK: "Metadata",
  CE: "AnomalyMonitor AnomalySubscription CostCategory",
  CUR: "ReportDefinition",
  Cassandra: "Keyspace Type",
  CertificateManager: "Account Certificate",
  Chatbot: "CustomAction MicrosoftTeamsChannelConfiguration SlackChannelConfiguration",
  CloudFormation:
    "CustomResource HookDefaultVersion HookTypeConfig Macro ModuleDefaultVersion ModuleVersion PublicTypeVersion Publisher ResourceDefaultVersion WaitCondition WaitConditionHandle",
  CloudFront:
    "CachePolicy CloudFrontOriginAccessIdentity ContinuousDeploymentPolicy Function KeyGroup OriginAccessControl OriginRequestPolicy PublicKey ResponseHeadersPolicy VpcOrigin",
  CloudTrail: "ResourcePolicy",
  CodeArtifact: "PackageGroup",
  CodeBuild: "ReportGroup SourceCredential",
  CodeConnections: "Connection Host",
  CodeDeploy: "Application DeploymentConfig DeploymentGroup",
  CodePipeline: "CustomActionType Webhook",
  CodeStar: "GitHubRepository",
  CodeStarConnections: "Connection RepositoryLink SyncConfiguration",
  CodeStarNotifications: "NotificationRule",
  Cognito:
    "IdentityPool IdentityPoolPrincipalTag IdentityPoolRoleAttachment ManagedLoginBranding Terms UserPoolClient UserPoolDomain UserPoolGroup UserPoolIdentityProvider UserPoolResourceServer UserPoolRiskConfigurationAttachment UserPoolUICustomizationAttachment UserPoolUser UserPoolUserToGroupAttachment",
  Config: "AggregationAuthorization ConfigurationAggregator DeliveryChannel StoredQuery",
  DAX: "ParameterGroup SubnetGroup",
  DMS: "Certificate DataProvider Endpoint EventSubscription InstanceProfile MigrationProject ReplicationSubnetGroup ReplicationTask",
  DataBrew: "Dataset Recipe Ruleset Schedule",
  DataSync:
    "Agent LocationAzureBlob LocationEFS LocationFSxLustre LocationFSxONTAP LocationFSxOpenZFS LocationFSxWindows LocationHDFS LocationNFS LocationObjectStorage LocationS3 LocationSMB",
  Detective: "MemberInvitation OrganizationAdmin",
  DevOpsGuru: "NotificationChannel",
  DeviceFarm: "DevicePool NetworkProfile Project TestGridProject",
  DirectConnect:
    "DirectConnectGateway DirectConnectGatewayAssociation PrivateVirtualInterface PublicVirtualInterface TransitVirtualInterface",
  DocDB: "DBClusterParameterGroup DBSubnetGroup EventSubscription",
  EC2: "CarrierGateway ClientVpnAuthorizationRule ClientVpnRoute CustomerGateway DHCPOptions EIPAssociation EgressOnlyInternetGateway EnclaveCertificateIamRoleAssociation GatewayRouteTableAssociation IPAMAllocation IPAMPool IPAMPoolCidr IPAMResourceDiscovery IPAMResourceDiscoveryAssociation IPAMScope InstanceConnectEndpoint InstanceEventWindow InternetGateway IpPoolRouteTableAssociation KeyPair LaunchTemplate LocalGatewayRoute LocalGatewayRouteTable LocalGatewayRouteTableVPCAssociation LocalGatewayRouteTableVirtualInterfaceGroupAssociation LocalGatewayVirtualInterface LocalGatewayVirtualInterfaceGroup NetworkAcl NetworkAclEntry NetworkInsightsAccessScope NetworkInsightsPath NetworkInterface NetworkInterfaceAttachment NetworkInterfacePermission PlacementGroup PrefixList Route RouteServerAssociation RouteServerPeer RouteServerPropagation RouteTable SecurityGroup SecurityGroupEgress SecurityGroupIngress SecurityGroupVpcAssociation SnapshotBlockPublicAccess Subnet SubnetCidrBlock SubnetCidrReservation SubnetNetworkAclAssociation SubnetRouteTableAssociation TrafficMirrorFilter TrafficMirrorFilterRule TrafficMirrorTarget TransitGateway TransitGatewayMulticastDomain TransitGatewayMulticastDomainAssociation TransitGatewayMulticastGroupMember TransitGatewayMulticastGroupSource TransitGatewayPolicyTable TransitGatewayPolicyTableAssociation TransitGatewayPolicyTableEntry TransitGatewayRoute TransitGatewayRouteTable TransitGatewayRouteTableAssociation TransitGatewayRouteTablePropagation VPC VPCBlockPublicAccessExclusion VPCBlockPublicAccessOptions VPCCidrBlock VPCDHCPOptionsAssociation VPCEndpointConnectionNotification VPCEndpointService VPCEndpointServicePermissions VPCGatewayAttachment VPCPeeringConnection VPNConnectionRoute VPNGateway VPNGatewayRoutePropagation VerifiedAccessGroup VerifiedAccessInstance VerifiedAccessTrustProvider VolumeAttachment",
  ECR: "LifecyclePolicy PullThroughCacheRule PullTimeUpdateExclusion RegistryPolicy RegistryScanningConfiguration RepositoryCreationTemplate RepositoryPolicy",
  ECS: "CapacityProvider ClusterCapacityProviderAssociations DaemonTaskDefinition PrimaryTaskSet TaskDefinition",
  EFS: "AccessPoint MountTarget",
  EKS: "AccessEntry IdentityProviderConfig PodIdentityAssociation",
  EMR: "SecurityConfiguration Step StudioSessionMapping",
  EMRContainers: "JobTemplate SecurityConfiguration",
  ElastiCache: "ParameterGroup SecurityGroup SecurityGroupIngress SubnetGroup User UserGroup",
  ElasticBeanstalk: "Application ApplicationVersion ConfigurationTemplate",
  ElasticLoadBalancingV2: "Listener ListenerCertificate ListenerRule TargetGroup TrustStoreRevocation",
  EventSchemas: "Registry RegistryPolicy Schema",
  Events: "Connection EventBusPolicy Rule",
  FIS: "TargetAccountConfiguration",
  FMS: "ApplicationsList NotificationChannel ProtocolsList ResourceSet",
  GameLift: "Alias GameSessionQueue MatchmakingRuleSet",
  GlobalAccelerator: "CrossAccountAttachment EndpointGroup Listener",
  Glue: "Classifier Connection CustomEntityType DataCatalogEncryptionSettings DataQualityRuleset Database Partition Registry Schema SchemaVersion SchemaVersionMetadata SecurityConfiguration Table Trigger UsageProfile UserDefinedFunction Workflow",
  GuardDuty: "Filter IPSet Master Member PublishingDestination ThreatEntitySet ThreatIntelSet TrustedEntitySet",
  IAM: "AccessKey Group GroupPolicy InstanceProfile ManagedPolicy OIDCProvider Policy Role RolePolicy SAMLProvider ServerCertificate ServiceLinkedRole User UserPolicy UserToGroupAddition VirtualMFADevice",
  IVS: "EncoderConfiguration PlaybackKeyPair PlaybackRestrictionPolicy PublicKey RecordingConfiguration StorageConfiguration StreamKey",
  IdentityStore: "Group GroupMembership User",
  ImageBuilder:
    "Component ContainerRecipe DistributionConfiguration ImageRecipe InfrastructureConfiguration LifecyclePolicy Workflow",
  InspectorV2: "Filter",
  IoT: "Authorizer BillingGroup CACertificate Certificate CertificateProvider DomainConfiguration JobTemplate Logging Policy PolicyPrincipalAttachment ProvisioningTemplate ResourceSpecificLogging RoleAlias ThingGroup ThingPrincipalAttachment ThingType TopicRuleDestination",
  KMS: "Alias",
  KafkaConnect: "CustomPlugin WorkerConfiguration",
  Kendra: "Faq FeaturedResultsSet QuerySuggestionsBlockList Thesaurus",
  Kinesis: "ResourcePolicy",
  KinesisAnalytics: "ApplicationOutput ApplicationReferenceDataSource",
  KinesisAnalyticsV2: "ApplicationCloudWatchLoggingOption ApplicationOutput ApplicationReferenceDataSource",
  LakeFormation: "DataCellsFilter DataLakeSettings Permissions PrincipalPermissions Resource Tag TagAssociation",
  Lambda:
    "CodeSigningConfig EventInvokeConfig EventSourceMapping LayerVersion LayerVersionPermission Permission ResourcePolicy Url",
  Lex: "BotAlias BotVersion ResourcePolicy",
  LicenseManager: "Grant License",
  Logs: "AccountPolicy DeliveryDestination DeliverySource Destination LogAnomalyDetector LogStream QueryDefinition ResourcePolicy SubscriptionFilter Transformer",
  MSK: "BatchScramSecret ClusterPolicy Configuration Topic",
  Macie: "AllowList CustomDataIdentifier FindingsFilter Member",
  MediaConvert: "JobTemplate Preset",
  MediaPackageV2: "ChannelGroup ChannelPolicy OriginEndpointPolicy",
  MediaTailor: "ChannelPolicy",
  MemoryDB: "ACL ParameterGroup SubnetGroup User",
  Neptune: "DBClusterParameterGroup DBParameterGroup DBSubnetGroup EventSubscription",
  NetworkFirewall: "FirewallPolicy LoggingConfiguration RuleGroup",
  NetworkManager:
    "Connection CustomerGatewayAssociation Device GlobalNetwork Link LinkAssociation Site TransitGatewayRegistration",
  Notifications:
    "ChannelAssociation EventRule ManagedNotificationAccountContactAssociation ManagedNotificationAdditionalChannelAssociation NotificationConfiguration NotificationHub OrganizationalUnitAssociation",
  NotificationsContacts: "EmailContact",
  Oam: "Link Sink",
  OpenSearchServerless: "AccessPolicy CollectionIndex Index LifecyclePolicy SecurityConfig SecurityPolicy",
  Organizations: "Account Organization OrganizationalUnit Policy ResourcePolicy",
  RAM: "Permission ResourceShare",
  RDS: "DBClusterParameterGroup DBParameterGroup DBProxyTargetGroup DBSecurityGroup DBSecurityGroupIngress DBSubnetGroup EventSubscription OptionGroup",
  Rbin: "Rule",
  Redshift:
    "ClusterParameterGroup ClusterSecurityGroup ClusterSecurityGroupIngress ClusterSubnetGroup EndpointAuthorization EventSubscription ScheduledAction SnapshotCopyGrant SnapshotSchedule UsageLimit",
  ResilienceHub: "ResiliencyPolicy",
  ResourceExplorer2: "DefaultViewAssociation Index View",
  ResourceGroups: "Group TagSyncTask",
  RolesAnywhere: "CRL Profile TrustAnchor",
  Route53:
    "CidrCollection DNSSEC DelegationSet KeySigningKey QueryLoggingConfig RecordSet RecordSetGroup TrafficPolicy",
  Route53RecoveryControl: "ControlPanel RoutingControl SafetyRule",
  Route53RecoveryReadiness: "Cell RecoveryGroup ResourceSet",
  Route53Resolver:
    "FirewallRuleGroup ResolverConfig ResolverDNSSECConfig ResolverQueryLoggingConfigAssociation ResolverRule ResolverRuleAssociation",
  S3: "AccessPoint BucketPolicy MultiRegionAccessPointPolicy",
  S3Express: "AccessPoint BucketPolicy",
  S3Files: "AccessPoint FileSystemPolicy",
  S3ObjectLambda: "AccessPointPolicy",
  S3Outposts: "AccessPoint BucketPolicy",
  S3Tables: "Namespace TableBucketPolicy TablePolicy",
  S3Vectors: "VectorBucketPolicy",
  SES: "ConfigurationSet ConfigurationSetEventDestination ContactList CustomVerificationEmailTemplate ReceiptFilter ReceiptRuleSet Template",
  SNS: "Subscription Topic TopicInlinePolicy TopicPolicy",
  SQS: "QueueInlinePolicy QueuePolicy",
  SSM: "Association Document MaintenanceWindow MaintenanceWindowTarget MaintenanceWindowTask PatchBaseline ResourceDataSync ResourcePolicy",
  SSO: "Application ApplicationAssignment Assignment Instance InstanceAccessControlAttributeConfiguration PermissionSet",
  SageMaker:
    "AppImageConfig CodeRepository DataQualityJobDefinition EndpointConfig Image ImageVersion Model ModelBiasJobDefinition ModelCard ModelExplainabilityJobDefinition ModelPackage ModelPackageGroup ModelQualityJobDefinition NotebookInstanceLifecycleConfig StudioLifecycleConfig UserProfile Workforce Workteam",
  Scheduler: "ScheduleGroup",
  SecretsManager: "ResourcePolicy RotationSchedule SecretTargetAttachment",
  SecurityHub: "AutomationRule DelegatedAdmin FindingAggregator Insight PolicyAssociation",
  ServiceCatalog:
    "AcceptedPortfolioShare CloudFormationProduct LaunchNotificationConstraint LaunchRoleConstraint LaunchTemplateConstraint Portfolio PortfolioPrincipalAssociation PortfolioProductAssociation PortfolioShare ResourceUpdateConstraint ServiceAction ServiceActionAssociation StackSetConstraint TagOption TagOptionAssociation",
  ServiceCatalogAppRegistry: "Application AttributeGroup AttributeGroupAssociation ResourceAssociation",
  ServiceDiscovery: "HttpNamespace Service",
  Shield: "DRTAccess ProactiveEngagement ProtectionGroup",
  Signer: "ProfilePermission SigningProfile",
  StepFunctions: "Activity StateMachineAlias StateMachineVersion",
  SupportApp: "AccountAlias SlackChannelConfiguration SlackWorkspaceConfiguration",
  Synthetics: "Group",
  Timestream: "Database",
  Transcribe: "CallAnalyticsCategory MedicalVocabulary Vocabulary VocabularyFilter",
  Transfer: "Agreement Certificate HostKey Profile User",
  VerifiedPermissions: "IdentitySource Policy PolicyStoreAlias PolicyTemplate",
  VpcLattice:
    "AuthPolicy DomainVerification Listener ResourcePolicy Rule ServiceNetwork ServiceNetworkServiceAssociation ServiceNetworkVpcAssociation TargetGroup",
  WAF: "ByteMatchSet IPSet SizeConstraintSet SqlInjectionMatchSet XssMatchSet",
  WAFRegional:
    "ByteMatchSet GeoMatchSet IPSet RegexPatternSet SizeConstraintSet SqlInjectionMatchSet WebACLAssociation XssMatchSet",
  WAFv2: "IPSet LoggingConfiguration RegexPatternSet WebACLAssociation",
  WellArchitected: "Lens Profile ReviewTemplate Workload",
  WorkSpaces: "ConnectionAlias WorkspaceIpGroup",
  XRay: "Group ResourcePolicy SamplingRule",
};

/** The types of the table, `AWS::EC2::Route` for one. */
export const FREE_TYPES: ReadonlySet<string> = new Set(
  Object.entries(BY_SERVICE).flatMap(([service, names]) => names.split(" ").map((name) => `AWS::${service}::${name}`)),
);

/** Settings that make a type billed that is free without them, and what then is. */
const UNLESS: { readonly [type: string]: (properties: Values) => string | undefined } = {
  // Amazon API Gateway pricing, "Caching".
  "AWS::ApiGateway::Stage": ({ CacheClusterEnabled }) => said(CacheClusterEnabled, "no price for its cache"),
  // AWS Certificate Manager pricing: private and exportable certificates.
  "AWS::CertificateManager::Certificate": ({ CertificateAuthorityArn, CertificateExport }) =>
    said(CertificateAuthorityArn, "no price for a private certificate") ??
    (CertificateExport === "ENABLED" ? "no price for an exportable certificate" : undefined),
  // Amazon Cognito pricing, "Machine-to-machine authorization".
  "AWS::Cognito::UserPoolClient": ({ AllowedOAuthFlows }) =>
    Array.isArray(AllowedOAuthFlows) && AllowedOAuthFlows.includes("client_credentials")
      ? "no price for machine-to-machine clients"
      : undefined,
  // Amazon Inspector pricing, "ECR container image scanning".
  "AWS::ECR::RegistryScanningConfiguration": ({ ScanType }) =>
    ScanType === "ENHANCED" ? "no price for enhanced scanning" : undefined,
  // AWS Lambda pricing, "Provisioned Mode for event source mappings".
  "AWS::Lambda::EventSourceMapping": ({ ProvisionedPollerConfig }) =>
    said(ProvisionedPollerConfig, "no price for provisioned pollers"),
};
const said = (value: Value | undefined, words: string) =>
  value === undefined || value === null || value === false || value === "false" ? undefined : words;

/** True if a resource of this type is not on a bill by itself, unless `billedAfterAll` says so of its settings. */
export function isFree(type: string): boolean {
  return FREE_TYPES.has(type) || type.startsWith("Custom::") || type === "Alexa::ASK::Skill";
}

/** Why a resource of a free type is billed all the same; `undefined` if it is not. */
export function billedAfterAll(type: string, properties: () => Values): string | undefined {
  return Object.hasOwn(UNLESS, type) ? UNLESS[type]?.(properties()) : undefined;
}
