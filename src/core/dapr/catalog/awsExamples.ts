/** Examples of names in AWS that several components show. */
export const ROLE = 'arn:aws:iam::123456789:role/mskRole';
export const SECRET_KEY = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

export const rolesAnywhere = (kind: 'trust-anchor' | 'profile'): string =>
  `arn:aws:rolesanywhere:us-west-1:012345678910:${kind}/01234568-0123-0123-0123-012345678901`;
