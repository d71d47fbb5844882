import type { CatalogComponent } from './component.ts';

/** In-memory. */
export const inMemory: CatalogComponent = {
  type: 'pubsub.in-memory',
  title: 'In-memory',
  page: 'supported-pubsub/setup-inmemory/',
  fields: [],
  authProfiles: [],
  // CC:pubsub/in-memory/in-memory.go:55-83
  replay: { codeDefault: 'only-while-subscribed', identity: 'the process' },
};
