/**
 * What to do instead: for well-known dangerous actions a safer one, why it still meets the intent, and the OWASP agentic
 * risk (ASI) the action belongs to.
 *
 * Curated by hand. An alternative is an action of the catalogue with a lower level, or the same level and something that
 * can be taken back; a test holds every row to that. What a contract says itself (`suggest …`) comes before this table.
 */

import { keyOf } from "./name.ts";

export interface Suggestion {
  readonly action: string;
  readonly instead: string;
  readonly because: string;
  readonly maps: readonly string[];
}

/** action | instead | because | tags */
const ROWS = `
aws:s3:DeleteBucket | aws:s3:PutBucketVersioning | Keeps the data and still meets the clean-up intent. | ASI02
aws:s3:DeleteObject | aws:s3:PutObjectTagging | Marks the object for a later, reviewed clean-up. | ASI02
aws:s3:DeleteObjectVersion | aws:s3:DeleteObject | A delete marker hides the object and can be taken back. | ASI02
aws:s3:PutBucketPolicy | aws:s3:GetBucketPolicyStatus | Look first whether the bucket is open already. | ASI03
aws:s3:PutBucketAcl | aws:s3:GetBucketAcl | Look at the present grants and have a person change them. | ASI03
aws:s3:PutBucketPublicAccessBlock | aws:s3:GetBucketPublicAccessBlock | Reading says what is blocked without opening it. | ASI03
aws:s3:PutLifecycleConfiguration | aws:s3:PutBucketVersioning | With versions an expiry rule loses nothing at once. | ASI02
aws:s3:BypassGovernanceRetention | aws:s3:GetObjectRetention | Read until when the object is held and wait. | ASI02
aws:iam:CreateAccessKey | aws:iam:ListAccessKeys | No long-lived key: work with the role's own short session. | ASI03
aws:iam:CreateLoginProfile | aws:iam:GetLoginProfile | See whether the user signs in at all before making a password. | ASI03
aws:iam:UpdateLoginProfile | aws:iam:GetLoginProfile | A person resets their own password. | ASI03
aws:iam:AttachRolePolicy | aws:iam:SimulatePrincipalPolicy | Shows whether the right is missing before more is granted. | ASI03
aws:iam:AttachUserPolicy | aws:iam:SimulatePrincipalPolicy | Shows whether the right is missing before more is granted. | ASI03
aws:iam:PutUserPolicy | aws:iam:SimulateCustomPolicy | Tries the policy without giving it to anybody. | ASI03
aws:iam:PutRolePolicy | aws:iam:SimulateCustomPolicy | Tries the policy without giving it to anybody. | ASI03
aws:iam:CreatePolicyVersion | aws:iam:SimulateCustomPolicy | Tries the new version without making it count. | ASI03
aws:iam:UpdateAssumeRolePolicy | aws:iam:GetRole | Read who may assume the role and have a person change it. | ASI03
aws:iam:AddUserToGroup | aws:iam:ListGroupsForUser | Look at what the user has before adding to it. | ASI03
aws:iam:PassRole | aws:iam:GetRole | Look at what the role may do before handing it on. | ASI03
aws:iam:DeleteRole | aws:iam:GetServiceLastAccessedDetails | Says whether the role is used before it goes. | ASI02
aws:iam:DeleteUser | aws:iam:GetAccessKeyLastUsed | Says whether the user is active before it goes. | ASI02
aws:iam:DeactivateMFADevice | aws:iam:ListMFADevices | The second factor stays; a person replaces it. | ASI03
aws:sts:AssumeRole | aws:sts:GetCallerIdentity | Say who you are; the host gives the session that the task needs. | ASI03
aws:ec2:TerminateInstances | aws:ec2:StopInstances | Stopping ends the cost and keeps the disks. | ASI02
aws:ec2:StopInstances | aws:ec2:CreateTags | Mark the machine for the next maintenance window. | ASI02
aws:ec2:RebootInstances | aws:ec2:DescribeInstanceStatus | The status often says what a restart would hide. | ASI02
aws:ec2:DeleteVolume | aws:ec2:CreateSnapshot | A snapshot first; the volume can go after review. | ASI02
aws:ec2:DeleteSnapshot | aws:ec2:ModifySnapshotTier | The archive tier costs a quarter and keeps the copy. | ASI02
aws:ec2:AuthorizeSecurityGroupIngress | aws:ec2:DescribeSecurityGroupRules | Look for a rule that already lets the traffic in. | ASI02
aws:ec2:ModifyInstanceAttribute | aws:ec2:DescribeInstanceAttribute | Read the attribute; user data runs as root. | ASI05
aws:ec2:ModifySnapshotAttribute | aws:ec2:CopySnapshot | A copy inside the account instead of a share outside. | ASI03
aws:ec2:CreateKeyPair | aws:ec2:ImportKeyPair | The private key never leaves its owner. | ASI03
aws:ec2:GetPasswordData | aws:ec2:DescribeInstances | Reach the machine through the session manager, with no password. | ASI03
aws:ec2:DeleteFlowLogs | aws:ec2:DescribeFlowLogs | The record stays; a filter at the reader cuts the noise. | ASI10
aws:rds:DeleteDBInstance | aws:rds:CreateDBSnapshot | A snapshot first; deletion can follow after review. | ASI02
aws:rds:DeleteDBCluster | aws:rds:CreateDBClusterSnapshot | A snapshot first; deletion can follow after review. | ASI02
aws:rds:DeleteDBSnapshot | aws:rds:AddTagsToResource | Mark it for the retention job that people have reviewed. | ASI02
aws:rds:ModifyDBInstance | aws:rds:CreateDBSnapshot | With a snapshot a change that goes wrong can be undone. | ASI02
aws:rds-data:ExecuteStatement | aws:rds:DescribeDBInstances | Query through a tool that takes one checked, read-only statement. | ASI05
aws:dynamodb:DeleteTable | aws:dynamodb:CreateBackup | A backup first; the table can go after review. | ASI02
aws:dynamodb:DeleteItem | aws:dynamodb:UpdateItem | Mark the item as deleted and keep it. | ASI02
aws:kms:ScheduleKeyDeletion | aws:kms:DisableKey | Disabling stops use at once and can be taken back. | ASI02
aws:kms:PutKeyPolicy | aws:kms:GetKeyPolicy | Read who may use the key and have a person change it. | ASI03
aws:kms:DisableKey | aws:kms:DescribeKey | Look at what the key is for before everything under it stops. | ASI02
aws:cloudtrail:StopLogging | aws:cloudtrail:GetTrailStatus | The trail stays on; the status says what it records. | ASI10
aws:cloudtrail:DeleteTrail | aws:cloudtrail:DescribeTrails | The trail stays on; cost belongs to the storage rule. | ASI10
aws:config:StopConfigurationRecorder | aws:config:DescribeConfigurationRecorderStatus | Recording stays on; the status says what it covers. | ASI10
aws:guardduty:DeleteDetector | aws:guardduty:GetDetector | Detection stays on; findings are archived, not silenced. | ASI10
aws:securityhub:DisableSecurityHub | aws:securityhub:GetFindings | Detection stays on; read the findings. | ASI10
aws:logs:DeleteLogGroup | aws:logs:CreateExportTask | An export first; deletion can follow after review. | ASI10
aws:logs:PutRetentionPolicy | aws:logs:DescribeLogGroups | Read the retention; a shorter one deletes logs. | ASI10
aws:secretsmanager:GetSecretValue | aws:secretsmanager:DescribeSecret | The host puts the secret where it is used; the agent needs its name only. | ASI03
aws:secretsmanager:DeleteSecret | aws:secretsmanager:DescribeSecret | Says when the secret was last used before it goes. | ASI02
aws:ssm:GetParameter | aws:ssm:DescribeParameters | Names without values; the host puts the value where it is used. | ASI03
aws:ssm:SendCommand | aws:ssm:GetInventory | Inventory answers most questions without running anything. | ASI05
aws:ssm:StartSession | aws:ssm:DescribeInstanceInformation | Look at the machine without a shell on it. | ASI05
aws:ecs:ExecuteCommand | aws:ecs:DescribeTasks | Look at the task without a shell in it. | ASI05
aws:lambda:DeleteFunction | aws:lambda:PutFunctionConcurrency | No concurrency stops the function and keeps it. | ASI02
aws:lambda:UpdateFunctionCode | aws:lambda:PublishVersion | A version first, so that there is a way back. | ASI05
aws:lambda:AddPermission | aws:lambda:GetPolicy | Read who may call the function already. | ASI03
aws:cloudformation:DeleteStack | aws:cloudformation:DetectStackDrift | Says what the stack really holds before all of it goes. | ASI08
aws:cloudformation:UpdateStack | aws:cloudformation:CreateChangeSet | A change set shows what would be replaced or deleted. | ASI08
aws:route53:ChangeResourceRecordSets | aws:route53:TestDNSAnswer | Shows what a name answers without changing it. | ASI02
aws:route53:DeleteHostedZone | aws:route53:ListResourceRecordSets | Read which names would go dark. | ASI02
aws:ecr:DeleteRepository | aws:ecr:PutImageTagMutability | Frozen tags protect images that run. | ASI04
aws:eks:DeleteCluster | aws:eks:UpdateNodegroupConfig | Scaled to its least it costs little and can come back. | ASI08
aws:elasticfilesystem:DeleteFileSystem | aws:backup:StartBackupJob | A backup first; deletion can follow after review. | ASI02
aws:backup:DeleteRecoveryPoint | aws:backup:DescribeRecoveryPoint | The retention rule deletes it when its time has come. | ASI02
aws:organizations:LeaveOrganization | aws:organizations:DescribeOrganization | The guard rails of the organization stay. | ASI10
aws:sqs:PurgeQueue | aws:sqs:GetQueueAttributes | Count what waits; let the consumer or the dead-letter queue take it. | ASI02
gcp:storage.buckets.delete | gcp:storage.buckets.get | Read retention and versions; an empty bucket costs nothing. | ASI02
gcp:storage.objects.delete | gcp:storage.objects.update | Mark the object and let a reviewed lifecycle rule delete it. | ASI02
gcp:compute.instances.delete | gcp:compute.instances.stop | Stopping ends the cost and keeps the disks. | ASI02
gcp:compute.disks.delete | gcp:compute.snapshots.create | A snapshot first; the disk can go after review. | ASI02
gcp:compute.firewalls.create | gcp:compute.firewalls.list | Look for a rule that already lets the traffic in. | ASI02
gcp:compute.instances.setMetadata | gcp:compute.instances.setLabels | Labels carry notes; metadata carries start-up scripts and keys. | ASI05
gcp:iam.serviceAccountKeys.create | gcp:iam.serviceAccountKeys.list | No long-lived key: work with the attached account. | ASI03
gcp:iam.serviceAccounts.actAs | gcp:iam.serviceAccounts.get | Look at what the account may do before acting as it. | ASI03
gcp:resourcemanager.projects.setIamPolicy | gcp:resourcemanager.projects.getIamPolicy | Read the bindings and have a person change them. | ASI03
gcp:resourcemanager.projects.delete | gcp:resourcemanager.projects.get | Read what the project is; deletion takes everything in it. | ASI08
gcp:bigquery.jobs.create | gcp:bigquery.tables.getData | Reads rows without a job that may run any SQL. | ASI05
gcp:bigquery.datasets.delete | gcp:bigquery.datasets.update | A default expiry lets tables go one by one. | ASI02
gcp:secretmanager.versions.access | gcp:secretmanager.versions.list | Names without values; the host puts the value where it is used. | ASI03
gcp:cloudkms.cryptoKeyVersions.destroy | gcp:cloudkms.cryptoKeyVersions.update | A disabled version can be enabled again. | ASI02
gcp:logging.sinks.delete | gcp:logging.sinks.get | The copy of the logs stays; read where it goes. | ASI10
gcp:container.clusters.delete | gcp:container.clusters.update | Scaled to nothing it costs little and can come back. | ASI08
gcp:cloudsql.instances.delete | gcp:cloudsql.backupRuns.create | A backup first; deletion can follow after review. | ASI02
azure:Microsoft.Compute/virtualMachines/delete | azure:Microsoft.Compute/virtualMachines/deallocate/action | Deallocating ends the cost and keeps the machine. | ASI02
azure:Microsoft.Compute/virtualMachines/runCommand/action | azure:Microsoft.Compute/virtualMachines/instanceView/read | The instance view answers most questions without running anything. | ASI05
azure:Microsoft.Compute/disks/delete | azure:Microsoft.Compute/snapshots/write | A snapshot first; the disk can go after review. | ASI02
azure:Microsoft.Storage/storageAccounts/delete | azure:Microsoft.Authorization/locks/write | A lock keeps the account while people review it. | ASI02
azure:Microsoft.Storage/storageAccounts/listKeys/action | azure:Microsoft.Storage/storageAccounts/read | Sign in with the identity; the keys open everything. | ASI03
azure:Microsoft.Resources/subscriptions/resourceGroups/delete | azure:Microsoft.Resources/subscriptions/resourceGroups/read | Read what is in the group; deletion takes all of it. | ASI08
azure:Microsoft.KeyVault/vaults/secrets/getSecret/action | azure:Microsoft.KeyVault/vaults/secrets/readMetadata/action | Names without values; the host puts the value where it is used. | ASI03
azure:Microsoft.Authorization/roleAssignments/write | azure:Microsoft.Authorization/roleAssignments/read | Read the assignments and have a person change them. | ASI03
azure:Microsoft.Network/networkSecurityGroups/securityRules/write | azure:Microsoft.Network/networkSecurityGroups/securityRules/read | Look for a rule that already lets the traffic in. | ASI02
azure:Microsoft.Insights/diagnosticSettings/delete | azure:Microsoft.Insights/diagnosticSettings/read | The record stays; read where it goes. | ASI10
azure:Microsoft.Sql/servers/databases/delete | azure:Microsoft.Sql/servers/databases/pause/action | Pausing ends the cost and keeps the data. | ASI02
kubernetes:core/namespaces/delete | kubernetes:apps/deployments/scale/patch | Scaled to nothing it costs nothing and can come back. | ASI08
kubernetes:core/secrets/get | kubernetes:core/pods/get | The secret is mounted where it is used; the agent needs its name only. | ASI03
kubernetes:core/pods/exec/create | kubernetes:core/pods/log/get | The log answers most questions without a shell in the container. | ASI05
kubernetes:core/persistentvolumeclaims/delete | kubernetes:snapshot.storage.k8s.io/volumesnapshots/create | A snapshot first; the claim can go after review. | ASI02
kubernetes:rbac.authorization.k8s.io/clusterrolebindings/create | kubernetes:authorization.k8s.io/selfsubjectaccessreviews/create | Asks whether the right is missing before more is granted. | ASI03
github:repos/delete | github:migrations/start-for-org | An archive first; deletion can follow after review. | ASI02
github:git/delete-ref | github:git/create-ref | A second name for the commit keeps it when the first goes. | ASI02
github:repos/delete-branch-protection | github:repos/get-branch-protection | The guard stays; read what it asks for. | ASI10
github:repos/add-collaborator | github:repos/list-collaborators | Read who has access and have an owner change it. | ASI03
slack:admin.conversations.delete | slack:conversations.archive | Archiving closes the channel and keeps what was said. | ASI02
slack:chat.delete | slack:chat.update | Correct the message and leave the thread whole. | ASI09
stripe:refunds.create | stripe:paymentIntents.retrieve | Look at what was paid and refunded already. | ASI09
stripe:payouts.create | stripe:balance.retrieve | Look at the balance; a payout cannot be fetched back. | ASI02
stripe:customers.del | stripe:customers.update | Mark the customer as closed; subscriptions end one by one. | ASI02
`;

function readRows(): readonly Suggestion[] {
  return ROWS.trim()
    .split("\n")
    .map((line) => {
      const [action = "", instead = "", because = "", maps = ""] = line.split(" | ");
      return { action, instead, because, maps: maps.split(" ") };
    });
}

export const SUGGESTIONS: readonly Suggestion[] = readRows();

const BY_KEY: ReadonlyMap<string, Suggestion> = new Map(SUGGESTIONS.map((row) => [keyOf(row.action), row]));

/** The curated alternative to an action, if there is one. */
export function suggestionFor(action: string): Suggestion | undefined {
  return BY_KEY.get(keyOf(action));
}
