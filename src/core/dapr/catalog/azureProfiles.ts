import { text, type AuthProfile, type CatalogField } from './component.ts';

/** Older names of the fields of Azure AD: read by the code, documented no more. */
export const AZURE_ALSO_READ: readonly string[] = [
  'spnTenantId',
  'spnClientId',
  'spnClientSecret',
  'spnCertificate',
  'spnCertificateFile',
  'spnCertificatePassword',
  'tenantId',
  'clientId',
  'clientSecret',
];

const tenantId = text('azureTenantId', { required: true, example: 'cd4b2887-304c-47e1-b4d5-65447fdd542a' });
const clientId = text('azureClientId', { example: 'c7dd251f-811f-4ba2-a905-acd4d3f8f08b' });
const environment = text('azureEnvironment', {
  codeDefault: 'AzurePublicCloud',
  allowedValues: ['AzurePublicCloud', 'AzureChinaCloud', 'AzureUSGovernmentCloud'],
});

/** The three ways of Azure AD that components share, each with the component's own fields behind. */
export function azureProfiles(own: readonly CatalogField[]): AuthProfile[] {
  return [
    {
      title: 'Azure AD: Managed identity',
      fields: [clientId, environment, ...own],
    },
    {
      title: 'Azure AD: Client credentials',
      fields: [
        tenantId,
        { ...clientId, required: true },
        text('azureClientSecret', {
          required: true,
          example: 'Ecy3XG7zVZK3/vl/a2NSB+a1zXLa8RnMum/IgD0E',
          sensitive: true,
        }),
        environment,
        ...own,
      ],
    },
    {
      title: 'Azure AD: Client certificate',
      fields: [
        tenantId,
        { ...clientId, required: true },
        text('azureCertificate', { sensitive: true, pem: true }),
        text('azureCertificateFile', { example: '/path/to/file.pem' }),
        text('azureCertificatePassword', { example: 'password', sensitive: true }),
        environment,
        ...own,
      ],
    },
  ];
}
