import { generateAuthToken, generateAuthTokenFromProfile } from 'aws-msk-iam-sasl-signer-js';
import * as l10n from '@vscode/l10n';
import { KafkaError, messageOf } from './kafkaError.ts';
import type { Token } from './token.ts';

/** A signed token for AWS MSK, from the standard AWS credential chain or a named profile of it. */
export async function fetchToken(region: string, awsProfileName: string | undefined): Promise<Token> {
  try {
    const answer =
      awsProfileName === undefined
        ? await generateAuthToken({ region })
        : await generateAuthTokenFromProfile({ region, awsProfileName });
    return { value: answer.token, expiresAt: answer.expiryTime };
  } catch (error) {
    const message = l10n.t(
      'No AWS credentials for MSK: {0}. Log in to AWS (environment, profile or role) and try again.',
      messageOf(error),
    );
    throw new KafkaError('sasl', message, { cause: error });
  }
}
