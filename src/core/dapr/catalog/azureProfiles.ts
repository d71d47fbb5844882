import type { AuthProfile, CatalogField } from './component.ts';

/** The three ways of Azure AD that components share, each with the component's own fields behind. */
export function azureProfiles(own: readonly CatalogField[]): AuthProfile[] {
  return [
    {
      id: 'azure-ad-managed-identity',
      title: 'Azure AD: Managed identity',
      fields: [
        { name: 'azureClientId', type: 'string', example: 'c7dd251f-811f-4ba2-a905-acd4d3f8f08b' },
        {
          name: 'azureEnvironment',
          type: 'string',
          default: 'AzurePublicCloud',
          allowedValues: ['AzurePublicCloud', 'AzureChinaCloud', 'AzureUSGovernmentCloud'],
        },
        ...own,
      ],
    },
    {
      id: 'azure-ad-client-credentials',
      title: 'Azure AD: Client credentials',
      fields: [
        { name: 'azureTenantId', type: 'string', required: true, example: 'cd4b2887-304c-47e1-b4d5-65447fdd542a' },
        { name: 'azureClientId', type: 'string', required: true, example: 'c7dd251f-811f-4ba2-a905-acd4d3f8f08b' },
        {
          name: 'azureClientSecret',
          type: 'string',
          required: true,
          example: 'Ecy3XG7zVZK3/vl/a2NSB+a1zXLa8RnMum/IgD0E',
          sensitive: true,
        },
        {
          name: 'azureEnvironment',
          type: 'string',
          default: 'AzurePublicCloud',
          allowedValues: ['AzurePublicCloud', 'AzureChinaCloud', 'AzureUSGovernmentCloud'],
        },
        ...own,
      ],
    },
    {
      id: 'azure-ad-client-certificate',
      title: 'Azure AD: Client certificate',
      fields: [
        { name: 'azureTenantId', type: 'string', required: true, example: 'cd4b2887-304c-47e1-b4d5-65447fdd542a' },
        { name: 'azureClientId', type: 'string', required: true, example: 'c7dd251f-811f-4ba2-a905-acd4d3f8f08b' },
        { name: 'azureCertificate', type: 'string', sensitive: true, pem: true },
        { name: 'azureCertificateFile', type: 'string', example: '/path/to/file.pem' },
        { name: 'azureCertificatePassword', type: 'string', example: 'password', sensitive: true },
        {
          name: 'azureEnvironment',
          type: 'string',
          default: 'AzurePublicCloud',
          allowedValues: ['AzurePublicCloud', 'AzureChinaCloud', 'AzureUSGovernmentCloud'],
        },
        ...own,
      ],
    },
  ];
}
