/**
 * Actions whose level those who know the provider would give without looking: what the classifier is held to.
 *
 * MUST_HOLD is the list the registry was specified with; JUDGED was written by hand, and then compared. The classifier had
 * been tuned on samples of its answers before, so JUDGED guards against regressions and is no independent measure.
 */

import type { Level } from "@thc/registry";

type Judged = Readonly<Record<Level, string>>;

export const MUST_HOLD: Judged = {
  READ: `
    aws:s3:GetObject aws:ec2:DescribeInstances gcp:storage.buckets.get
    azure:Microsoft.Storage/storageAccounts/blobServices/containers/read`,
  WRITE: `
    aws:s3:PutObject aws:logs:PutLogEvents aws:sqs:SendMessage aws:lambda:InvokeFunction`,
  DESTRUCTIVE: `
    aws:iam:AttachRolePolicy gcp:resourcemanager.projects.setIamPolicy
    azure:Microsoft.Compute/virtualMachines/delete aws:iam:PassRole aws:ssm:SendCommand aws:ec2:StopInstances`,
  CRITICAL: `
    aws:s3:DeleteBucket aws:iam:CreateAccessKey aws:rds:DeleteDBInstance aws:ec2:TerminateInstances
    aws:kms:ScheduleKeyDeletion aws:cloudtrail:StopLogging aws:secretsmanager:GetSecretValue
    gcp:storage.buckets.delete gcp:bigquery.jobs.create`,
};

