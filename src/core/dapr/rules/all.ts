import { authenticationRules } from './authentication.ts';
import { booleanRules } from './booleans.ts';
import { brokerRules } from './brokers.ts';
import { catalogValueRules } from './catalogValues.ts';
import { componentShapeRules } from './componentShape.ts';
import { componentStartRules } from './componentStart.ts';
import { componentTypeRules } from './componentType.ts';
import { documentIdentityRules } from './documentIdentity.ts';
import { documentTextRules } from './documentText.ts';
import { duplicateKeyRules } from './duplicateKeys.ts';
import { durationRules } from './durations.ts';
import { groupRules } from './groups.ts';
import { initialOffsetRules } from './initialOffset.ts';
import { kafkaValueRules } from './kafkaValues.ts';
import { misplacedFieldRules } from './misplacedFields.ts';
import { misspeltFieldRules } from './misspeltFields.ts';
import { otherBrokerRules } from './otherBrokers.ts';
import { referenceRules } from './references.ts';
import { resiliencyRules } from './resiliency.ts';
import { resourceFolderRules } from './resourceFolders.ts';
import { retryRules } from './retries.ts';
import { routeExpressionRules } from './routeExpressions.ts';
import { routeRules } from './routes.ts';
import type { Rule } from './rule.ts';
import { runtimeVersionRules } from './runtimeVersion.ts';
import { scalarRules } from './scalars.ts';
import { scopeNameRules } from './scopeNames.ts';
import { secretRules } from './secrets.ts';
import { sharedGroupRules } from './sharedGroups.ts';
import { subscriptionFieldRules } from './subscriptionFields.ts';
import { subscriptionLinkRules } from './subscriptionLinks.ts';
import { tlsRules } from './tls.ts';
import { unknownKeyRules } from './unknownKeys.ts';
import { unreadDocumentRules } from './unreadDocuments.ts';

/** Every rule, by family. A new family is one line here. */
export const RULES: readonly Rule[] = [
  ...documentTextRules,
  ...unreadDocumentRules,
  ...documentIdentityRules,
  ...componentShapeRules,
  ...componentTypeRules,
  ...componentStartRules,
  ...misplacedFieldRules,
  ...misspeltFieldRules,
  ...resourceFolderRules,
  ...resiliencyRules,
  ...scopeNameRules,
  ...initialOffsetRules,
  ...duplicateKeyRules,
  ...unknownKeyRules,
  ...groupRules,
  ...sharedGroupRules,
  ...retryRules,
  ...durationRules,
  ...booleanRules,
  ...authenticationRules,
  ...brokerRules,
  ...referenceRules,
  ...scalarRules,
  ...kafkaValueRules,
  ...otherBrokerRules,
  ...routeExpressionRules,
  ...routeRules,
  ...secretRules,
  ...subscriptionFieldRules,
  ...subscriptionLinkRules,
  ...tlsRules,
  ...catalogValueRules,
  ...runtimeVersionRules,
];
