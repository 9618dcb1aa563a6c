/**
 * Services that are not like others: identity planes (a write there changes who may do what), audit (recording and
 * detecting), and services whose reads are the customers' own data.
 */

const set = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

export const IDENTITY = set(`
  aws:iam aws:sso aws:sso-directory aws:identitystore aws:identitystore-auth aws:organizations aws:rolesanywhere aws:sts
  aws:verifiedpermissions aws:identity-sync aws:account aws:ram aws:mpa
  gcp:iam gcp:iap gcp:orgpolicy gcp:accesscontextmanager gcp:accessapproval gcp:privilegedaccessmanager gcp:policymigrations
  azure:microsoft.authorization azure:microsoft.managedidentity azure:microsoft.aad azure:microsoft.aadiam
  azure:microsoft.azureactivedirectory azure:microsoft.pim
  kubernetes:rbac.authorization.k8s.io kubernetes:authentication.k8s.io kubernetes:authorization.k8s.io
  kubernetes:certificates.k8s.io kubernetes:admissionregistration.k8s.io`);

export const AUDIT = set(`
  aws:cloudtrail aws:cloudtrail-data aws:config aws:guardduty aws:securityhub aws:access-analyzer aws:detective aws:macie2
  aws:inspector aws:inspector2 aws:auditmanager aws:securitylake aws:cloudwatch aws:logs aws:fms
  gcp:logging gcp:securitycenter gcp:cloudasset gcp:monitoring gcp:chronicle gcp:securitycentermanagement
  azure:microsoft.insights azure:microsoft.security azure:microsoft.securityinsights azure:microsoft.operationalinsights
  azure:microsoft.policyinsights azure:microsoft.monitor azure:microsoft.alertsmanagement
  github:code-scanning github:secret-scanning github:dependabot github:code-security github:security-advisories
  kubernetes:events.k8s.io`);

/** What records or detects, wherever it lives (glued singulars, by ending). */
export const RECORDER =
  set(`trail logging detector configurationrecorder deliverychannel eventdatastore loggroup logstream sink
  logbucket diagnosticsetting flowlog securityhub hub macie sessionrecording auditlog auditpolicy querylogging queryloggingconfig
  loggingconfiguration dataconnector analyzer logsink activitylogalert retentionpolicy 
  securitylake datalake auditconfig logstreaming resourcedatasync ingestionsource
  auditlogstream savedlog datacollectionrule securitycontact`);

/** Reads in these services return the stored content itself. */
export const DATA_READS = set(`
  aws:s3 aws:dynamodb aws:rds-data aws:redshift-data aws:kinesis aws:sqs aws:glacier aws:athena aws:timestream aws:sdb
  aws:qldb aws:ebs aws:codecommit aws:workmailmessageflow aws:s3express aws:cassandra aws:neptune-db aws:es aws:aoss aws:logs
  aws:honeycode aws:healthlake aws:medical-imaging aws:cognito-sync aws:s3vectors aws:s3tables
  gcp:storage gcp:bigquery gcp:datastore gcp:bigtable gcp:spanner gcp:pubsub gcp:healthcare gcp:logging gcp:firebasedatabase
  slack:conversations slack:files slack:search
  github:repos github:git github:gists`);