export const JUDGED: Judged = {
  READ: `
    aws:s3:ListBucket aws:s3:GetBucketPolicy aws:s3:GetBucketLocation aws:s3:ListAllMyBuckets aws:iam:ListUsers
    aws:iam:GetRole aws:iam:GetPolicyVersion aws:iam:ListAccessKeys aws:iam:SimulatePrincipalPolicy
    aws:ec2:DescribeSnapshots aws:ec2:DescribeSecurityGroups aws:ec2:GetConsoleOutput aws:rds:DescribeDBInstances
    aws:kms:DescribeKey aws:kms:ListKeys aws:lambda:ListFunctions aws:lambda:GetFunction
    aws:cloudtrail:LookupEvents aws:cloudtrail:GetTrailStatus aws:logs:GetLogEvents aws:logs:StartQuery
    aws:dynamodb:GetItem aws:dynamodb:Query aws:dynamodb:Scan aws:sqs:ReceiveMessage aws:sqs:GetQueueAttributes
    aws:secretsmanager:ListSecrets aws:secretsmanager:DescribeSecret aws:sts:GetCallerIdentity
    aws:route53:ListHostedZones aws:ce:GetCostAndUsage aws:organizations:ListAccounts aws:ecr:DescribeImages
    aws:ecr:BatchGetImage aws:eks:DescribeCluster aws:cloudformation:DescribeStacks aws:cloudwatch:GetMetricData
    gcp:compute.instances.list gcp:compute.instances.get gcp:storage.objects.get gcp:storage.objects.list
    gcp:iam.serviceAccounts.list gcp:iam.roles.get gcp:resourcemanager.projects.getIamPolicy
    gcp:bigquery.tables.getData gcp:logging.logEntries.list gcp:secretmanager.secrets.list
    gcp:container.clusters.list gcp:cloudkms.cryptoKeys.list azure:Microsoft.Compute/virtualMachines/read
    azure:Microsoft.KeyVault/vaults/read azure:Microsoft.Authorization/roleAssignments/read
    azure:Microsoft.Storage/storageAccounts/read
    azure:Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read
    azure:Microsoft.Network/networkSecurityGroups/read azure:Microsoft.Resources/subscriptions/resourceGroups/read
    kubernetes:core/pods/get kubernetes:core/configmaps/list github:repos/get github:issues/list-for-repo
    slack:conversations.list slack:users.info stripe:charges.retrieve stripe:customers.list`,
  WRITE: `
    aws:s3:CreateBucket aws:s3:PutObjectTagging aws:s3:PutBucketVersioning aws:s3:PutBucketTagging
    aws:ec2:CreateTags aws:ec2:DeleteTags aws:ec2:RunInstances aws:ec2:StartInstances aws:ec2:CreateSnapshot
    aws:ec2:CreateVolume aws:ec2:AttachVolume aws:ec2:CreateSecurityGroup aws:ec2:CreateVpc
    aws:rds:CreateDBInstance aws:rds:CreateDBSnapshot aws:rds:StartDBInstance aws:kms:CreateKey aws:kms:Encrypt
    aws:kms:GenerateDataKey aws:lambda:CreateFunction aws:lambda:PublishVersion aws:dynamodb:PutItem
    aws:dynamodb:UpdateItem aws:dynamodb:CreateTable aws:sns:Publish aws:sqs:DeleteMessage aws:sqs:CreateQueue
    aws:logs:CreateLogGroup aws:cloudwatch:PutMetricData aws:cloudwatch:PutMetricAlarm aws:cloudtrail:CreateTrail
    aws:cloudtrail:StartLogging aws:ssm:PutParameter aws:ses:SendEmail aws:states:StartExecution aws:ecr:PutImage
    aws:ecs:RunTask aws:cloudformation:CreateStack aws:events:PutEvents aws:kinesis:PutRecord
    aws:firehose:PutRecord aws:secretsmanager:CreateSecret aws:secretsmanager:PutSecretValue
    aws:codebuild:StartBuild aws:bedrock:InvokeModel gcp:storage.buckets.create gcp:storage.objects.create
    gcp:compute.instances.create gcp:compute.instances.start gcp:compute.instances.setLabels
    gcp:pubsub.topics.publish gcp:bigquery.tables.create gcp:bigquery.datasets.create
    gcp:cloudfunctions.functions.create gcp:secretmanager.versions.add gcp:logging.logEntries.create
    azure:Microsoft.Compute/virtualMachines/write azure:Microsoft.Compute/virtualMachines/start/action
    azure:Microsoft.Storage/storageAccounts/blobServices/containers/write
    azure:Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write
    azure:Microsoft.Network/virtualNetworks/write azure:Microsoft.Resources/subscriptions/resourceGroups/write
    azure:Microsoft.KeyVault/vaults/secrets/setSecret/action azure:Microsoft.Sql/servers/databases/write
    kubernetes:core/configmaps/create kubernetes:core/pods/create kubernetes:apps/deployments/create
    github:issues/create github:pulls/create github:pulls/merge github:repos/create-or-update-file-contents
    github:issues/create-comment slack:chat.postMessage slack:reactions.add stripe:customers.create
    stripe:products.create`,
  DESTRUCTIVE: `
    aws:s3:PutBucketPolicy aws:s3:DeleteBucketPolicy aws:s3:PutBucketPublicAccessBlock aws:s3:DeleteObject
    aws:s3:PutLifecycleConfiguration aws:iam:PutUserPolicy aws:iam:CreatePolicyVersion
    aws:iam:UpdateAssumeRolePolicy aws:iam:AddUserToGroup aws:iam:DeleteRole aws:iam:DeleteUser aws:iam:CreateUser
    aws:iam:CreateRole aws:iam:DeactivateMFADevice aws:iam:SetDefaultPolicyVersion aws:iam:DetachRolePolicy
    aws:ec2:RebootInstances aws:ec2:DetachVolume aws:ec2:AuthorizeSecurityGroupIngress aws:ec2:DeleteSecurityGroup
    aws:ec2:DeleteVpc aws:ec2:DeleteSubnet aws:ec2:ModifyInstanceAttribute aws:ec2:ModifySnapshotAttribute
    aws:ec2:DisassociateAddress aws:ec2:ReleaseAddress aws:rds:StopDBInstance aws:rds:RebootDBInstance
    aws:rds:ModifyDBSnapshotAttribute aws:lambda:DeleteFunction aws:lambda:UpdateFunctionCode
    aws:lambda:AddPermission aws:kms:DisableKey aws:kms:PutKeyPolicy aws:kms:CreateGrant aws:sns:DeleteTopic
    aws:sqs:DeleteQueue aws:dynamodb:DeleteItem aws:cloudwatch:DeleteAlarms aws:logs:PutRetentionPolicy
    aws:ssm:StartSession aws:ecs:ExecuteCommand aws:ecs:DeleteService aws:ecs:DeleteCluster
    aws:route53:ChangeResourceRecordSets aws:cloudfront:DeleteDistribution aws:apigateway:DELETE
    aws:organizations:DetachPolicy aws:guardduty:CreateFilter aws:elasticloadbalancing:DeleteLoadBalancer
    aws:autoscaling:DeleteAutoScalingGroup aws:events:DisableRule aws:events:DeleteRule
    aws:cloudformation:UpdateStack aws:glue:UpdateDevEndpoint aws:ec2-instance-connect:SendSSHPublicKey
    gcp:compute.instances.stop gcp:compute.instances.reset gcp:compute.instances.setMetadata
    gcp:compute.firewalls.delete gcp:compute.firewalls.create gcp:compute.networks.delete
    gcp:iam.serviceAccounts.actAs gcp:iam.serviceAccounts.delete gcp:iam.serviceAccounts.setIamPolicy
    gcp:iam.roles.update gcp:storage.objects.delete gcp:storage.buckets.setIamPolicy
    gcp:cloudfunctions.functions.delete gcp:pubsub.topics.delete gcp:pubsub.subscriptions.delete
    gcp:run.services.delete gcp:orgpolicy.policy.set gcp:container.pods.exec gcp:serviceusage.services.disable
    azure:Microsoft.Compute/virtualMachines/powerOff/action
    azure:Microsoft.Compute/virtualMachines/deallocate/action
    azure:Microsoft.Compute/virtualMachines/runCommand/action azure:Microsoft.Authorization/roleAssignments/write
    azure:Microsoft.Authorization/locks/delete azure:Microsoft.Network/networkSecurityGroups/securityRules/write
    azure:Microsoft.Network/networkSecurityGroups/delete azure:Microsoft.Network/virtualNetworks/delete
    azure:Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete azure:Microsoft.Web/sites/delete
    azure:Microsoft.Web/sites/stop/action azure:Microsoft.ManagedIdentity/userAssignedIdentities/assign/action
    azure:Microsoft.KeyVault/vaults/accessPolicies/write kubernetes:apps/deployments/delete
    kubernetes:core/pods/delete kubernetes:core/pods/exec/create
    kubernetes:rbac.authorization.k8s.io/clusterrolebindings/create github:repos/update-branch-protection
    github:repos/delete-branch-protection github:repos/add-collaborator github:repos/transfer
    github:git/delete-ref slack:conversations.archive slack:conversations.kick slack:chat.delete
    stripe:refunds.create stripe:payouts.create stripe:transfers.create stripe:subscriptions.cancel`,
  CRITICAL: `
    aws:s3:DeleteObjectVersion aws:s3:BypassGovernanceRetention aws:iam:CreateLoginProfile
    aws:iam:UpdateLoginProfile aws:sts:AssumeRole aws:sts:GetFederationToken aws:ec2:DeleteVolume
    aws:ec2:DeleteSnapshot aws:ec2:DeleteFlowLogs aws:ec2:GetPasswordData aws:ec2:CreateKeyPair
    aws:rds:DeleteDBCluster aws:rds:DeleteDBSnapshot aws:dynamodb:DeleteTable aws:dynamodb:DeleteBackup
    aws:cloudtrail:DeleteTrail aws:config:StopConfigurationRecorder aws:config:DeleteConfigurationRecorder
    aws:guardduty:DeleteDetector aws:securityhub:DisableSecurityHub aws:logs:DeleteLogGroup
    aws:logs:DeleteLogStream aws:secretsmanager:DeleteSecret aws:ssm:GetParameter aws:ecr:GetAuthorizationToken
    aws:ecr:DeleteRepository aws:elasticfilesystem:DeleteFileSystem aws:backup:DeleteRecoveryPoint
    aws:backup:DeleteBackupVault aws:route53:DeleteHostedZone aws:organizations:LeaveOrganization
    aws:organizations:CloseAccount aws:eks:DeleteCluster aws:redshift:DeleteCluster
    aws:redshift:GetClusterCredentials aws:kinesis:DeleteStream aws:cloudformation:DeleteStack aws:sqs:PurgeQueue
    aws:kms:DeleteImportedKeyMaterial aws:acm:ExportCertificate aws:cognito-idp:DeleteUserPool
    aws:codecommit:DeleteRepository aws:rds-data:ExecuteStatement aws:route53domains:DeleteDomain
    aws:es:DeleteDomain aws:elasticache:DeleteCacheCluster gcp:compute.disks.delete gcp:compute.snapshots.delete
    gcp:compute.instances.delete gcp:resourcemanager.projects.delete gcp:iam.serviceAccountKeys.create
    gcp:iam.serviceAccounts.getAccessToken gcp:iam.serviceAccounts.signBlob gcp:secretmanager.versions.access
    gcp:secretmanager.versions.destroy gcp:secretmanager.secrets.delete gcp:cloudkms.cryptoKeyVersions.destroy
    gcp:bigquery.datasets.delete gcp:bigquery.tables.delete gcp:cloudsql.instances.delete
    gcp:spanner.databases.drop gcp:container.clusters.delete gcp:container.clusters.getCredentials
    gcp:logging.sinks.delete gcp:logging.logs.delete gcp:dns.managedZones.delete gcp:storage.hmacKeys.create
    azure:Microsoft.Storage/storageAccounts/delete azure:Microsoft.Storage/storageAccounts/listKeys/action
    azure:Microsoft.Storage/storageAccounts/regenerateKey/action
    azure:Microsoft.Storage/storageAccounts/blobServices/containers/delete azure:Microsoft.KeyVault/vaults/delete
    azure:Microsoft.KeyVault/vaults/secrets/getSecret/action azure:Microsoft.KeyVault/vaults/secrets/delete
    azure:Microsoft.KeyVault/vaults/keys/delete azure:Microsoft.Sql/servers/delete
    azure:Microsoft.Sql/servers/databases/delete azure:Microsoft.Resources/subscriptions/resourceGroups/delete
    azure:Microsoft.Compute/disks/delete azure:Microsoft.Compute/snapshots/delete
    azure:Microsoft.DocumentDB/databaseAccounts/delete azure:Microsoft.DocumentDB/databaseAccounts/listKeys/action
    azure:Microsoft.Insights/diagnosticSettings/delete azure:Microsoft.ContainerService/managedClusters/delete
    azure:Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action
    azure:Microsoft.RecoveryServices/Vaults/delete azure:Microsoft.OperationalInsights/workspaces/delete
    azure:Microsoft.Authorization/elevateAccess/action azure:Microsoft.ContainerRegistry/registries/delete
    azure:Microsoft.ContainerRegistry/registries/listCredentials/action kubernetes:core/secrets/get
    kubernetes:core/namespaces/delete kubernetes:core/persistentvolumeclaims/delete
    kubernetes:core/serviceaccounts/token/create github:repos/delete github:orgs/delete
    github:apps/create-installation-access-token slack:admin.conversations.delete slack:oauth.v2.access
    stripe:customers.del`,
};

export function judgements(judged: Judged): readonly (readonly [string, Level])[] {
  return (Object.keys(judged) as Level[]).flatMap((level) =>
    judged[level]
      .trim()
      .split(/\s+/)
      .map((name) => [name, level] as const),
  );
}
